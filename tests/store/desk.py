"""A small shop's store for tests: one call for each thing that a desk does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from returns_cli.domain.errors import Problem
from returns_cli.domain.model import (
    Address,
    Authorization,
    Component,
    Customer,
    Decision,
    Disposal,
    Evidence,
    Inspection,
    LineDecision,
    Order,
    OrderLine,
    Payment,
    Product,
    Receipt,
    Refund,
    RequestedLine,
    Setting,
    SourceRefund,
)
from returns_cli.domain.parcels import Meaning
from returns_cli.domain.reconcile import By
from returns_cli.domain.record import Consumption, Ruling
from returns_cli.domain.replacement import OwedMove, Replacement
from returns_cli.domain.rma import new_rma
from returns_cli.domain.vocabulary import Fault, Kind, TaxStyle, Verdict
from returns_cli.store.carrier_codes import save_codes
from returns_cli.store.connection import STORE_NAME, Store, create_store, open_store
from returns_cli.store.credits import NewCredit, issue_credit, new_code
from returns_cli.store.customers import save_customers
from returns_cli.store.decisions import add_authorizations, add_decision, add_ruling
from returns_cli.store.evidence import add_evidence
from returns_cli.store.exchanges import ExchangedReturn, add_replacement, move_owed
from returns_cli.store.floor import (
    NewUnexpected,
    ParcelEvent,
    add_disposal,
    add_inspection,
    add_parcel_event,
    add_receipt,
    add_unexpected,
    match_unexpected,
)
from returns_cli.store.keys import remember
from returns_cli.store.orders import OrderCounts, find_order, save_orders
from returns_cli.store.parcels import (
    ParcelKey,
    ParcelReport,
    add_reading,
    redate_orders,
    save_parcel,
)
from returns_cli.store.policies import keep_policy_text
from returns_cli.store.products import save_products
from returns_cli.store.refunds import NewRefund, RefundFilter, list_refunds, record_refund
from returns_cli.store.returns import NewReturn, add_return, is_rma_taken
from returns_cli.store.runs import RunStep, add_step, begin_run, end_run, keep_paper
from returns_cli.store.serials import add_serial, add_sold_serial
from returns_cli.store.settings import keep_settings
from returns_cli.store.source_files import NewFile, add_file, finish_file
from returns_cli.store.statements import NewRow, keep_match, keep_row
from returns_cli.store.stock import StockExport, add_stock_export, list_put_away
from returns_cli.store.suppression import person_refs, suppress
from returns_cli.store.unexpected import Departure, add_departure

SALT = b"0123456789abcdef"
AT = "2026-03-10T12:00:00+00:00"
POLICY = b"policy: standard\n"
POLICY_SHA256 = hashlib.sha256(POLICY).hexdigest()
BODY = "b" * 64


def line(number: int = 1, sku: str = "MUG", quantity: int = 2, each: int = 1000) -> OrderLine:
    """A line of mugs: 10.00 each, 1.00 tax on top and 0.50 shipping for the line."""
    return OrderLine(
        line=number,
        sku=sku,
        title=f"{sku.title()} of clay",
        quantity=quantity,
        shipped_quantity=quantity,
        unit_price_minor=each,
        discount_minor=0,
        order_discount_minor=0,
        items_minor=quantity * each,
        tax_minor=100,
        shipping_minor=50,
    )


def order(
    order_id: str = "#1042", *lines: OrderLine, tax_style: TaxStyle = TaxStyle.ON_TOP
) -> Order:
    """An order of Ana's in USD, paid in full."""
    lines = lines or (line(),)
    on_top = tax_style is TaxStyle.ON_TOP
    total = sum(
        one.items_minor + one.shipping_minor + (one.tax_minor if on_top else 0) for one in lines
    )
    return Order(
        channel="default",
        order_id=order_id,
        placed_at="2026-03-01T09:30:00+00:00",
        currency="USD",
        tax_style=tax_style,
        order_discount_minor=0,
        shipping_minor=sum(one.shipping_minor for one in lines),
        tax_minor=sum(one.tax_minor for one in lines),
        total_minor=total,
        captured_minor=total,
        refunded_minor=0,
        lines=lines,
        shipped_at="2026-03-02",
        country="US",
        region="CA",
        payment_method="card",
        tags=("spring",),
        customer_name="Ana Ángeles",
        customer_email="Ana@example.com",
        ship_to=Address(
            name="Ana Ángeles", address1="1 Elm St", city="Davis", postcode="95616", country="US"
        ),
        source_file="orders.csv",
        source_line=2,
    )


def decision(*quantities: int, verdict: Verdict = Verdict.APPROVE, keep: bool = False) -> Decision:
    """A decision on lines 1, 2 … with these units, all judged alike."""
    keeps = (Setting("keep_item", "true", "small", "policies/standard.yaml:9"),) if keep else ()
    return Decision(
        policy_id="standard",
        policy_version=POLICY_SHA256[:8],
        policy_sha256=POLICY_SHA256,
        as_of=AT,
        verdict=verdict,
        lines=tuple(
            LineDecision(
                line=number,
                sku="MUG",
                title="Mug",
                quantity=units,
                reason="too_small",
                fault=Fault.CUSTOMER,
                resolution="refund",
                verdict=Verdict.APPROVE if verdict is Verdict.PARTIAL else verdict,
                codes=(),
                deadline_on=None,
                window=None,
                settings=(
                    Setting("window.days", "30", None, "policies/standard.yaml:3"),
                    *keeps,
                ),
            )
            for number, units in enumerate(quantities, 1)
        ),
        label_kind="prepaid",
        label_valid_days=21,
        facts={"order": {"country": "US"}},
    )


@cache
def _new_store() -> bytes:
    """The bytes of a store in which nothing happened yet; made once."""
    with TemporaryDirectory() as folder:
        create_store(Path(folder), SALT)
        return (Path(folder) / STORE_NAME).read_bytes()


@dataclass
class Desk:
    """An open store and the things done in it; every call is one transaction."""

    folder: Path
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        path = self.folder / STORE_NAME
        if not path.exists():
            path.touch(0o600)
            path.write_bytes(_new_store())
        self.store = open_store(self.folder)

    def reopen(self) -> None:
        """Close the store and open it again."""
        self.store.close()
        self.store = open_store(self.folder)

    def file(self, name: str = "orders.csv") -> int:
        """A file that was read."""
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        new = NewFile(sha256, "plain", "generic 1", "orders import", name, "ana", AT)
        with self.store.writing():
            return add_file(self.store, new)

    def orders(self, *orders: Order) -> OrderCounts:
        """Orders from a file of their own."""
        file_id = self.file()
        with self.store.writing():
            return save_orders(self.store, orders, file_id)

    def open(
        self, units: Mapping[int, int], order_id: str = "#1042", key: str = "k1", at: str = AT
    ) -> int:
        """A return of units by order line."""
        with self.store.writing():
            pk, _ = find_order(self.store, order_id)
            rma = new_rma(SALT, key, lambda one: is_rma_taken(self.store, one))
            lines = tuple(RequestedLine(n, q, "too_small") for n, q in units.items())
            new = NewReturn(rma, key, Kind.RETURN, at, at, "customer", pk, lines, "ana")
            return add_return(self.store, new)

    def judge(self, return_id: int, judged: Decision | None = None) -> int:
        """A decision, stored with its policy's text."""
        with self.store.writing():
            keep_policy_text(
                self.store, POLICY_SHA256, "standard", "policies/standard.yaml", POLICY
            )
            return add_decision(self.store, return_id, judged or decision(2), "returns")

    def rule(self, return_id: int, kind: str, why: str = "") -> None:
        """What a person says of the return."""
        with self.store.writing():
            add_ruling(self.store, return_id, Ruling(kind, AT, "ben", why))

    def authorize(self, return_id: int, units: Mapping[int, int], cause: str = "approval") -> None:
        """Signed units by order line."""
        rows = [Authorization(n, q, cause, AT, "ben") for n, q in units.items()]
        with self.store.writing():
            add_authorizations(self.store, return_id, None, rows)

    def receive(
        self, return_id: int, units: int, number: int = 1, corrects: int | None = None
    ) -> int:
        """Units of an order line that arrived."""
        with self.store.writing():
            fact = Receipt(number, units, AT, "cy", "bay 1", "1Z999")
            return add_receipt(self.store, return_id, fact, corrects=corrects)

    def inspect(
        self, return_id: int, units: int, grade: str = "opened", corrects: int | None = None
    ) -> int:
        """Units of line 1 that were graded."""
        with self.store.writing():
            fact = Inspection(1, units, grade, "open_box", AT, "cy")
            return add_inspection(self.store, return_id, fact, corrects=corrects)

    def dispose(self, return_id: int, units: int, corrects: int | None = None) -> int:
        """Units of line 1 that were put back into stock."""
        with self.store.writing():
            fact = Disposal(1, units, "restock", AT, "cy", "A-3")
            return add_disposal(self.store, return_id, fact, moves_stock=True, corrects=corrects)

    def approved(self, units: int = 2, order_id: str = "#1042", key: str = "k1") -> int:
        """A return of line 1 that was judged and may come back."""
        return_id = self.open({1: units}, order_id, key)
        self.judge(return_id, decision(units))
        self.authorize(return_id, {1: units})
        return return_id

    def refund(self, new: NewRefund) -> Refund:
        """A refund, recorded."""
        with self.store.writing():
            return record_refund(self.store, new)


def refund_of(
    return_id: int,
    amount: int = 1000,
    *,
    key: str = "pay-1",
    decision_id: int = 1,
    order_pk: int = 1,
    units: int = 1,
    components: tuple[Component, ...] = (),
    takes: Mapping[int, Consumption] | None = None,
    reference: str | None = None,
    currency: str = "USD",
    tender: str = "original_payment",
    origins: tuple[tuple[str, int], ...] = (),
) -> NewRefund:
    """A refund of one mug without tax and shipping, unless something else is said."""
    return NewRefund(
        return_id=return_id,
        order_pk=order_pk,
        decision_id=decision_id,
        key=key,
        body_hash=BODY,
        amount_minor=amount,
        currency=currency,
        tender=tender,
        components=components or (Component("items", 1, amount, units=units),),
        takes={1: Consumption(units=units, items_minor=amount)} if takes is None else takes,
        actor="ben",
        recorded_at=AT,
        reference=reference,
        origins=origins,
    )


def busy_desk(folder: Path) -> Desk:
    """A shop in which everything has happened once: no table of facts is empty.

    Order #1042 has a return with goods received, inspected and put away, one refund confirmed
    (``ch_1``), one submitted; order #7 was partly refunded before and was imported twice.
    """
    path = folder / STORE_NAME
    path.touch(0o600)
    path.write_bytes(_busy_store())
    return Desk(folder)


@cache
def _busy_store() -> bytes:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        _keep_busy(desk)
        desk.store.close()
        return desk.store.path.read_bytes()


def _keep_busy(desk: Desk) -> None:
    payments = (Payment("gift_card", "Gift card", 2000),)
    desk.orders(order()._replace(payments=payments), order("#7")._replace(refunded_minor=500))
    file_id = desk.file("later.csv")
    with desk.store.writing():
        named = SourceRefund(500, 1, "2026-03-05", "P-77")
        later = order("#7")._replace(refunded_minor=500, country="DE", refunds=(named,))
        save_orders(desk.store, [later], file_id)
        finish_file(desk.store, file_id, '{"rows": 1}', [(1, 1)])
        remember(desk.store, "open", "k1", BODY, "RMA")
        save_customers(desk.store, [Customer("C1", "Ana@example.com", "Ana", "gold")])
        save_products(desk.store, [Product("MUG", "Mug", tags=("clay",))])
        keep_settings(desk.store, b"name: Mugs", "1.0", "{}")
    first = desk.approved()
    desk.rule(first, "approve")
    with desk.store.writing():
        add_ruling(desk.store, first, Ruling("approve", AT, "ben", "fine", (1,)))
    with desk.store.writing():
        event_id = add_parcel_event(desk.store, ParcelEvent("accepted", AT, "dhl", return_id=first))
        add_reading(desk.store, event_id, Meaning.FIRST_SCAN, file_id, 2)
        report = ParcelReport(
            ParcelKey(1, "1Z998"), "UPS", {"delivered_at": AT}, ((1, 1),), file_id, 2
        )
        save_parcel(desk.store, report)
        redate_orders(desk.store, [1], file_id, AT)
        save_codes(desk.store, [("ups", "KB", Meaning.DELIVERED, 2)], file_id)
        found = NewUnexpected("CUP", 1, "surplus", AT, "cy", return_id=first, code="CUP")
        match_unexpected(desk.store, add_unexpected(desk.store, found), first, "cy", AT)
        number = add_unexpected(desk.store, found._replace(return_id=None))
        gone = Departure(number, 1, None, None, "restock", "B-2", "", AT, "cy")
        add_departure(desk.store, gone, is_stock=True)
        exported = StockExport(0, "generic", None, AT)
        stock = list_put_away(desk.store)
        never_used = add_stock_export(desk.store, exported, "cy", stock)
        add_stock_export(desk.store, exported, "cy", stock, replaces=never_used)
    with desk.store.writing():
        suppress(desk.store, person_refs(desk.store.salt, "C9", ""), "2026-03-20", "ann")
    run_id = begin_run(desk.store, AT, "cron", ("import", "report"))
    problem = Problem("E-MONEY", "no amount", "orders.csv", 3)
    add_step(desk.store, run_id, RunStep("import", 1, 0, ("inbox/done/orders.csv",)), [problem])
    keep_paper(desk.store, run_id, "label", [(first, 1)])
    end_run(desk.store, run_id, AT, exit_status=3)
    desk.receive(first, 2)
    with desk.store.writing():
        number = add_unexpected(desk.store, found._replace(quantity=2, return_id=None))
        gone = Departure(number, 2, None, 1, "", "", "", AT, "cy")
        add_departure(desk.store, gone, return_id=first)
    desk.inspect(first, 2)
    with desk.store.writing():
        add_sold_serial(desk.store, 1, 1, "SN-1", file_id, 2)
        add_serial(desk.store, "receipt", 1, "SN-1")
        add_serial(desk.store, "inspection", 1, "SN-1")
        kept = Evidence("note", "scratched", 1, None, AT, "cy")
        add_evidence(desk.store, first, kept, corrects=add_evidence(desk.store, first, kept))
    desk.dispose(first, 1)
    desk.refund(refund_of(first, reference="ch_1", origins=(("gift_card", 1000),)))
    desk.refund(refund_of(first, key="pay-2"))
    with desk.store.writing():
        place = ExchangedReturn(1, "RMA-0000012", 1, 1, "default", "#1042", "USD", POLICY_SHA256)
        add_replacement(desk.store, place, Replacement(1, "CUP", 1, AT, "cy", "1Z", "2026-04-10"))
        move_owed(desk.store, place, OwedMove("owed", 300, AT, "cy", 0))
        row = NewRow("shopify-payouts", "k1", 1000, "USD", "2026-03-10", file_id, 2)
        number = keep_row(desk.store, row)
        paid = list_refunds(desk.store, RefundFilter(limit=1))[0]
        keep_match(desk.store, number, paid.refund_id, row.source, By.ORDER, actor="ana", at=AT)
    with desk.store.writing():
        code = new_code(desk.store, "number/1")
        issue_credit(desk.store, NewCredit(code, 500, "USD", None, "ann", AT, why="late"))
    with desk.store.writing():
        line_with_note = RequestedLine(1, 1, "other", note="scratched")
        pk, _ = find_order(desk.store, "#7")
        new = NewReturn(
            "RMA-0000012", "k2", Kind.CLAIM, AT, AT, "staff", pk, (line_with_note,), "ana", "hello"
        )
        add_return(desk.store, new)
