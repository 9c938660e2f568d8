"""The demo from end to end, against the figures that examples/README.md works out by hand."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, StoreError
from returns_cli.operations.init_shop import InitRequest, init_shop
from returns_cli.operations.run_demo import run_demo
from tests.documents.samples import page_texts
from tests.examples.example_files import expected

Answer = dict[str, Any]
REQUESTS: dict[str, Answer] = expected()["requests"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    folder = tmp_path_factory.mktemp("demo") / "shop"
    return folder, run_demo(folder)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def decisions(answer: Answer) -> dict[str, Answer]:
    return {one["key"]: one for one in answer["decisions"]}


def test_every_request_ends_in_its_verdict(demo: tuple[Path, Answer]) -> None:
    found = decisions(demo[1])
    assert list(found) == list(REQUESTS)
    for name, wanted in REQUESTS.items():
        decided = found[name]
        assert decided["verdict"] == wanted["verdict"], name
        assert decided["policy"]["id"] == wanted["policy"], name
        assert decided["order"].lstrip("#") == wanted["order"]


@pytest.mark.parametrize("name", list(REQUESTS))
def test_every_line_has_its_codes_and_its_deadline(demo: tuple[Path, Answer], name: str) -> None:
    lines = decisions(demo[1])[name]["lines"]
    for found, wanted in zip(lines, REQUESTS[name]["lines"], strict=True):
        for key in ("line", "sku", "quantity", "verdict", "codes", "fault", "deadline"):
            assert found[key] == wanted[key], key
        assert found["window"]["anchor"] == wanted["anchor"]
        assert found["window"]["days"] == wanted["days"]


@pytest.mark.parametrize("name", list(REQUESTS))
def test_every_quote_adds_up_to_the_figures_worked_out_by_hand(
    demo: tuple[Path, Answer], name: str
) -> None:
    wanted = REQUESTS[name]["after_inspection"] or REQUESTS[name]["quote"]
    found = decisions(demo[1])[name]["quote"]
    if wanted is None:
        assert found["total"] == "0.00"
        return
    parts = [{key: part[key] for key in ("kind", "line", "amount")} for part in found["components"]]
    assert parts == wanted["components"]
    assert (found["currency"], found["total"]) == (wanted["currency"], wanted["total"])
    assert found["tax_included"] == wanted["tax_included"]


def test_one_refund_is_confirmed_and_one_reversed(demo: tuple[Path, Answer]) -> None:
    refunds = {one["request"]: one["refund"] for one in demo[1]["summary"]}
    assert refunds == {
        **dict.fromkeys(REQUESTS),
        "rq-01": "confirmed",
        "rq-07": "reversed",
        **dict.fromkeys(("rq-08", "rq-09", "rq-10", "rq-11"), "submitted"),
    }


def test_the_board_shows_what_is_left_to_do(demo: tuple[Path, Answer]) -> None:
    # due: the reversed 47.02 and the submitted 23.65, 9.25 and 81.65; in euros 144.90
    assert demo[1]["status"] == {
        "as_of": "2026-03-20T06:00:00-04:00",
        "arrived": 0,
        "waiting": 2,
        "due_today": 0,
        "overdue": 0,
        "money_due": {"EUR": "144.90", "USD": "161.57"},
    }


def test_every_decision_is_told_with_the_line_that_made_it(demo: tuple[Path, Answer]) -> None:
    for one in demo[1]["decisions"]:
        assert any("policies/" in said for said in one["digest"]), one["rma"]
    told = decisions(demo[1])
    final_sale = (demo[0] / "policies" / "standard.yaml").read_text(encoding="utf-8").splitlines()
    number = next(i for i, line in enumerate(final_sale, 1) if line.strip() == "deny: final_sale")
    assert f"final_sale (policies/standard.yaml:{number})" in told["rq-03"]["digest"][0]


def test_labels_and_slips_are_one_pdf_each(demo: tuple[Path, Answer]) -> None:
    labelled = [
        one["rma"]
        for name, one in decisions(demo[1]).items()
        if REQUESTS[name]["verdict"] in ("approve", "partial")
        and REQUESTS[name]["label"] not in (None, "none")
    ]
    assert len(labelled) == 6
    for name in ("labels", "slips"):
        pages = page_texts((demo[0] / "paper" / f"{name}.pdf").read_bytes())
        assert len(pages) == 6
        for rma, page in zip(labelled, pages, strict=True):
            assert rma in page


def test_it_ends_with_paths_that_are_there_and_three_commands(demo: tuple[Path, Answer]) -> None:
    assert all(Path(one["path"]).exists() for one in demo[1]["files"])
    assert len(demo[1]["next"]) == 3
    assert all(one.startswith("returns --shop ") for one in demo[1]["next"])


def test_a_second_run_changes_not_a_byte(demo: tuple[Path, Answer]) -> None:
    folder, first = demo
    before = digests(folder)
    again = run_demo(folder)
    assert digests(folder) == before
    assert {**again, "steps": None} == {**first, "steps": None}


def test_another_zone_and_another_hash_seed_give_the_same_paper(
    demo: tuple[Path, Answer], tmp_path: Path
) -> None:
    script = "import sys; from pathlib import Path; "
    script += "from returns_cli.operations.run_demo import run_demo; run_demo(Path(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "shop")],
        env={**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "C"},
        check=True,
    )
    same = {
        name: one for name, one in digests(demo[0]).items() if not name.startswith("returns.db")
    }
    found = digests(tmp_path / "shop")
    assert {name: found[name] for name in same} == same


def test_one_that_was_interrupted_is_completed(
    demo: tuple[Path, Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from returns_cli.operations import run_demo as module

    receive_and_inspect = module._Job.receive_and_inspect

    def stop_after(job: module._Job) -> None:
        receive_and_inspect(job)
        raise KeyboardInterrupt

    (tmp_path / "returns.db").write_bytes(b"")  # as when the making of the store is interrupted
    (tmp_path / "returns.db").chmod(0o600)
    with monkeypatch.context() as patch:
        patch.setattr(module._Job, "receive_and_inspect", stop_after)
        with pytest.raises(KeyboardInterrupt):
            run_demo(tmp_path)
    assert run_demo(tmp_path)["summary"] == demo[1]["summary"]


def test_a_folder_with_another_shop_is_refused_and_left_alone(tmp_path: Path) -> None:
    init_shop(InitRequest(tmp_path))
    before = digests(tmp_path)
    with pytest.raises(ConflictError) as caught:
        run_demo(tmp_path)
    assert caught.value.code == "E-DEMO-FOLDER"
    assert digests(tmp_path) == before


def test_something_else_in_place_of_the_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "returns.db").write_text("no store", encoding="utf-8")
    with pytest.raises(StoreError):
        run_demo(tmp_path)
    assert list(digests(tmp_path)) == ["returns.db"]


def test_settings_without_a_store_are_somebodys_and_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text("name: mine\n", encoding="utf-8")
    with pytest.raises(ConflictError):
        run_demo(tmp_path)
