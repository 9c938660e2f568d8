"""Parcels of orders, readings of events, carriers' codes, and where rows were read."""

from __future__ import annotations

from returns_cli.domain.model import Customer, Product
from returns_cli.domain.parcels import Meaning, Parcel
from returns_cli.store.carrier_codes import load_codes, save_codes
from returns_cli.store.check import check_store
from returns_cli.store.customers import save_customers
from returns_cli.store.floor import ParcelEvent, add_parcel_event
from returns_cli.store.orders import find_order, order_changes
from returns_cli.store.parcels import (
    ParcelKey,
    ParcelReport,
    add_reading,
    parcels_of,
    redate_orders,
    returns_of,
    save_parcel,
    targets_of,
)
from returns_cli.store.products import save_products
from returns_cli.store.returns import find_return
from returns_cli.store.row_sources import known_rows
from returns_cli.store.source_files import finish_file
from tests.store.desk import AT, Desk, line, order


def report(desk: Desk, **changes: object) -> bool:
    """A parcel T1 of the first order, delivered, with line 1."""
    made = ParcelReport(
        ParcelKey(1, "T1"), "UPS", {"delivered_at": "2026-03-05"}, ((1, 1),), desk.file(), 2
    )
    with desk.store.writing():
        return save_parcel(desk.store, made._replace(**changes))  # type: ignore[arg-type]  # names of its fields


def parcels(desk: Desk) -> tuple[Parcel, ...]:
    return parcels_of(desk.store.connection, [1]).get(1, ())


def test_a_parcel_is_added_and_follows_what_is_said(desk: Desk) -> None:
    desk.orders(order())
    assert parcels(desk) == ()
    assert report(desk)
    assert not report(desk, carrier="", lines=())
    assert parcels(desk) == (Parcel("T1", "UPS", delivered_at="2026-03-05", lines=((1, 1),)),)
    assert report(desk, carrier="USPS", dates={"shipped_at": "2026-03-02"}, lines=())
    assert parcels(desk) == (
        Parcel("T1", "USPS", "2026-03-02", None, "2026-03-05", lines=((1, 1),)),
    )
    assert check_store(desk.store).ok


def test_units_of_a_line_add_up_until_all_are_in(desk: Desk) -> None:
    desk.orders(order())
    units = []
    for lines in (((1, 1),), ((1, 2),), ((1, None),), ((2, None),), ((2, 4),)):
        report(desk, lines=lines)
        units.append(parcels(desk)[0].lines)
    assert units == [((1, 1),), ((1, 3),), ((1, 3),), ((1, 3), (2, None)), ((1, 3), (2, None))]
    assert check_store(desk.store).ok


def test_an_order_is_dated_once(desk: Desk) -> None:
    desk.orders(order("#1", line(), line(2, "CUP")), order("#2"))
    report(desk)
    with desk.store.writing():
        assert redate_orders(desk.store, [1, 2], 1, AT) == [1]
        assert redate_orders(desk.store, [1, 2], 1, AT) == []
    assert [(one.line, one.field, one.old, one.new) for one in order_changes(desk.store, 1)] == [
        (1, "delivered_at", None, "2026-03-05")
    ]
    assert check_store(desk.store).ok


def test_an_order_that_is_dated_back_to_its_source_is_as_read(desk: Desk) -> None:
    """What the file said and what the parcel says are the same again: nothing is kept apart."""
    dated = order()._replace(delivered_at="2026-03-05")
    desk.orders(dated)
    for day in ("2026-03-06", "2026-03-05"):
        report(desk, dates={"delivered_at": day}, lines=())
        with desk.store.writing():
            redate_orders(desk.store, [1], 1, AT)
    assert find_order(desk.store, "#1042")[1] == dated
    stored = "SELECT stored_hash FROM orders"
    assert desk.store.connection.execute(stored).fetchone() == (None,)
    assert check_store(desk.store).ok


def test_whose_parcel_a_number_is(desk: Desk) -> None:
    desk.orders(order("#1"), order("#2"))
    return_id = desk.approved(order_id="#1")
    report(desk)
    with desk.store.writing():
        event = ParcelEvent("0000", AT, "ana", return_id=return_id, tracking="R1")
        add_parcel_event(desk.store, event)
    assert targets_of(desk.store, "T1") == [("order", 1)]
    assert targets_of(desk.store, "R1") == [("return", return_id)]
    assert targets_of(desk.store, "T2") == []
    report(desk, key=ParcelKey(2, "T1"))
    assert len(targets_of(desk.store, "T1")) == 2
    assert returns_of(desk.store, [1, 2]) == [return_id]
    assert returns_of(desk.store, [2]) == []


def test_the_last_reading_says_whether_the_carrier_has_the_parcel(desk: Desk) -> None:
    desk.orders(order())
    return_id = desk.approved()
    rma = desk.store.connection.execute("SELECT rma FROM returns").fetchone()[0]
    file_id = desk.file()
    seen = []
    with desk.store.writing():
        events = [
            add_parcel_event(desk.store, ParcelEvent(code, at, "ana", return_id=return_id))
            for code, at in (("a", "2026-03-12"), ("b", "2026-03-11T23:00:00-05:00"))
        ]
        for event, meaning in (
            (0, Meaning.ANNOUNCED),
            (1, Meaning.UNKNOWN),
            (0, Meaning.IN_TRANSIT),
            (1, Meaning.DELIVERED),
            (0, Meaning.INFORMATION),
        ):
            add_reading(desk.store, events[event], meaning, file_id, 2)
            seen.append(find_return(desk.store, rma).first_scan_at)
    # without a reading an event counts as a scan; bare days count from midnight, UTC
    assert seen == [
        "2026-03-11T23:00:00-05:00",
        None,
        "2026-03-12",
        "2026-03-12",
        "2026-03-11T23:00:00-05:00",
    ]


def test_a_reading_is_kept_once(desk: Desk) -> None:
    desk.orders(order())
    file_id = desk.file()
    with desk.store.writing():
        event = add_parcel_event(desk.store, ParcelEvent("a", AT, "ana", order_pk=1))
        said = [Meaning.UNKNOWN, Meaning.UNKNOWN, Meaning.SHIPPED, Meaning.SHIPPED]
        said += [Meaning.UNKNOWN, Meaning.DELIVERED]
        new = [add_reading(desk.store, event, one, file_id, 2) for one in said]
    assert new == [True, False, True, False, False, True]


def test_codes_are_learned_and_follow_their_list(desk: Desk) -> None:
    file_id = desk.file()
    with desk.store.writing():
        first = save_codes(
            desk.store,
            [("ups", "KB", Meaning.DELIVERED, 2), ("ups", "OT", Meaning.SHIPPED, 3)],
            file_id,
        )
        again = save_codes(
            desk.store,
            [("ups", "KB", Meaning.DELIVERED, 2), ("ups", "OT", Meaning.RETURNED, 3)],
            file_id,
        )
    assert (tuple(first), tuple(again)) == ((2, 0, 0), (0, 1, 1))
    assert load_codes(desk.store) == [
        ("ups", "KB", Meaning.DELIVERED),
        ("ups", "OT", Meaning.RETURNED),
    ]
    assert check_store(desk.store).ok


def test_only_the_last_file_of_a_command_is_known(desk: Desk) -> None:
    first = desk.file("a.csv")
    sha256, options, importer = desk.store.connection.execute(
        "SELECT sha256, options_hash, importer FROM source_file"
    ).fetchone()
    known = (sha256, options, importer, "orders import")
    assert known_rows(desk.store, *known) is None, "it was not read to its end"
    with desk.store.writing():
        finish_file(desk.store, first, "{}")
    assert known_rows(desk.store, *known) == ("{}", AT)
    assert known_rows(desk.store, sha256, "other", importer, "orders import") is None
    assert known_rows(desk.store, sha256, options, importer, "products import") is None
    desk.file("b.csv")
    assert known_rows(desk.store, *known) is None


def test_many_at_once_are_counted(desk: Desk) -> None:
    with desk.store.writing():
        mugs = [Product("MUG"), Product("MUG"), Product("MUG", "Mug")]
        assert tuple(save_products(desk.store, mugs)) == (1, 1, 1)
        anas = [Customer("1"), Customer("1"), Customer("1", tier="gold")]
        assert tuple(save_customers(desk.store, anas)) == (1, 1, 1)
