"""The last own action is taken back by its opposite, or it is said why not and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.amend_return import AmendRequest, amend_return
from returns_cli.operations.dispose_items import DisposeRequest, dispose_items
from returns_cli.operations.explain_return import history_of_return
from returns_cli.operations.export_stock import StockRequest, export_stock
from returns_cli.operations.move_refund import confirm_refund
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.receive_items import ReceiveRequest, receive_file, receive_items
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from returns_cli.operations.undo_action import undo_action
from tests.operations.desk import (
    CLOCK,
    inspected,
    items,
    opened,
    received,
    rehearsed,
    small_shop,
    written,
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


@pytest.fixture
def rma(shop: Shop) -> str:
    return opened(shop, "1001", "2=itchy")


def by(shop: Shop, actor: str) -> Shop:
    return Shop(shop.folder, actor, CLOCK)


def shown(shop: Shop, rma: str) -> Any:
    return show_return(shop, rma)


def put_away(shop: Shop, rma: str, *typed: str) -> None:
    dispose_items(shop, DisposeRequest(rma, items(*typed)))


def refunded(shop: Shop, rma: str) -> None:
    record_refund(shop, RefundRequest(rma))


def steps(shop: Shop, rma: str, *names: str) -> None:
    """What comes before, up to the last of the names."""
    ways: dict[str, Callable[[], object]] = {
        "receive": lambda: received(shop, rma),
        "inspect": lambda: inspected(shop, rma, "2:2=new"),
        "dispose": lambda: put_away(shop, rma, "2:2=restock"),
        "refund": lambda: refunded(shop, rma),
    }
    for name in names:
        ways[name]()


@pytest.mark.parametrize(
    ("before", "verb", "lines", "state"),
    [
        pytest.param([], "open", [(2, 2)], "cancelled", id="an opened return is cancelled"),
        pytest.param(["receive"], "receive", [(2, 2)], "approved", id="goods go out again"),
        pytest.param(["receive", "inspect"], "inspect", [(2, 2)], "received", id="a grade"),
        pytest.param(
            ["receive", "inspect", "dispose"], "dispose", [(2, 2)], "inspected", id="a shelf"
        ),
        pytest.param(["receive", "inspect", "refund"], "refund", [], "inspected", id="a refund"),
    ],
)
def test_the_last_action_is_taken_back_and_only_that(
    shop: Shop, rma: str, before: list[str], verb: str, lines: list[tuple[int, int]], state: str
) -> None:
    steps(shop, rma, *before)
    stood = shown(shop, rma)
    planned: Any = undo_action(rehearsed(shop))
    assert shown(shop, rma) == stood, "a rehearsal writes nothing"

    answer: Any = undo_action(shop)

    assert planned == answer
    assert (answer["undone"], answer["rma"], answer["replayed"]) == (verb, rma, False)
    assert [(one["line"], one["quantity"]) for one in answer["lines"]] == lines
    assert shown(shop, rma)["state"] == state
    assert len(history_of_return(shop, rma)) > len(before)
    again: Any = undo_action(shop)
    assert again == {**answer, "replayed": True}, "it never goes further back"
    assert check_shop(shop)["ok"] is True


def test_what_was_taken_back_can_be_done_anew(shop: Shop, rma: str) -> None:
    steps(shop, rma, "receive", "inspect", "refund")
    undo_action(shop)
    refunded(shop, rma)
    assert [one["state"] for one in shown(shop, rma)["refunds"]] == ["reversed", "submitted"]
    undo_action(shop)
    assert [one["state"] for one in shown(shop, rma)["refunds"]] == ["reversed", "reversed"]


def test_several_lines_go_back_together(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy", "2=itchy")
    receive_items(shop, ReceiveRequest(rma, items("1:1", "2:1")))
    answer: Any = undo_action(shop)
    assert [(one["line"], one["quantity"]) for one in answer["lines"]] == [(1, 1), (2, 1)]
    assert shown(shop, rma)["state"] == "approved"


def test_a_ruling_against_another_is_ruled_back(shop: Shop) -> None:
    rma = opened(shop, "1006", "1=itchy")  # final sale: denied
    rule_on_returns(shop, "approve", [rma], why="a good customer")
    answer: Any = undo_action(shop)
    assert (answer["undone"], shown(shop, rma)["state"]) == ("approve", "denied")
    assert undo_action(shop)["undone"] == "approve"


def test_a_denial_of_what_the_policy_approved_is_ruled_back(shop: Shop, rma: str) -> None:
    rule_on_returns(shop, "deny", [rma], why="worn")
    assert undo_action(shop)["undone"] == "deny"
    assert shown(shop, rma)["state"] == "approved"


def test_nobody_undoes_what_another_did(shop: Shop, rma: str) -> None:
    with pytest.raises(ConflictError, match="Nothing that ben did is known"):
        undo_action(by(shop, "ben"))
    received(by(shop, "ben"), rma)
    assert undo_action(by(shop, "ben"))["undone"] == "receive"


@pytest.mark.parametrize(
    ("own", "others"),
    [
        pytest.param(["receive"], ["inspect"], id="somebody graded what came"),
        pytest.param(["receive", "inspect"], ["dispose"], id="somebody put it away"),
        pytest.param(["receive", "inspect"], ["refund"], id="somebody paid for the grade"),
    ],
)
def test_what_others_have_gone_on_with_stands(
    shop: Shop, rma: str, own: list[str], others: list[str]
) -> None:
    steps(shop, rma, *own)
    steps(by(shop, "ben"), rma, *others)
    with pytest.raises(ConflictError) as caught:
        undo_action(shop)
    assert caught.value.code == "E-UNDO-BUILT"
    assert "ben has gone on" in caught.value.message


def test_what_another_has_undone_is_in_nobodys_way(shop: Shop, rma: str) -> None:
    received(by(shop, "ben"), rma)
    undo_action(by(shop, "ben"))
    assert undo_action(shop)["undone"] == "open"
    assert shown(shop, rma)["state"] == "cancelled"


def test_a_refund_that_somebody_confirmed_stands(shop: Shop, rma: str) -> None:
    steps(shop, rma, "receive", "inspect", "refund")
    (refund,) = shown(shop, rma)["refunds"]
    confirm_refund(by(shop, "ben"), refund["refund"], "ch_1")
    with pytest.raises(ConflictError, match="ben has gone on"):
        undo_action(shop)


def test_stock_that_the_shop_system_was_told_of_stands(shop: Shop, rma: str) -> None:
    steps(shop, rma, "receive", "inspect", "dispose")
    export_stock(by(shop, "cron"), StockRequest("generic", target=shop.folder / "stock.csv"))
    with pytest.raises(ConflictError, match="told of this stock"):
        undo_action(shop)


def _amend(shop: Shop, rma: str) -> None:
    amend_return(shop, AmendRequest(rma, (parse_item("2:1"),)))


def _from_a_file(shop: Shop, rma: str) -> None:
    path = written(shop, "came.csv", f"rma,line_no,quantity\n{rma},2,1\n")
    receive_file(shop, path)


def _confirm(shop: Shop, rma: str) -> None:
    steps(shop, rma, "receive", "inspect", "refund")
    confirm_refund(shop, shown(shop, rma)["refunds"][0]["refund"], "ch_1")


def _cancel(shop: Shop, rma: str) -> None:
    rule_on_returns(shop, "cancel", [rma])


def _two(shop: Shop, rma: str) -> None:
    rule_on_returns(shop, "cancel", [rma, opened(shop, "1003", "1=itchy")])


def _import(shop: Shop, _: str) -> None:
    small_shop(shop.folder / "other")
    from returns_cli.operations.import_orders import ImportOptions, import_orders

    import_orders(shop, [shop.folder / "orders.csv"], ImportOptions(force=True))


@pytest.mark.parametrize(
    ("act", "instead"),
    [
        pytest.param(_amend, "returns amend RMA-", id="amended"),
        pytest.param(_cancel, "open a new one", id="cancelled"),
        pytest.param(_confirm, "returns refunds confirm, fail or reverse", id="confirmed"),
        pytest.param(_from_a_file, "returns history RMA", id="a file"),
        pytest.param(_two, "returns history RMA", id="two returns at once"),
        pytest.param(_import, "Import or type what is right", id="an import"),
    ],
)
def test_where_there_is_no_opposite_it_is_said_what_to_do(
    shop: Shop, rma: str, act: Callable[[Shop, str], None], instead: str
) -> None:
    act(shop, rma)
    with pytest.raises(ConflictError) as caught:
        undo_action(shop)
    assert caught.value.code == "E-UNDO-NONE"
    assert instead in (caught.value.hint or "")
