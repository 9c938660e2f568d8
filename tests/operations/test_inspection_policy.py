"""What a policy says of inspections: by when, by how many persons, kinder to some, short parcels.

By hand: a tee at 20.00 found damaged pays half, 10.00; the way back costs 6.95, the restocking fee
10 % of 20.00. Two mugs would be 25.00; nothing else is taken.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.errors import ConflictError
from returns_cli.operations.dispose_items import DisposeRequest, dispose_items
from returns_cli.operations.export_calendar import export_calendar
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.list_returns import ListFilter, list_returns
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop
from returns_cli.operations.shop_status import shop_status
from returns_cli.operations.show_return import quote_of_return, show_return
from tests.operations.desk import (
    POLICY,
    inspected,
    items,
    on,
    opened,
    received,
    small_shop,
    sold,
    written,
)


def with_terms(tmp_path: Path, terms: str) -> Shop:
    return small_shop(tmp_path, policy=POLICY.replace("rules:\n", f"  {terms}\nrules:\n"))


def with_rule(tmp_path: Path, rule: str) -> Shop:
    return small_shop(tmp_path, policy=POLICY + rule)


def by(shop: Shop, actor: str) -> Shop:
    return Shop(shop.folder, actor, shop.as_of_text)


def put_away(shop: Shop, rma: str, *typed: str) -> None:
    dispose_items(shop, DisposeRequest(rma=rma, items=items(*typed)))


@pytest.fixture
def guarded(tmp_path: Path) -> tuple[Shop, str]:
    """Two tees that ann graded, one of them damaged; the policy wants four eyes for that."""
    shop = with_terms(tmp_path, "inspect: {four_eyes: [damaged]}")
    rma = opened(shop, "1001", "2=itchy")
    received(shop, rma)
    inspected(shop, rma, "2:1=new", "2:1=damaged")
    return shop, rma


def test_nobody_alone_grades_and_puts_away_what_wants_four_eyes(guarded: tuple[Shop, str]) -> None:
    shop, rma = guarded
    put_away(shop, rma, "2:1=restock")  # the new one wants nobody else
    with pytest.raises(ConflictError, match="ann graded it") as caught:
        put_away(shop, rma, "2:1")
    assert caught.value.code == "E-FOUR-EYES"
    put_away(by(shop, "ben"), rma, "2:1")


def test_what_one_person_judged_pays_once_another_has_approved(guarded: tuple[Shop, str]) -> None:
    shop, rma = guarded
    for actor in ("ann", "ben"):
        with pytest.raises(ConflictError, match="What ann graded"):
            record_refund(by(shop, actor), RefundRequest(rma))
    rule_on_returns(shop, "approve", [rma])  # she stands by her own word: nothing new
    with pytest.raises(ConflictError):
        record_refund(shop, RefundRequest(rma))
    rule_on_returns(by(shop, "ben"), "approve", [rma])
    # 20.00 and half of 20.00, less 10 % of both tees' 40.00 … of what is paid, less 6.95
    assert record_refund(shop, RefundRequest(rma))["amount"] == quote_of_return(shop, rma)["total"]


def test_an_approval_from_before_the_goods_were_graded_does_not_count(tmp_path: Path) -> None:
    shop = with_terms(tmp_path, "inspect: {four_eyes: [damaged]}\n  review: {above: 1.00}")
    rma = opened(shop, "1001", "2=itchy")
    rule_on_returns(by(on(shop, "2026-03-19"), "ben"), "approve", [rma])
    received(shop, rma)
    inspected(shop, rma, "2=damaged")
    with pytest.raises(ConflictError, match="wants a second person"):
        record_refund(shop, RefundRequest(rma))


def test_a_rule_may_want_four_eyes_for_dear_goods_alone(tmp_path: Path) -> None:
    shop = with_rule(
        tmp_path,
        "  - id: dear\n    why: Dear goods are looked at twice.\n"
        "    when: {line.value: {over: 50.00}}\n    set: {inspect: {four_eyes: [new]}}\n",
    )
    for order, line in (("1002", "1"), ("1001", "1")):
        rma = opened(shop, order, f"{line}=itchy")
        received(shop, rma)
        inspected(shop, rma, f"{line}=new")
        if order == "1002":
            with pytest.raises(ConflictError):
                put_away(shop, rma)
        else:
            put_away(shop, rma)


def test_grades_are_kinder_to_the_tiers_that_the_policy_names(tmp_path: Path) -> None:
    shop = with_rule(
        tmp_path,
        "  - id: kind\n    why: Gold members are paid more for damaged goods.\n"
        "    when: {customer.tier: [gold, platinum], inspection.grade: damaged}\n"
        "    set: {inspection: {damaged: {refund: 80%, disposition: refurbish}}}\n",
    )
    head = "order_id,line_no,sku,quantity,unit_price,placed_at,currency,delivered_at,tier"
    rows = [
        f"{order},1,TEE,1,20.00,2026-03-02,USD,2026-03-06,{tier}"
        for order, tier in (("3001", "gold"), ("3002", "silver"))
    ]
    import_orders(shop, [written(shop, "tiers.csv", "\n".join([head, *rows, ""]))])
    found = {}
    for order in ("3001", "3002"):
        rma = opened(shop, order, "1=itchy")
        received(shop, rma)
        inspected(shop, rma, "1=damaged")
        quote = quote_of_return(shop, rma)
        (deducted,) = [
            one["amount"]
            for one in quote["components"]  # type: ignore[attr-defined]  # a list
            if one["kind"] == "condition_deduction"
        ]
        (seen,) = show_return(shop, rma)["inspected"]  # type: ignore[misc]  # a list
        found[order] = deducted, seen["disposition"]  # type: ignore[has-type]  # of the list
    # 20 % of 20.00, and half of it
    assert found == {"3001": ("-4.00", "refurbish"), "3002": ("-10.00", "scrap")}


def test_a_grade_that_was_taken_back_is_no_fact_any_more(tmp_path: Path) -> None:
    shop = with_rule(
        tmp_path,
        "  - id: broken\n    why: Damage is looked at.\n"
        "    when: {inspection.grade: damaged}\n    review: damage\n",
    )
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    codes = [rma, "GRADE-DAMAGED", "UNDO", "GRADE-NEW"]
    assert [one["word"] for one in scan(shop, codes, ScanRequest("inspect"))] == ["OK"] * 4
    assert show_return(shop, rma)["verdict"] == "approve"


def test_a_short_parcel_goes_to_a_person_with_its_reason(tmp_path: Path) -> None:
    shop = with_rule(
        tmp_path,
        "  - id: short\n    why: What is missing is looked at.\n"
        "    when: {inspection.quantity_short: {over: 0}}\n    review: quantity_short\n",
    )
    rma = opened(shop, "1001", "2=itchy")
    received(shop, rma, "2:1")
    inspected(shop, rma, "2:1=new")
    shown = show_return(shop, rma)
    assert (shown["verdict"], shown["state"]) == ("review", "in_review")
    assert shown["lines"][0]["codes"] == ["quantity_short"]  # type: ignore[index]  # a list
    received(shop, rma)
    inspected(shop, rma, "2=new")
    assert show_return(shop, rma)["verdict"] == "approve"


def test_goods_that_are_inspected_late_are_on_the_board(tmp_path: Path) -> None:
    shop = with_terms(tmp_path, "inspect: {within_days: 2}")
    rma = opened(shop, "1001", "1=itchy")
    sold(shop, "2001,1,PIN,1,3.00")
    opened(shop, "2001", "1=itchy")  # nothing of it came: no clock
    received(shop, rma)
    board = {
        day: (status["due_today"], status["overdue"])
        for day in ("2026-03-21", "2026-03-22", "2026-03-23")
        if (status := shop_status(on(shop, day)))
    }
    assert board == {"2026-03-21": (0, 0), "2026-03-22": (1, 0), "2026-03-23": (0, 1)}
    assert list_returns(on(shop, "2026-03-22"), ListFilter(overdue=True)) == []
    (late,) = list_returns(on(shop, "2026-03-23"), ListFilter(overdue=True))
    assert (late["rma"], late["inspect_by"]) == (rma, "2026-03-22")
    assert "20260322" in str(export_calendar(shop)["content"])
    inspected(on(shop, "2026-03-23"), rma, "1=new")
    assert shop_status(on(shop, "2026-03-23"))["overdue"] == 0
