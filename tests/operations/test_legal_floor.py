"""Legal minimums from the first judgement to the proof of the store, also after the table changed.

Order 1001 went to Romania and was delivered on Thursday 5 March 2026: the law's 14 days end on
Thursday the 19th, the shop's own 5 days on Tuesday the 10th.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import StoreError
from returns_cli.operations.check_policies import check_policies
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.explain_return import explain_return
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from returns_cli.policy import language
from returns_cli.policy.floor_table import FloorTable, read_floors, shipped_floors
from tests.operations.desk import POLICY, inspected, on, opened, received, small_shop, written
from tests.operations.test_prove_store import meddle

STRICT = POLICY.replace("days: 30", "days: 5").replace(
    "currency: USD\n", "currency: USD\nlegal_floor: enforce\n"
)
IN_TIME = "2026-03-19"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return on(small_shop(tmp_path, policy=STRICT), IN_TIME)


def explained(shop: Shop, rma: str) -> str:
    lines: Any = explain_return(shop, rma)["explanation"]
    return "\n".join(lines)


def settings_of(answer: Any) -> dict[str, Any]:
    return {one["name"]: one for one in answer["lines"][0]["settings"]}


def stricter() -> FloorTable:
    """The table of a later version: 30 days in Romania, two lines further down."""
    text = shipped_floors().text.decode()
    head, _, romania = text.partition("  RO:\n")
    return read_floors(
        (
            "# A later version.\n#\n"
            + head
            + "  RO:\n"
            + romania.replace("days: 14", "days: 30", 1)
        ).encode(),
        "data/legal_floors.yaml",
    )


def test_a_decision_cites_the_table_and_the_store_keeps_it(shop: Shop) -> None:
    answer: Any = show_return(shop, opened(shop, "1001", "2=style"))
    days = settings_of(answer)["window.days"]
    table = shipped_floors().text.decode().split("\n")

    assert (answer["verdict"], answer["lines"][0]["deadline"]) == ("approve", "2026-03-19")
    assert (days["value"], days["rule"]) == ("14", "legal-floor:RO")
    file, _, line = days["at"].rpartition(":")
    assert file == "data/legal_floors.yaml"
    assert table[int(line) - 1].strip() == "days: 14"
    assert {one["kind"] for one in answer["quote"]["components"]} == {"items", "return_shipping"}
    assert check_shop(shop)["ok"]


def test_the_explanation_says_what_the_law_changed(shop: Shop) -> None:
    said = explained(shop, opened(shop, "1001", "2=style"))

    assert "legal_floor.lifts window_expired, by legal-floor:RO  (data/legal_floors.yaml:" in said
    assert "fees.restocking 0%, by legal-floor:RO  (data/legal_floors.yaml:" in said


def test_a_return_keeps_the_table_that_it_was_judged_by(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    rma = opened(shop, "1001", "2=style")
    received(shop, rma)
    before: Any = show_return(shop, rma)
    monkeypatch.setattr(language, "shipped_floors", stricter)  # the program was updated

    later = on(shop, "2026-03-25")
    inspected(later, rma, "2=opened")
    after: Any = evaluate_returns(later, [rma])[0]
    fresh: Any = show_return(later, opened(later, "1001", "1=style"))

    assert settings_of(after)["window.days"] == settings_of(before)["window.days"]
    assert after["lines"][0]["deadline"] == "2026-03-19"
    assert fresh["lines"][0]["deadline"] == "2026-04-06"  # 4 April is a Saturday
    assert check_shop(later)["ok"]
    assert "legal-floor:RO" in explained(later, rma)


def test_a_decision_whose_table_was_changed_in_the_store_is_named(shop: Shop) -> None:
    opened(shop, "1001", "2=style")
    meddle(
        shop,
        "UPDATE policy_text SET text = CAST(replace(CAST(text AS TEXT), 'days: 14', 'days: 20')"
        " AS BLOB) WHERE policy_id = 'legal-floors'",
    )
    with pytest.raises(StoreError) as caught:
        check_shop(shop)
    result: Any = caught.value.result

    assert "E-CHECK-DECISION" in [one["code"] for one in result["problems"]]


def test_a_policy_file_that_was_renamed_is_cited_by_its_name_of_the_day(shop: Shop) -> None:
    first = opened(shop, "1001", "2=style")
    folder = shop.folder / "policies"
    (folder / "plain.yaml").rename(folder / "renamed.yaml")
    later = on(shop, IN_TIME)
    second: Any = show_return(later, opened(later, "1001", "1=style"))

    assert settings_of(second)["condition"]["at"].startswith("policies/renamed.yaml:")
    assert settings_of(show_return(later, first))["condition"]["at"].startswith("policies/plain")
    assert check_shop(later)["ok"]


def test_a_reason_that_got_another_name_since_was_judged_as_it_was(shop: Shop) -> None:
    opened(shop, "1001", "2=scratchy")
    settings = (shop.folder / "shop.yaml").read_text(encoding="utf-8")
    written(
        shop,
        "shop.yaml",
        settings + "reasons: {rough: {text: Rough, fault: merchant, aliases: [scratchy]}}\n",
    )

    assert check_shop(on(shop, IN_TIME))["ok"]


def test_a_withdrawal_is_opened_without_a_reason(shop: Shop) -> None:
    from returns_cli.domain.item_spec import parse_item

    answer: Any = open_return(
        shop, OpenRequest("1001", (parse_item("2"),), kind="withdrawal", want="refund")
    )

    assert (answer["verdict"], answer["lines"][0]["reason"]) == ("approve", "no_reason")


def test_policy_check_knows_where_the_shop_is(tmp_path: Path) -> None:
    from tests.operations.desk import SETTINGS

    policy = STRICT.replace("enforce", "warn")
    shop = small_shop(tmp_path, settings=SETTINGS.replace("country: US\ntax", "country: DE\ntax"))
    written(shop, "policies/plain.yaml", policy)
    files = [shop.folder / "policies" / "plain.yaml"]

    inside: Any = check_policies(files, Shop(shop.folder, "ann", IN_TIME))
    outside: Any = check_policies(files)

    assert "W-POLICY-FLOOR" in {one["code"] for one in inside["problems"]}
    assert "W-POLICY-FLOOR" not in {one["code"] for one in outside["problems"]}
