from __future__ import annotations

from collections.abc import Iterator

import pytest

from returns_cli.domain.errors import NotFoundError, StoreError, UsageError
from returns_cli.domain.model import Address, Order
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.store import order_import
from returns_cli.store.check import check_store
from returns_cli.store.ledger import order_ledger
from returns_cli.store.order_rows import content_hash
from returns_cli.store.orders import (
    OrderFilter,
    find_order,
    list_orders,
    load_orders,
    order_changes,
    order_pks,
    save_orders,
)
from returns_cli.store.search import find_returns
from tests.store.desk import Desk, line, order, refund_of


def test_an_order_comes_back_as_it_was_saved(desk: Desk) -> None:
    full = order(
        "#9",
        line(1)._replace(
            tags=("a", "b"), weight_g=250, taxable=True, shipped_at="2026-03-02", category="Home"
        ),
        line(2, "CUP")._replace(cancelled=True, taxable=False, source_line=3),
    )._replace(
        discount_codes=("SAVE", "ÜBER"),
        is_gift=True,
        is_business=True,
        customer_id="C1",
        customer_tier="gold",
        cancelled_at="2026-03-05T10:00:00+01:00",
        delivered_at="2026-03-04",
        region="CA",
    )
    plain = order("#10")._replace(
        customer_name="", customer_email="", ship_to=Address(), tags=(), tax_style=TaxStyle.NONE
    )
    desk.orders(full, plain)
    assert load_orders(desk.store, [2, 1, 99]) == {1: full, 2: plain}
    people = desk.store.connection.execute("SELECT order_pk FROM order_person").fetchall()
    assert people == [(1,)]


def test_the_digest_of_an_order_is_the_same_in_every_python() -> None:
    assert content_hash(order()).hex() == "b0f66f45867a18a45f3b1298eb10ec0c"


def test_the_place_in_the_file_is_no_fact_of_an_order() -> None:
    moved = order("#1042", line()._replace(source_line=70))._replace(
        source_line=69, source_file="other.csv"
    )
    assert content_hash(moved) == content_hash(order())


def test_the_same_orders_again_write_nothing(desk: Desk) -> None:
    first = desk.orders(order("#1"), order("#2"))
    assert first == (2, 0, 0, 0, ((1, 2),))
    before = desk.store.connection.total_changes
    again = desk.orders(order("#1"), order("#2"))
    assert again == (0, 0, 2, 0, ((1, 2),))
    assert desk.store.connection.total_changes == before + 2  # the file, and its action


def test_new_changed_and_unchanged_orders_are_counted(desk: Desk) -> None:
    desk.orders(order("#1"), order("#2"), order("#3"))
    counts = desk.orders(
        order("#9"), order("#3"), order("#1")._replace(country="DE", region="BE"), order("#8")
    )
    assert (counts.new, counts.changed, counts.same, counts.changes) == (2, 1, 1, 2)
    assert sorted(counts.spans) == [(1, 1), (3, 3), (4, 5)]


def test_a_change_is_recorded_field_by_field(desk: Desk) -> None:
    desk.orders(order())
    desk.orders(order("#1042", line(1)._replace(title="Cup"))._replace(country="DE"))
    seen = [
        (one.line, one.field, one.old, one.new, one.kept) for one in order_changes(desk.store, 1)
    ]
    assert seen == [
        (None, "country", "US", "DE", False),
        (1, "title", "Mug of clay", "Cup", False),
    ]
    assert load_orders(desk.store, [1])[1].country == "DE"
    assert check_store(desk.store).ok


def test_an_order_that_comes_twice_in_a_file_changes_the_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_import, "_CHUNK", 2)
    counts = desk.orders(
        order("#1"), order("#2"), order("#1")._replace(country="DE"), order("#3"), order("#3")
    )
    assert (counts.new, counts.changed, counts.same) == (3, 1, 1)
    assert load_orders(desk.store, [1])[1].country == "DE"
    assert check_store(desk.store).ok


def test_twice_within_one_chunk_is_the_same(desk: Desk) -> None:
    counts = desk.orders(order("#1"), order("#1")._replace(country="DE"), order("#2"))
    assert (counts.new, counts.changed, counts.same) == (2, 1, 0)


def test_orders_are_taken_as_they_are_needed_and_all_undone_on_an_error(desk: Desk) -> None:
    def broken() -> Iterator[Order]:
        yield order("#1")
        raise KeyError

    file_id = desk.file()
    with desk.store.writing(), pytest.raises(KeyError):
        save_orders(desk.store, broken(), file_id)
    assert list_orders(desk.store, OrderFilter()) == []
    assert check_store(desk.store).ok


def test_what_no_order_can_be_is_refused_whole(desk: Desk) -> None:
    with pytest.raises(StoreError):
        desk.orders(order("#1"), order("#2")._replace(captured_minor=-1))
    assert list_orders(desk.store, OrderFilter()) == []


def test_an_order_with_a_return_keeps_its_line_numbers(desk: Desk) -> None:
    desk.orders(order("#1042", line(1), line(2, "CUP")))
    desk.approved()
    desk.orders(order("#1042", line(1, "HAT"), line(2), line(3, "CUP")))
    stored = load_orders(desk.store, [1])[1]
    assert [(one.line, one.sku) for one in stored.lines] == [(1, "MUG"), (2, "CUP"), (3, "HAT")]
    assert check_store(desk.store).ok
    same = desk.orders(order("#1042", line(1, "HAT"), line(2), line(3, "CUP")))
    assert same.same == 1


def test_a_line_that_vanished_leaves_unless_it_has_a_return(desk: Desk) -> None:
    desk.orders(order("#1042", line(1), line(2, "CUP"), line(3, "HAT")))
    desk.approved()
    desk.orders(order("#1042", line(1, "HAT"))._replace(delivered_at="2026-03-05"))
    stored = load_orders(desk.store, [1])[1]
    assert [(one.line, one.sku) for one in stored.lines] == [(1, "MUG"), (3, "HAT")]
    changes = {
        (one.line, one.field): (one.old, one.new, one.kept) for one in order_changes(desk.store, 1)
    }
    assert changes[None, "delivered_at"] == (None, "2026-03-05", False)
    assert changes[1, "line"] == ("2 x MUG", None, True)
    assert changes[2, "line"] == ("2 x CUP", None, False)
    assert check_store(desk.store).ok


def test_an_order_without_a_return_takes_the_numbers_of_its_file(desk: Desk) -> None:
    desk.orders(order("#1042", line(1), line(2, "CUP")))
    desk.orders(order("#1042", line(1, "CUP"), line(2, "HAT")))
    stored = load_orders(desk.store, [1])[1]
    assert [(one.line, one.sku) for one in stored.lines] == [(1, "CUP"), (2, "HAT")]
    assert check_store(desk.store).ok


def test_what_was_refunded_keeps_the_money_it_was_a_share_of(desk: Desk) -> None:
    desk.orders(order())
    desk.approved()
    desk.refund(refund_of(1))
    cheaper = order("#1042", line(1, each=1))
    counts = desk.orders(cheaper)
    assert counts.changed == 1
    stored = load_orders(desk.store, [1])[1]
    assert (stored.lines[0].items_minor, stored.total_minor) == (2000, 2150)
    assert all(one.kept for one in order_changes(desk.store, 1))
    assert check_store(desk.store).ok
    assert desk.orders(cheaper).same == 1


def test_refunds_made_before_count_from_the_start_and_grow_with_the_source(desk: Desk) -> None:
    desk.orders(order()._replace(refunded_minor=500))
    assert order_ledger(desk.store, 1).external_minor == 500
    desk.approved()
    desk.refund(refund_of(1))
    desk.orders(order()._replace(refunded_minor=1700))
    assert order_ledger(desk.store, 1).external_minor == 700
    desk.orders(order()._replace(refunded_minor=100))
    assert order_ledger(desk.store, 1).external_minor == 100
    assert check_store(desk.store).ok


def test_a_person_that_changes_is_found_under_the_new_name_only(desk: Desk) -> None:
    desk.orders(order())
    desk.open({1: 1})
    desk.orders(order()._replace(customer_name="Bo", ship_to=Address(name="Bo", postcode="02134")))
    assert [one.matched for one in find_returns(desk.store, "02134")] == ["postcode"]
    assert find_returns(desk.store, "ángeles") == []
    desk.orders(order()._replace(customer_name="", customer_email="", ship_to=Address()))
    assert find_returns(desk.store, "bo") == []
    assert load_orders(desk.store, [1])[1].ship_to == Address()


FOUND = [
    pytest.param("1042", None, 1, id="without the sign"),
    pytest.param("#1042", None, 1, id="with it"),
    pytest.param(" 1042 ", None, 1, id="blanks around"),
    pytest.param("7", None, 2, id="an id without a sign"),
    pytest.param("#7", None, 2, id="a sign that it does not have"),
    pytest.param("web/55", None, 3, id="channel and id"),
    pytest.param("55", "shop", 4, id="the channel said apart"),
    pytest.param("shop/#55", "shop", 4, id="both"),
    pytest.param("a/b", None, 5, id="an id with a slash"),
    pytest.param("x/y", None, 6, id="an id that looks like another channel's"),
]


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    """Orders of three channels, two of them with the same id."""
    desk.orders(
        order("#1042"),
        order("7"),
        order("55")._replace(channel="web"),
        order("55")._replace(channel="shop"),
        order("a/b"),
        order("x/y"),
        order("y")._replace(channel="x"),
    )
    return desk


@pytest.mark.parametrize(("text", "channel", "pk"), FOUND)
def test_an_order_is_found_as_people_write_it(
    shelf: Desk, text: str, channel: str | None, pk: int
) -> None:
    assert find_order(shelf.store, text, channel)[0] == pk


def test_an_id_that_two_channels_have_is_ambiguous(shelf: Desk) -> None:
    with pytest.raises(UsageError) as error:
        find_order(shelf.store, "#55")
    assert (error.value.code, error.value.exit) == ("E-ORDER-AMBIGUOUS", 2)
    assert "shop/55 and web/55" in error.value.message


@pytest.mark.parametrize(
    ("text", "channel", "hint"),
    [
        pytest.param("1024", None, "Did you mean #1042?", id="two signs swapped"),
        pytest.param("104", None, "Did you mean #1042?", id="one sign short"),
        pytest.param("10422", None, "Did you mean #1042?", id="one sign more"),
        pytest.param("1942", None, "Did you mean #1042?", id="one sign wrong"),
        pytest.param(
            "nothing", None, "Import it first, or look: returns orders list", id="nothing alike"
        ),
        pytest.param("", None, "Import it first, or look: returns orders list", id="nothing typed"),
    ],
)
def test_an_unknown_order_says_what_may_be_meant(
    shelf: Desk, text: str, channel: str | None, hint: str
) -> None:
    with pytest.raises(NotFoundError) as error:
        find_order(shelf.store, text, channel)
    assert (error.value.code, error.value.exit, error.value.hint) == ("E-ORDER-UNKNOWN", 5, hint)


def test_many_orders_are_found_at_once(shelf: Desk) -> None:
    found = order_pks(shelf.store, ["1042", "55", "nope", "#7", "1042", "web/55"])
    assert found == {"1042": (1,), "55": (4, 3), "nope": (), "#7": (2,), "web/55": (3,)}
    assert order_pks(shelf.store, ["55", "web/55"], "shop") == {"55": (4,), "web/55": ()}


def test_orders_are_listed_by_day_and_channel(desk: Desk) -> None:
    desk.orders(
        order("a")._replace(placed_at="2026-03-01"),
        order("b")._replace(placed_at="2026-03-03T10:00:00+00:00", channel="web"),
        order("c")._replace(placed_at="2026-03-02"),
    )

    def listed(wanted: OrderFilter) -> list[str]:
        return [one.order_id for _, one in list_orders(desk.store, wanted)]

    assert listed(OrderFilter()) == ["b", "c", "a"]
    assert listed(OrderFilter(newest_first=False, limit=2)) == ["a", "c"]
    assert listed(OrderFilter(channel="web")) == ["b"]
    assert listed(OrderFilter(placed_from="2026-03-02", placed_to="2026-03-02")) == ["c"]
