"""Comparing what a provider's statement says was paid back with the refunds that are recorded.

Nothing is guessed. A payment is a refund's where its reference says so, else where order and amount
leave no choice; whatever else is found is told to a person, who decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from returns_cli.domain.model import Refund
from returns_cli.domain.money import format_amount
from returns_cli.domain.vocabulary import RefundState

_COUNTING = (RefundState.SUBMITTED, RefundState.IN_DOUBT, RefundState.CONFIRMED)


class Result(StrEnum):
    """What became of a payment of the statement, or of a refund that is not in it."""

    MATCHED = "matched"
    MISSING = "missing"
    IN_DOUBT = "in_doubt"
    DUPLICATED = "duplicated"
    AMOUNT_DIFFERS = "amount_differs"
    UNRECORDED = "unrecorded"


class By(StrEnum):
    """What a match rests on."""

    REFERENCE = "reference"
    NUMBER = "number"
    ORDER = "order_and_amount"
    BEFORE = "read_before"


class PaidBack(NamedTuple):
    """A payment of a statement.

    Attributes:
        order_pks: the orders that its number may mean; one as a rule.
        amount_minor: above zero, in ``currency``.
        reference: the provider's, or the refund's own number; empty for none.
        matched: the refund that it was found to be before.
        unclear: why it cannot be taken as paid.
        can_pay: whether a refund of a tender can stand in the statement.
    """

    order_pks: tuple[int, ...]
    amount_minor: int
    currency: str
    reference: str = ""
    matched: str | None = None
    unclear: str = ""
    can_pay: Callable[[str], bool] = lambda tender: tender != "store_credit"


class Recorded(NamedTuple):
    """A recorded refund.

    Attributes:
        is_paid_here: a payment of this kind of statement was found to be it before.
        is_paid_elsewhere: one of another kind was; the same payment may stand in both.
    """

    order_pk: int
    refund: Refund
    is_paid_here: bool = False
    is_paid_elsewhere: bool = False


class Finding(NamedTuple):
    """What is said of one payment.

    Attributes:
        refund: that it is, or that a person should look at.
        why: what a person must decide, a sentence; empty for a match.
    """

    result: Result
    refund: Refund | None = None
    by: By | None = None
    why: str = ""


class Comparison(NamedTuple):
    """What was found.

    Attributes:
        findings: one for each payment, in the order of the statement.
        mentioned: numbers of the refunds that a finding is about, matched or not.
    """

    findings: tuple[Finding, ...]
    mentioned: frozenset[str]


def reconcile(payments: Sequence[PaidBack], recorded: Iterable[Recorded]) -> Comparison:
    """What each payment of a statement is.

    Args:
        payments: of one kind of statement.
        recorded: every refund of their orders and of their references.
    """
    table = _Table(payments, recorded)
    for settle in (table.settle_known, table.settle_by_reference, table.settle_by_order):
        settle()
    table.settle_the_rest()
    findings = tuple(table.findings[number] for number in range(len(payments)))
    return Comparison(findings, frozenset(table.paid | table.spoken_for))


class _Table:
    """The payments and refunds of one comparison, and what was found so far."""

    def __init__(self, payments: Sequence[PaidBack], recorded: Iterable[Recorded]) -> None:
        self.findings: dict[int, Finding] = {}
        self._payments = payments
        self._of_order: defaultdict[int, list[Recorded]] = defaultdict(list)
        self._by_id: dict[str, Recorded] = {}
        self._by_reference: defaultdict[str, list[Recorded]] = defaultdict(list)
        self.paid: set[str] = set()  # refunds that a payment was found to be
        self.spoken_for: set[str] = set()  # and those that a finding names without a match
        self._references: dict[str, int] = {}  # who of the payments confirms by a reference
        for one in recorded:
            self._of_order[one.order_pk].append(one)
            self._by_id[one.refund.refund_id] = one
            if one.refund.reference:
                self._by_reference[one.refund.reference].append(one)
            if one.is_paid_here:
                self.paid.add(one.refund.refund_id)

    def _open(self) -> list[tuple[int, PaidBack]]:
        return [pair for pair in enumerate(self._payments) if pair[0] not in self.findings]

    def _say(
        self, number: int, result: Result, one: Recorded | None, why: str, by: By | None = None
    ) -> None:
        refund = one.refund if one else None
        self.findings[number] = Finding(result, refund, by, why)
        if refund is not None:
            (self.paid if result is Result.MATCHED else self.spoken_for).add(refund.refund_id)

    def _match(self, number: int, one: Recorded, by: By) -> None:
        reference = self._payments[number].reference
        if by is By.ORDER and reference:
            self._references[reference] = number
        self._say(number, Result.MATCHED, one, "", by)

    def settle_known(self) -> None:
        """What was matched when it was read before, and what the statement itself leaves open."""
        for number, payment in self._open():
            if payment.matched is not None:
                self._match(number, self._by_id[payment.matched], By.BEFORE)
        for number, payment in self._open():
            if payment.unclear:
                fitting = self._named(payment) or self._fitting(payment)
                only = fitting[0] if len(fitting) == 1 else None
                self._say(number, Result.IN_DOUBT, only, payment.unclear)
            elif len(payment.order_pks) > 1 and not self._named(payment):
                why = "Several channels have an order of this number; say --channel."
                self._say(number, Result.IN_DOUBT, None, why)

    def _named(self, payment: PaidBack) -> list[Recorded]:
        """The refunds that a payment's reference names."""
        if not payment.reference:
            return []
        own = self._by_id.get(payment.reference.upper())
        return self._by_reference.get(payment.reference, []) or ([own] if own else [])

    def settle_by_reference(self) -> None:
        """The payments whose reference a refund has."""
        for number, payment in self._open():
            named = self._named(payment)
            if not named:
                continue
            equal = [one for one in named if _has_amount(one, payment)]
            if len(named) > 1 and len(equal) != 1:
                why = "Several refunds have this reference."
                self._say(number, Result.IN_DOUBT, None, why)
                continue
            one = (equal or named)[0]
            if one.refund.refund_id in self.paid:
                why = f"{one.refund.refund_id} was paid already: it may be paid twice."
                self._say(number, Result.DUPLICATED, one, why)
            elif not equal:
                self._say(number, Result.AMOUNT_DIFFERS, one, _differs(one, payment))
            elif why := _cannot_be_paid(one, by_name=True):
                self._say(number, Result.IN_DOUBT, one, why)
            else:
                by = By.REFERENCE if one.refund.reference == payment.reference else By.NUMBER
                self._match(number, one, by)

    def settle_by_order(self) -> None:
        """The payments that order and amount give to one refund, and it to one of them."""
        together: defaultdict[tuple[int, int, str], list[int]] = defaultdict(list)
        for number, payment in self._open():
            if payment.order_pks:
                key = (payment.order_pks[0], payment.amount_minor, payment.currency)
                together[key].append(number)
        for numbers in together.values():
            self._settle_equals(numbers)

    def _settle_equals(self, numbers: Sequence[int]) -> None:
        """Payments of one order and amount."""
        first = self._payments[numbers[0]]
        fitting = [one for one in self._fitting(first) if _agrees(one, first)]
        if not fitting:
            return
        references = {self._payments[number].reference for number in numbers}
        if len(fitting) > 1:
            names = _listed(fitting)
            why = f"It may be any of {names}: they are equal."
            for number in numbers:
                self._say(number, Result.IN_DOUBT, None, why)
            self.spoken_for.update(one.refund.refund_id for one in fitting)
            return
        (one,) = fitting
        if len(references) > 1:
            for number in numbers:
                why = f"Several payments of this amount may be {one.refund.refund_id}."
                self._say(number, Result.IN_DOUBT, one, why)
            return
        if first.reference in self._references:
            for number in numbers:
                why = "Another payment of the statement has this reference, too."
                self._say(number, Result.IN_DOUBT, one, why)
            return
        self._match(numbers[0], one, By.ORDER)
        for number in numbers[1:]:
            why = f"{one.refund.refund_id} is paid above: it may be paid twice."
            self._say(number, Result.DUPLICATED, one, why)

    def _fitting(self, payment: PaidBack) -> list[Recorded]:
        """Refunds of a payment's order and amount that count and were not found before."""
        return [
            one
            for one in self._others(payment)
            if _has_amount(one, payment)
            and one.refund.state in _COUNTING
            and payment.can_pay(one.refund.tender)
        ]

    def _others(self, payment: PaidBack) -> list[Recorded]:
        """Refunds of a payment's order that nothing was said of."""
        return [
            one
            for pk in payment.order_pks
            for one in self._of_order[pk]
            if one.refund.refund_id not in self.paid and one.refund.refund_id not in self.spoken_for
        ]

    def settle_the_rest(self) -> None:
        """What no refund is: say which of the order's refunds a person should look at."""
        unsettled = self._open()
        per_order: defaultdict[tuple[int, ...], int] = defaultdict(int)
        for _, payment in unsettled:
            per_order[payment.order_pks] += 1
        for number, payment in unsettled:
            self._settle_stray(number, payment, is_alone=per_order[payment.order_pks] == 1)

    def _settle_stray(self, number: int, payment: PaidBack, *, is_alone: bool) -> None:
        known = [one for pk in payment.order_pks for one in self._of_order[pk]]
        equal = [one for one in known if _has_amount(one, payment)]
        paid = [one for one in equal if one.refund.refund_id in self.paid]
        others = [
            one
            for one in self._others(payment)
            if one.refund.state in _COUNTING and payment.can_pay(one.refund.tender)
        ]
        if paid:
            why = f"{paid[0].refund.refund_id} was paid already: it may be paid twice."
            self._say(number, Result.DUPLICATED, paid[0], why)
        elif equal:
            self._say(number, Result.IN_DOUBT, equal[0], self._unlike(equal[0], payment))
        elif len(others) == 1 and is_alone:
            self._say(number, Result.AMOUNT_DIFFERS, others[0], _differs(others[0], payment))
        elif others:
            why = f"None of {_listed(others)} has this amount."
            self._say(number, Result.IN_DOUBT, None, why)
        else:
            self._say(number, Result.UNRECORDED, None, _unrecorded(payment))

    def _unlike(self, one: Recorded, payment: PaidBack) -> str:
        """Why a refund of the payment's order and amount is not it."""
        name = one.refund.refund_id
        if one.refund.reference and payment.reference not in ("", one.refund.reference):
            return f"{name} has another reference, {one.refund.reference}: it may be paid twice."
        if not payment.can_pay(one.refund.tender):
            return f"{name} is recorded as paid by {one.refund.tender}."
        return _cannot_be_paid(one, by_name=False) or f"It may be {name}."


def _has_amount(one: Recorded, payment: PaidBack) -> bool:
    refund = one.refund
    return (refund.amount_minor, refund.currency) == (payment.amount_minor, payment.currency)


def _agrees(one: Recorded, payment: PaidBack) -> bool:
    """Whether the references do not speak against a match: one of them is not known."""
    return not (one.refund.reference and payment.reference)


def _cannot_be_paid(one: Recorded, *, by_name: bool) -> str:
    """Why a payment cannot be a refund that it names; empty where it can."""
    refund = one.refund
    if refund.state not in _COUNTING:
        return f"{refund.refund_id} is recorded as {refund.state}, the statement says it was paid."
    if by_name and refund.tender == "store_credit" and refund.state is not RefundState.CONFIRMED:
        return f"{refund.refund_id} goes to store credit: `refunds confirm` makes the credit."
    return ""


def _differs(one: Recorded, payment: PaidBack) -> str:
    if one.refund.currency != payment.currency:
        return f"{one.refund.refund_id} is recorded in {one.refund.currency}."
    amount = format_amount(one.refund.amount_minor, one.refund.currency)
    return f"{one.refund.refund_id} is recorded with {amount} {one.refund.currency}."


def _unrecorded(payment: PaidBack) -> str:
    if payment.order_pks:
        return "No refund of the order is recorded for it."
    if payment.reference:
        return "No refund has this reference, and no such order is known."
    return "No such order is known."


def _listed(recorded: Sequence[Recorded]) -> str:
    names = [one.refund.refund_id for one in recorded]
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
