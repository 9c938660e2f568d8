"""Two persons: for large amounts (``four_eyes_above``), for grades (``inspect.four_eyes``)."""

from __future__ import annotations

from collections import Counter

from returns_cli.domain import money, settle, terms
from returns_cli.domain.errors import ConflictError
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.shop import Shop


def wants_second_person(shop: Shop, amount_minor: int, currency: str) -> bool:
    """Whether an amount is above the shop's limit.

    The limit is in the shop's currency; in any other one there is nothing to compare with, so a
    second person is wanted for every amount.
    """
    limit = shop.config.four_eyes_above_minor
    if limit is None:
        return False
    return currency != shop.config.currency or amount_minor > limit


def check_second_person(shop: Shop, record: ReturnRecord, more_minor: int) -> None:
    """Refuse a refund that brings a return above the limit, unless somebody else approved it.

    Args:
        more_minor: of the refund to be recorded; what live refunds of the return pay is added.

    Raises:
        ConflictError: ``E-FOUR-EYES``.
    """
    amount = more_minor + settle.refunded_minor(record.refunds)
    if not wants_second_person(shop, amount, record.order.currency):
        return
    if not approvers(record) - {shop.actor}:
        refuse_alone(
            shop,
            amount,
            record.order.currency,
            record.rma,
            f"Somebody other than {shop.actor} approves it: returns approve {record.rma}",
        )


def approvers(record: ReturnRecord) -> set[str]:
    """Who has approved a return since it was last denied."""
    names: set[str] = set()
    for one in record.rulings:
        if one.kind == "approve":
            names.add(one.actor)
        else:
            names.clear()
    return names


def refuse_alone(shop: Shop, amount_minor: int, currency: str, where: str, hint: str) -> None:
    """Refuse what one person alone may not record.

    Raises:
        ConflictError: ``E-FOUR-EYES``, always.
    """
    amount = money.format_amount(amount_minor, currency)
    limit = money.format_amount(shop.config.four_eyes_above_minor or 0, shop.config.currency)
    raise ConflictError(
        "E-FOUR-EYES",
        f"{amount} {currency} wants a second person: shop.yaml allows one alone "
        f"{limit} {shop.config.currency}.",
        where=where,
        hint=hint,
    )


def graded_alone(record: ReturnRecord, line: int) -> Counter[str]:
    """Units of a line, by who found them in a grade that the policy wants four eyes for."""
    judged = record.decision.lines if record.decision else ()
    wanted = {
        grade
        for one in judged
        if one.line == line
        for grade in terms.words(terms.by_name(one.settings), "inspect.four_eyes")
    }
    units: Counter[str] = Counter()
    for seen in record.inspections:
        if seen.line == line and seen.grade in wanted:
            units[seen.actor] += seen.quantity
    return +units


def check_other_hands(shop: Shop, record: ReturnRecord, line: int, units: int) -> None:
    """Refuse to put away what the same person graded, where the policy wants a second one.

    Args:
        units: that are to be put away now.

    Raises:
        ConflictError: ``E-FOUR-EYES``.
    """
    waiting = record.inspected(line) - record.disposed(line)
    own = graded_alone(record, line)[shop.actor]
    if units > waiting - own:
        raise ConflictError(
            "E-FOUR-EYES",
            f"Line {line} of {record.rma} wants a second person: {shop.actor} graded it.",
            where=f"{record.rma} line {line}",
            hint="Somebody else puts it away: --actor says who works here.",
        )


def missing_approval(record: ReturnRecord) -> str | None:
    """Who graded goods that pay nothing back until somebody else has approved; None for nobody.

    An approval counts where it came after the goods were graded.
    """
    for one in record.lines:
        graders = graded_alone(record, one.line)
        seen_at = [seen.inspected_at for seen in record.inspections if seen.line == one.line]
        after = {
            ruling.actor
            for ruling in record.rulings
            if ruling.kind == "approve" and ruling.ruled_at >= max(seen_at, default="")
        }
        if graders and not after - set(graders):
            return ", ".join(sorted(graders))
    return None


def check_grades_approved(record: ReturnRecord) -> None:
    """Refuse a refund of goods that one person alone has judged.

    Raises:
        ConflictError: ``E-FOUR-EYES``.
    """
    graders = missing_approval(record)
    if graders is not None:
        raise ConflictError(
            "E-FOUR-EYES",
            f"What {graders} graded in {record.rma} wants a second person.",
            where=record.rma,
            hint=f"Somebody else looks at it and approves: returns approve {record.rma}",
        )
