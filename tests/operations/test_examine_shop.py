from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from returns_cli.documents.scripts import script_of
from returns_cli.documents.text import Missing
from returns_cli.operations.examine_fonts import (
    examine_core_font,
    examine_customers_signs,
    examine_language,
    installs_for,
)
from returns_cli.operations.examine_machine import zone_data
from returns_cli.operations.examine_shop import examine_shop
from returns_cli.operations.init_shop import InitRequest, init_shop
from returns_cli.operations.shop import Shop
from tests.operations.desk import CLOCK, ORDERS, POLICY, SETTINGS, on, opened, small_shop

MACHINE = "returns_cli.operations.examine_machine"
PRINTING = "returns_cli.operations.examine_printing"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A shop with nothing to mend: no order of it holds the sign that no font has."""
    shop = small_shop(tmp_path)
    (tmp_path / "returns.db").unlink()
    init_shop(InitRequest(tmp_path))
    return shop


def findings(shop: Shop) -> dict[str, dict[str, Any]]:
    answer = examine_shop(shop)
    checks = cast("list[dict[str, Any]]", answer["checks"])
    assert answer["ok"] is all(one["ok"] for one in checks)
    return {one["check"]: one for one in checks}


def to_mend(shop: Shop) -> dict[str, dict[str, Any]]:
    return {name: one for name, one in findings(shop).items() if not one["ok"]}


def test_a_shop_in_order_has_nothing_to_mend(shop: Shop) -> None:
    found = findings(shop)
    assert list(found) == [
        "python",
        "sqlite",
        "disk",
        "folders",
        "fonts",
        "settings",
        "addresses",
        "policies",
        "store",
        "files",
        "clock",
        "sizes",
        "printer",
        "language",
        "customers",
    ]
    assert to_mend(shop) == {}
    assert set(found["python"]) == {"check", "ok", "message", "hint"}
    assert found["settings"]["message"] == "Corner Shop, USD, UTC."


def test_a_new_shop_is_told_to_replace_its_address(tmp_path: Path) -> None:
    init_shop(InitRequest(tmp_path))
    mend = to_mend(Shop(tmp_path, "ann", CLOCK))
    assert list(mend) == ["addresses"]
    assert "placeholder" in mend["addresses"]["message"]
    assert "shop.yaml" in mend["addresses"]["hint"]


def test_settings_that_do_not_read_leave_out_what_hangs_on_them(shop: Shop) -> None:
    (shop.folder / "shop.yaml").write_text("nam: x\n", encoding="utf-8")
    fresh = Shop(shop.folder, "ann", CLOCK)
    found = findings(fresh)
    assert [name for name, one in found.items() if not one["ok"]] == ["settings"]
    assert "policies" not in found


@pytest.mark.parametrize(
    ("settings", "policy", "check", "words"),
    [
        pytest.param(
            SETTINGS.replace("  main:", "  depot:"), POLICY, "addresses", "main", id="no main"
        ),
        pytest.param(
            SETTINGS,
            POLICY.replace("rules:", "  return_to: depot\nrules:", 1),
            "policies",
            "`depot`",
            id="a policy sends goods to an unknown address",
        ),
        pytest.param(
            SETTINGS, POLICY.replace("days: 30", "days: x"), "policies", "x", id="a wrong policy"
        ),
    ],
)
def test_what_is_written_wrong_is_named(
    tmp_path: Path, settings: str, policy: str, check: str, words: str
) -> None:
    init_shop(InitRequest(tmp_path))
    (tmp_path / "shop.yaml").write_text(settings, encoding="utf-8")
    for path in (tmp_path / "policies").iterdir():
        path.unlink()
    (tmp_path / "policies" / "plain.yaml").write_text(policy, encoding="utf-8")
    (tmp_path / "shop.yaml").chmod(0o600)
    mend = to_mend(Shop(tmp_path, "ann", CLOCK))
    assert list(mend) == [check]
    assert words in mend[check]["message"]
    assert mend[check]["hint"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("1 Mill Lane", "Your street and number"),
        ("Springfield", "Your city"),
        ("01103", "Your postcode"),
    ],
    ids=["street", "city", "postcode"],
)
def test_every_placeholder_of_an_address_is_pointed_out(shop: Shop, wrong: str, right: str) -> None:
    path = shop.folder / "shop.yaml"
    text = path.read_text(encoding="utf-8")
    assert wrong in text
    path.write_text(text.replace(wrong, right), encoding="utf-8")
    assert list(to_mend(Shop(shop.folder, "ann", CLOCK))) == ["addresses"]


def test_a_shop_without_a_policy_is_told_so(shop: Shop) -> None:
    (shop.folder / "policies" / "plain.yaml").unlink()
    assert "no policy" in to_mend(shop)["policies"]["message"]


def test_warnings_of_a_policy_are_counted_and_need_no_mending(shop: Shop) -> None:
    path = shop.folder / "policies" / "plain.yaml"
    path.write_text(POLICY.replace("[new, opened]", "[new, openned]"), encoding="utf-8")
    assert findings(shop)["policies"]["message"] == "1 policy read, 1 warning."
    assert to_mend(shop) == {}


def test_a_store_that_others_may_read_is_taken_back(shop: Shop) -> None:
    (shop.folder / "returns.db").chmod(0o644)
    mend = to_mend(shop)
    assert mend["files"]["hint"] == "Take it back: chmod go-rwx returns.db"


def test_a_store_that_is_missing_is_told(shop: Shop) -> None:
    (shop.folder / "returns.db").unlink()
    assert "store" in to_mend(shop)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param("2026-03-19", "before the newest return of 2026-03-20", id="went back"),
        pytest.param("1999-12-31", "The clock shows 1999-12-31", id="was never set"),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(tmp_path: Path, day: str, words: str) -> None:
    shop = small_shop(tmp_path)
    opened(shop, "1001", "1=itchy")
    assert words in to_mend(on(shop, day))["clock"]["message"]


def test_customers_whose_names_have_signs_without_a_font_are_told(tmp_path: Path) -> None:
    found = findings(small_shop(tmp_path))["customers"]
    assert "1 sign " in found["message"]
    assert found["ok"] is True  # no package brings that sign: there is nothing to install
    assert "--on-missing replace" in found["hint"]


def test_a_font_that_can_be_installed_is_named(tmp_path: Path) -> None:
    missing = [Missing(sign, script_of(sign)) for sign in "王の한م"]
    assert installs_for(missing) == ["Debian fonts-wqy-microhei", "returns-cli[intl]"]
    shop = small_shop(tmp_path)
    found = examine_customers_signs(shop, missing_of=lambda text: missing)
    assert found.ok is False
    assert found.hint == "Install Debian fonts-wqy-microhei, returns-cli[intl]."
    assert "4 signs of their addresses (Han, Kana, Hangul, Arabic): 王 の 한 م" in found.message
    assert examine_core_font(shop, missing_of=lambda text: []).hint is None


def test_the_core_font_prints_latin_greek_and_cyrillic(shop: Shop) -> None:
    message = examine_core_font(shop).message
    for script in ("Latin", "Greek", "Cyrillic"):
        assert script in message


@pytest.mark.parametrize(
    ("free", "kind", "words"),
    [
        pytest.param(50 * 1024**2, None, "50 MiB", id="hardly any room"),
        pytest.param(10**12, "cifs", "network disk (cifs)", id="a network disk"),
    ],
)
def test_a_disk_that_endangers_the_store_is_told(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, free: int, kind: str | None, words: str
) -> None:
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr(f"{MACHINE}.shutil.disk_usage", lambda folder: usage)
    monkeypatch.setattr(f"{MACHINE}.network_disk", lambda folder: kind)
    assert words in to_mend(shop)["disk"]["message"]


def test_folders_that_cannot_be_written_into_are_named(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{MACHINE}.os.access", lambda path, mode: path.name != "paper")
    mend = to_mend(shop)
    assert list(mend) == ["folders"]
    assert mend["folders"]["message"] == "Nothing can be written into paper."


def test_an_sqlite_that_lacks_something_is_told(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from returns_cli.store import engine

    monkeypatch.setitem(engine.NEEDED, "time travel", "SELECT * FROM tomorrow")
    mend = to_mend(shop)
    assert "lacks time travel" in mend["sqlite"]["message"]


def test_an_order_without_an_address_is_no_obstacle(shop: Shop) -> None:
    from returns_cli.operations.import_orders import import_orders

    bare = shop.folder / "bare.csv"
    head = ORDERS.splitlines()[0]
    bare.write_text(
        f"{head}\n7,2026-03-01,USD,1,MUG,Mug,1,9.00,2026-03-05,,,,,,,,,,\n", encoding="utf-8"
    )
    import_orders(shop, [bare])
    assert findings(shop)["customers"]["message"] == "Every address of 1 order can be printed."


def test_files_that_others_may_read_are_named_where_their_folder_is_open_too(shop: Shop) -> None:
    paper = shop.folder / "paper"
    for name in ("a b.pdf", "c.pdf", "d.pdf", "e.pdf"):
        (paper / name).write_bytes(b"")
        (paper / name).chmod(0o644)
    (paper / "link.pdf").symlink_to(paper / "c.pdf")
    assert "files" not in to_mend(shop)  # nobody else can enter paper/
    paper.chmod(0o755)
    found = to_mend(shop)["files"]
    assert found["message"].endswith("4 files: paper/a b.pdf, paper/c.pdf, paper/d.pdf and 1 more.")
    assert found["hint"] == "Take it back: chmod go-rwx 'paper/a b.pdf' paper/c.pdf paper/d.pdf"


def with_paper(shop: Shop, line: str) -> Shop:
    path = shop.folder / "shop.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\npaper: {line}\n", encoding="utf-8")
    return Shop(shop.folder, "ann", CLOCK)


def test_a_size_that_paper_cannot_have_is_told(shop: Shop) -> None:
    found = to_mend(with_paper(shop, "{label: 4x7}"))
    assert list(found) == ["sizes"]
    assert found["sizes"]["hint"]


@pytest.mark.parametrize(
    ("lpstat", "words"),
    [
        pytest.param(None, "`lp` is not here", id="no print system"),
        pytest.param("exit 1", "Zebra: it is not known", id="an unknown printer"),
        pytest.param("echo Zebra not accepting; exit 0", "not accepting", id="it takes no jobs"),
        pytest.param("echo Zebra accepting requests", "Zebra takes jobs.", id="it is well"),
    ],
)
def test_the_printer_of_the_shop_is_asked(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lpstat: str | None, words: str
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in (("lp", "exit 0"), ("lpstat", lpstat)):
        if lpstat is not None:
            (programs / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
            (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    found = findings(with_paper(shop, "{printer: Zebra}"))["printer"]
    assert words in found["message"]
    assert found["ok"] is (lpstat is not None and lpstat.endswith("requests"))
    assert found["ok"] or found["hint"]


def test_a_printer_that_looks_like_an_option_is_never_asked(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{PRINTING}.shutil.which", lambda name: f"/bin/{name}")
    found = to_mend(with_paper(shop, '{printer: "-h evil"}'))["printer"]
    assert "it is not a printer's name" in found["message"]


def test_a_print_system_that_is_silent_counts_as_refusing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(f"{PRINTING}.shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(f"{PRINTING}.subprocess.run", silent)
    found = to_mend(with_paper(shop, "{printer: Zebra}"))
    assert "does not answer" in found["printer"]["message"]


def test_a_language_that_no_font_prints_is_told(shop: Shop) -> None:
    missing = [Missing(sign, script_of(sign)) for sign in "王"]
    found = examine_language(shop, missing_of=lambda text: missing)
    assert (found.ok, found.hint) == (False, "Install Debian fonts-wqy-microhei.")
    nobody = examine_language(shop, missing_of=lambda text: [Missing("\U0001fabf", script_of("?"))])
    assert nobody.ok is False
    assert nobody.hint


def test_a_language_without_texts_is_no_obstacle(shop: Shop) -> None:
    path = shop.folder / "shop.yaml"
    text = path.read_text(encoding="utf-8") + "\nlanguage: de\n"
    path.write_text(text.replace("language: en\n", ""), encoding="utf-8")
    found = findings(Shop(shop.folder, "ann", CLOCK))["language"]
    assert (found["ok"], "speaks English" in found["message"]) == (True, True)


def test_a_python_that_cannot_read_every_file_name_is_told(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{MACHINE}.sys.getfilesystemencoding", lambda: "ascii")
    assert "file names as ascii" in to_mend(shop)["python"]["message"]


def test_an_sqlite_without_locks_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returns_cli.store.engine.sqlite3.threadsafety", 0)
    assert "without locks" in to_mend(shop)["sqlite"]["message"]


def test_the_edition_of_the_zones_is_the_machine_s_or_the_package_s(tmp_path: Path) -> None:
    (tmp_path / "tzdata.zi").write_text("# version 2026a\nR a\n", encoding="ascii")
    assert zone_data((str(tmp_path / "none"), str(tmp_path))) == "2026a"
    assert zone_data(()).startswith("20")
