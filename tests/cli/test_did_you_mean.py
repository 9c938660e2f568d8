"""Whatever a person mistypes, the error names what was most likely meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from returns_cli.cli.nearest_file import nearest_file
from tests.faults.commands import Stand, stand
from tests.flow.conftest import Answer, Desk


@pytest.fixture(scope="module")
def inspected(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    """A shop with a return that is inspected in part; no test here changes it."""
    shop = stand(tmp_path_factory.mktemp("shop"), "arrived")
    assert typed(shop, "inspect {rma} --item 2:1=new").code == 0
    return shop


def typed(shop: Stand, line: str) -> Answer:
    return Desk(shop.folder).type(*shop.words(line))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        pytest.param("opne 1042", "returns open", id="a command"),
        pytest.param("orders imprt x.csv", "returns orders import", id="a command of a group"),
        pytest.param("order import x.csv", "returns orders import", id="a group, and its command"),
        pytest.param("reprot", "returns report, returns reprint or returns export", id="several"),
        pytest.param("reconcile x.csv", "returns refunds reconcile", id="a verb without its noun"),
        pytest.param("report summry", "returns report summary", id="a report"),
        pytest.param("report refunds --table outcme", "outcome", id="a table of a report"),
        pytest.param("export csv refund", "refunds", id="a table of an export"),
        pytest.param("list --lmit 3", "--limit", id="an option"),
        pytest.param("list --lmit=3", "--limit", id="an option with its value"),
        pytest.param("list --shpo x", "--shop", id="a global option"),
        pytest.param("list --format jsno", "json", id="a format"),
        pytest.param("list --state recieved", "received", id="a state"),
        pytest.param("refunds list --state submited", "submitted", id="a state of a refund"),
        pytest.param("open 104 --item 1=too_small", "1044, 1043 or 1042", id="an order"),
        pytest.param("open 1043 --item 1=x --want refnd", "refund", id="a wish"),
        pytest.param("open 1043 --item 1=x --kind clam", "claim", id="a kind of return"),
        pytest.param("inspect {rma} --item 2=opend", "opened", id="a grade"),
        pytest.param("dispose {rma} --item 2=restok", "restock", id="a disposition"),
        pytest.param("stock moves --disposition restok", "restock", id="where goods were put"),
        pytest.param("refund {rma} --to store_credits", "store_credit", id="a way to pay back"),
        pytest.param("label {rma} --size 4x7", "4x6", id="a size"),
        pytest.param("label {rma} --on-missing replce", "replace", id="a word of an option"),
        pytest.param("reprint {rma} --kind labl", "label", id="a kind of paper"),
        pytest.param("orders import orders.csv --from shopfy", "shopify", id="a format of files"),
        pytest.param("orders import orders.csv --tax includd", "included", id="a style of tax"),
        pytest.param("journal export --as becount", "beancount", id="a form"),
        pytest.param("policy publish --as jsonl", "jsonld", id="a form of a policy"),
        pytest.param("run --steps import,evalute", "evaluate", id="a step"),
        pytest.param("scan --mode recieve", "receive", id="a mode"),
        pytest.param("completion bsh", "bash", id="a shell"),
        pytest.param("help exit-code", "exit-codes", id="a topic"),
        pytest.param("help e-rma-mistypd", "E-RMA-MISTYPED, ", id="a code"),
        pytest.param("orders import ordrs.csv", "ordrs.csv", id="a file"),
    ],
)
def test_the_error_names_what_was_meant(
    inspected: Stand, line: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(inspected.folder)
    answer = typed(inspected, line)
    meant = meant.replace("ordrs", "orders")
    assert answer.code in (2, 5, 6), answer
    assert re.match(rf"Did you mean {re.escape(meant)}", answer.error["hint"]), answer.error


def test_a_return_and_a_refund_number_are_mended(inspected: Stand) -> None:
    rma = inspected.names["rma"]
    slip = rma[:-1] + ("A" if rma[-1] != "A" else "B")
    assert typed(inspected, f"show {slip}").error["hint"] == f"Did you mean {rma}?"


def test_a_reason_that_nobody_knows_is_kept_and_the_nearest_is_named(inspected: Stand) -> None:
    answer = typed(inspected, "open 1043 --item 1=to_small -n")
    rma = answer.json["rma"]
    assert answer.code == 0
    assert answer.err.splitlines()[0] == (
        "Nobody knows the reason 'to_small'; its fault counts as unknown. "
        f"Did you mean too_small? returns amend {rma} --item 1=too_small"
    )
    strange = typed(inspected, "open 1043 --item 1=itchy -n")
    assert strange.err.splitlines()[0].endswith("its fault counts as unknown.")
    assert typed(inspected, "open 1043 --item 1=Too-Small -n").err.startswith("A dry run")


def test_a_reason_of_a_policy_s_own_is_known(tmp_path: Path) -> None:
    shop = stand(tmp_path, "ordered")
    policy = tmp_path / "policies" / "standard.yaml"
    own = "reasons:\n  itchy: {text: It itches, fault: merchant}\n"
    policy.write_text(policy.read_text(encoding="utf-8") + own, encoding="utf-8")
    assert typed(shop, "open 1043 --item 1=itchy").err == ""
    meant = "Did you mean itchy? returns amend"
    assert meant in typed(shop, "open 1044 --item 1=itcy").err


def test_an_amended_reason_is_looked_at_and_an_old_one_is_not_said_again(tmp_path: Path) -> None:
    shop = stand(tmp_path, "approved")
    said = typed(shop, "amend {rma} --item 2=to_small").err
    assert "Did you mean too_small?" in said
    assert "Did you mean" not in typed(shop, "amend {rma} --item 2:1").err


def test_a_file_of_requests_names_the_nearest_reason_of_each_row(inspected: Stand) -> None:
    rows = "order_id,line_no,reason\n1043,1,to_small\n1044,1,itchy\n"
    path = Desk(inspected.folder).write("slips.csv", rows)
    hints = [one["hint"] for one in typed(inspected, f"requests import {path} -n").json["problems"]]
    assert hints == [
        "Its fault counts as unknown. Did you mean too_small?",
        "Its fault counts as unknown. Add it, or an alias, under `reasons`.",
    ]


@pytest.fixture
def places(tmp_path: Path) -> Path:
    for name in ("exports/orders.csv", "exports/.hidden.csv", "exports/may/refunds.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "exports" / "a\x1b[2Jb.csv").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("exports/order.csv", "exports/orders.csv", id="the name"),
        pytest.param("export/orders.csv", "exports/orders.csv", id="the folder"),
        pytest.param("exprts/my/refund.csv", "exports/may/refunds.csv", id="all of it"),
        pytest.param("exports/../exprts/orders.csv", "exports/../exports/orders.csv", id=".."),
        pytest.param("exports/.hiden.csv", "exports/.hidden.csv", id="a hidden one"),
        pytest.param("exports/hidden.csv", None, id="a hidden one is not offered otherwise"),
        pytest.param("exports/a[2Jb.csv", None, id="a name that would steer a terminal"),
        pytest.param("exports/orders.csv", None, id="one that is there"),
        pytest.param("exports/invoice.pdf", None, id="like nothing"),
        pytest.param("exports/holder.csv", None, id="like nothing but its ending"),
        pytest.param("exports/orders.cvs", "exports/orders.csv", id="the ending"),
        pytest.param("exports/ordesr", "exports/orders.csv", id="no ending"),
        pytest.param("exports/orders.csv/x", None, id="below a file"),
        pytest.param("-", None, id="standard input"),
    ],
)
def test_a_mistyped_path_is_told_from_a_strange_one(
    places: Path, typed: str, found: str | None
) -> None:
    assert nearest_file(Path(typed), places) == found


def test_an_absolute_path_is_mended_as_well(places: Path) -> None:
    near = nearest_file(places / "exports" / "order.csv", Path("/nowhere"))
    assert near == str(places / "exports" / "orders.csv")
