"""Store credit: issue, look at, redeem, expire."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain import money
from returns_cli.domain.credit import Credit, CreditState
from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.operations.four_eyes import refuse_alone, wants_second_person
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop
from returns_cli.operations.typed_amount import read_amount

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

_SCOPE = "credit"


class IssueRequest(NamedTuple):
    """A credit that somebody gives.

    Attributes:
        amount: a decimal string in ``currency``, None for the shop's.
        expires: its last day, ``YYYY-MM-DD``; None for ever.
        approved_by: the second person where the amount is above ``four_eyes_above``.
        key: the same again answers the first one.
    """

    amount: str
    why: str
    currency: str | None = None
    expires: str | None = None
    approved_by: str | None = None
    key: str | None = None


def issue_credit(shop: Shop, request: IssueRequest) -> Json:
    """Give a store credit as goodwill, with who and why.

    Refused (6): above ``four_eyes_above`` without a second person, the same key with other content.
    A repeat with its key answers the first credit; without one each call gives another.
    """
    from returns_cli.store import credits, keys
    from returns_cli.store.canonical import digest_of

    currency = request.currency or shop.config.currency
    amount = _issued(request, currency)
    expires_on = _last_day(shop, request.expires)
    approved_by = _second_person(shop, request, amount, currency)
    body = digest_of([amount, currency, request.expires, request.why, approved_by])
    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        known = None
        if request.key is not None:
            known = keys.recall(store, _SCOPE, request.key, body)
        if known is not None:
            return view_credit(credits.find_credit(store, known), shop.today, replayed=True)
        new = credits.NewCredit(
            credits.new_code(store, _purpose(request.key, credits.number_of_next(store))),
            amount,
            currency,
            expires_on,
            shop.actor,
            shop.now,
            approved_by=approved_by,
            why=request.why.strip(),
        )
        credit = credits.issue_credit(store, new)
        if request.key is not None:
            keys.remember(store, _SCOPE, request.key, body, credit.code)
        return view_credit(credit, shop.today)


def _purpose(key: str | None, number: int) -> str:
    """What tells a given credit from every other, so that work done again gives the same code."""
    return f"number/{number}" if key is None else f"key/{key}"


def _issued(request: IssueRequest, currency: str) -> int:
    if currency not in money.CURRENCIES:
        raise UsageError(
            "E-USAGE-CURRENCY",
            f"`{currency[:20]}` is no currency.",
            where="--currency",
            hint="Write its ISO 4217 code: USD, EUR, JPY.",
        )
    if not request.why.strip():
        raise UsageError(
            "E-USAGE-WHY",
            "A credit that is given wants a reason.",
            where="--why",
            hint='For example: --why "The parcel was two weeks late".',
        )
    return read_amount(request.amount, currency, "AMOUNT", hint="Give an amount above zero.")


def _last_day(shop: Shop, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-03-20") else None
    except ValueError:
        day = None
    if day is None or day < shop.today:
        raise UsageError(
            "E-USAGE-DATE",
            f"`{text[:40]}` is no day from today on.",
            where="--expires",
            hint="Write its last day: 2027-03-20.",
        )
    return day


def _second_person(shop: Shop, request: IssueRequest, amount: int, currency: str) -> str:
    approver = (request.approved_by or "").strip()
    if wants_second_person(shop, amount, currency) and approver in ("", shop.actor):
        refuse_alone(
            shop,
            amount,
            currency,
            "credit issue",
            f"Let somebody other than {shop.actor} agree, and name them with --approved-by.",
        )
    return approver


def credit_for_refund(
    shop: Shop, store: Store, refund_id: str, code: str, amount_minor: int, currency: str
) -> None:
    """Issue the credit that a refund to store credit pays. Inside its transaction.

    It expires as the policy of the return says, counted from today; of several lines the longest.
    """
    from returns_cli.store import credits

    expires_on = _expiry_of_refund(shop, store, refund_id)
    new = credits.NewCredit(
        code, amount_minor, currency, expires_on, shop.actor, shop.now, refund_id=refund_id
    )
    credits.issue_credit(store, new)


def _expiry_of_refund(shop: Shop, store: Store, refund_id: str) -> date | None:
    from datetime import timedelta

    from returns_cli.domain import terms
    from returns_cli.store.refunds import find_refund
    from returns_cli.store.returns import find_return

    record = find_return(store, find_refund(store, refund_id).rma)
    judged = record.decision.lines if record.decision else ()
    days = [terms.whole(terms.by_name(one.settings), "store_credit.expires_days") for one in judged]
    known = [one for one in days if one is not None]
    if not known or len(known) < len(days):
        return None
    return shop.today + timedelta(days=max(known))


def take_back_credit(shop: Shop, store: Store, refund_id: str, why: str) -> None:
    """Take back the credit of a refund that is reversed. Inside its transaction.

    Raises:
        ConflictError: ``E-CREDIT-SPENT``, something of it is spent or has expired.
    """
    from returns_cli.store import credits

    credit = credits.credit_of_refund(store, refund_id)
    if credit is None:
        return
    if credit.balance_minor != credit.issued_minor:
        left = money.format_amount(credit.balance_minor, credit.currency)
        raise ConflictError(
            "E-CREDIT-SPENT",
            f"Of the store credit of {refund_id} only {left} {credit.currency} are left.",
            where=refund_id,
            hint=f"See it: returns credit balance {credit.code}",
        )
    credits.move_credit(
        store, credit, "reversed", -credit.balance_minor, actor=shop.actor, at=shop.now, why=why
    )


def show_credit(shop: Shop, code: str) -> Json:
    """One credit with all that happened to it; 5 where there is none."""
    from returns_cli.store.credits import find_credit

    with shop.open_store(read_only=True) as store, store.reading():
        return view_credit(find_credit(store, code), shop.today)


def list_credits(shop: Shop) -> list[Json]:
    """Every credit, oldest first; an empty list is fine."""
    from returns_cli.store.credits import list_credits as listed

    with shop.open_store(read_only=True) as store, store.reading():
        return [view_credit(one, shop.today) for one in listed(store)]


def redeem_credit(
    shop: Shop,
    code: str,
    amount: str | None = None,
    *,
    reference: str | None = None,
    key: str | None = None,
) -> Json:
    """Take from a credit what a customer spends; without an amount all that is left.

    Refused (6): more than is left, after its last day. With a key, or else a reference (the order
    that it pays for), the same again changes nothing (``replayed``); other content is a conflict.
    """
    from returns_cli.store import credits, keys
    from returns_cli.store.canonical import digest_of

    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        credit = credits.find_credit(store, code)
        key = key or (f"{credit.code}/{reference}" if reference else None)
        body = digest_of([credit.code, amount, reference])
        if key is not None and keys.recall(store, "redeem", key, body) is not None:
            return view_credit(credit, shop.today, replayed=True)
        _check_spendable(shop, credit)
        taken = credit.balance_minor
        if amount is not None:
            taken = read_amount(
                amount, credit.currency, "--amount", hint="Give what the customer spends."
            )
        if taken > credit.balance_minor:
            left = money.format_amount(credit.balance_minor, credit.currency)
            raise ConflictError(
                "E-CREDIT-SPENT",
                f"{amount} {credit.currency} is more than the {left} that {credit.code} holds.",
                where=credit.code,
                hint=f"See it: returns credit balance {credit.code}",
            )
        credit = credits.move_credit(
            store,
            credit,
            "redeemed",
            -taken,
            actor=shop.actor,
            at=shop.now,
            reference=reference or "",
        )
        if key is not None:
            keys.remember(store, "redeem", key, body, credit.code)
        return view_credit(credit, shop.today)


def _check_spendable(shop: Shop, credit: Credit) -> None:
    state = credit.state(shop.today)
    if state is CreditState.ACTIVE:
        return
    said = {
        CreditState.SPENT: "is spent",
        CreditState.EXPIRED: f"expired; its last day was {credit.expires_on or 'not given'}",
        CreditState.REVERSED: "was taken back",
    }[state]
    code = "E-CREDIT-EXPIRED" if state is CreditState.EXPIRED else "E-CREDIT-SPENT"
    raise ConflictError(
        code,
        f"{credit.code} {said}.",
        where=credit.code,
        hint=f"See what happened to it: returns credit balance {credit.code}",
    )


def expire_credits(shop: Shop, code: str | None = None, *, why: str = "") -> list[Json]:
    """Write off what is left of credits whose last day is over; with a code, of that one.

    Safe to repeat: what is written off is so no more than once. Refused (6): a credit that is still
    good, without ``why``.
    """
    from returns_cli.store import credits

    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        if code is None:
            found = [
                one
                for one in credits.list_credits(store)
                if one.balance_minor and one.has_lapsed(shop.today)
            ]
        else:
            found = [credits.find_credit(store, code)]
        return [_expire(shop, store, one, why) for one in found]


def _expire(shop: Shop, store: Store, credit: Credit, why: str) -> Json:
    from returns_cli.store import credits

    if not credit.balance_minor:
        return view_credit(credit, shop.today, replayed=True)
    if not credit.has_lapsed(shop.today) and not why.strip():
        until = f"until {credit.expires_on}" if credit.expires_on else "for ever"
        raise ConflictError(
            "E-WHY-MISSING",
            f"{credit.code} is good {until}; a reason is wanted.",
            where=credit.code,
            hint='Say why in a few words: --why "given twice".',
        )
    credit = credits.move_credit(
        store,
        credit,
        "expired",
        -credit.balance_minor,
        actor=shop.actor,
        at=shop.now,
        why=why.strip(),
    )
    return view_credit(credit, shop.today)


def view_credit(credit: Credit, today: date, *, replayed: bool = False) -> Json:
    """The JSON object of one credit."""

    def amount(minor: int) -> str:
        return money.format_amount(minor, credit.currency)

    return {
        "credit": credit.code,
        "state": credit.state(today).value,
        "currency": credit.currency,
        "issued": amount(credit.issued_minor),
        "balance": amount(credit.balance_minor),
        "expires_on": credit.expires_on.isoformat() if credit.expires_on else None,
        "refund": credit.refund_id,
        "approved_by": credit.approved_by or None,
        "moves": [
            {
                "kind": one.kind,
                "amount": amount(one.amount_minor),
                "at": one.moved_at,
                "by": one.actor,
                "reference": one.reference or None,
                "why": one.why or None,
                "journal_seq": one.journal_seq,
            }
            for one in credit.moves
        ],
        "replayed": replayed,
    }
