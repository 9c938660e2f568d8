from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.operations.list_returns import ListFilter, list_returns
from returns_cli.operations.move_refund import confirm_refund
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from returns_cli.operations.shop_status import shop_status
from tests.operations.desk import inspected, on, opened, received, small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def board(shop: Shop) -> tuple[object, ...]:
    found = shop_status(shop)
    return tuple(found[name] for name in ("arrived", "waiting", "due_today", "overdue"))


def test_a_new_shop_has_an_empty_board(shop: Shop) -> None:
    assert shop_status(shop) == {
        "as_of": "2026-03-20T10:00:00+00:00",
        "arrived": 0,
        "waiting": 0,
        "due_today": 0,
        "overdue": 0,
        "money_due": {"USD": "0.00"},
    }


def test_a_return_walks_over_the_board(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=itchy")
    opened(shop, "1004", "1=itchy")  # in euros: no policy, so a person must look
    assert board(shop) == (0, 1, 0, 0)
    received(shop, rma, "2:1")
    assert board(shop) == (1, 1, 0, 0)
    inspected(shop, rma, "2:1=new")
    # one tee: 20.00 less 2.00 less 6.95, promised for five days after 20 March
    assert shop_status(shop)["money_due"] == {"USD": "11.05"}
    assert board(on(shop, "2026-03-24")) == (0, 1, 0, 0)
    assert board(on(shop, "2026-03-25")) == (0, 1, 1, 0)
    assert board(on(shop, "2026-03-26")) == (0, 1, 0, 1)


def test_money_is_due_until_it_is_confirmed(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=itchy")
    received(shop, rma, "2:1")
    inspected(shop, rma, "2:1=new")
    late = on(shop, "2026-03-26")
    refund = record_refund(late, RefundRequest(rma))
    assert shop_status(late)["money_due"] == {"USD": "11.05"}
    assert board(late) == (0, 0, 0, 1)
    confirm_refund(late, str(refund["refund"]), "ch_1")
    assert shop_status(late)["money_due"] == {"USD": "0.00"}
    assert board(late) == (0, 0, 0, 0)


def test_it_agrees_with_the_list_on_what_is_overdue(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    inspected(shop, rma, "1=new")
    kept = opened(shop, "1005", "1=damaged_in_transit")  # payable at once: 8.00, by the 25th
    late = on(shop, "2026-03-26")
    rows = list_returns(late, ListFilter(overdue=True))
    assert [row["rma"] for row in rows] == [rma, kept]
    assert board(late)[3] == 2
    # the mug: 12.50 less 1.25 less 6.95 = 4.30
    assert shop_status(late)["money_due"] == {"USD": "12.30"}
