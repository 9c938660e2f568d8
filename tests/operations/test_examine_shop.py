from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from returns_cli.documents.scripts import script_of
from returns_cli.documents.text import Missing
from returns_cli.operations.examine_fonts import (
    examine_core_font,
    examine_customers_signs,
    installs_for,
)
from returns_cli.operations.examine_shop import examine_shop
from returns_cli.operations.init_shop import InitRequest, init_shop
from returns_cli.operations.shop import Shop
from tests.operations.desk import CLOCK, ORDERS, POLICY, SETTINGS, on, opened, small_shop

DOCTOR = "returns_cli.operations.examine_shop"


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
        "clock",
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
    assert mend["store"]["hint"] == "Take it back: chmod 600 returns.db"


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
    monkeypatch.setattr(f"{DOCTOR}.shutil.disk_usage", lambda folder: usage)
    monkeypatch.setattr(f"{DOCTOR}.network_disk", lambda folder: kind)
    assert words in to_mend(shop)["disk"]["message"]


def test_folders_that_cannot_be_written_into_are_named(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{DOCTOR}.os.access", lambda path, mode: path.name != "paper")
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
