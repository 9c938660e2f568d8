"""The cases beside a new policy: facts and a day in, what must come out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from returns_cli.domain import money, terms
from returns_cli.policy.starting.answers import FALLBACK_DAYS, SeasonStart, Start

_PLACED = date(2026, 3, 2)
_DELIVERED = date(2026, 3, 5)
_LATEST = date(9999, 12, 31)


def starter_cases(start: Start) -> str:
    """The cases file; its days are counted from the answers, not by the judgement itself."""
    head = [
        f"# Cases for {start.name}.yaml. Run them with: returns policy test {start.name}.yaml",
        "# A fact left out is the plain default; days and values left out are not known.",
        "",
        "cases:",
    ]
    return "\n".join([*head, *_cases(start)]).rstrip() + "\n"


def _cases(start: Start) -> Iterator[str]:
    if start.days is None:
        yield from _case(
            "nothing comes back", _given(start), _DELIVERED, "deny", codes="no_returns"
        )
    else:
        yield from _window(start, start.days)
        yield from _fees(start)
    yield from _our_fault(start)
    for number, season in enumerate(start.seasons, 1):
        yield from _season(start, season, number)


def _window(start: Start, days: int) -> Iterator[str]:
    last = _later(_DELIVERED, days)
    yield from _case(f"day {days} is in time", _given(start), last, "approve", deadline=last)
    if last < _LATEST:
        late = last + timedelta(days=1)
        said = {"codes": "window_expired", "deadline": last}
        yield from _case("a day later is late", _given(start), late, "deny", **said)
    given = _given(start, known=f"placed: {_PLACED}, shipped: {_DELIVERED}")
    last = _later(_DELIVERED, FALLBACK_DAYS + days)
    name = "the delivery is not known, so shipping and some days stand for it"
    yield from _case(name, given, _DELIVERED, "approve", deadline=last)


def _fees(start: Start) -> Iterator[str]:
    """What is kept of a round amount; a fee is cut so that the total is never below zero."""
    shipping = terms.read_money(start.return_shipping, start.currency)
    value = terms.read_money("100", start.currency)
    while value < 10 * shipping:
        value *= 10
    restocking = terms.read_fee(start.restocking, start.currency).of(value, 1)
    pays = {"refund", "store_credit"} & set(start.resolutions)
    if restocking + shipping > value or not pays:
        return
    fees = f"{{restocking: {_text(restocking, start)}, return_shipping: {_text(shipping, start)}}}"
    total = _text(value - restocking - shipping, start)
    yield from _case(
        "what a change of mind costs",
        _given(start, f"line: {{value: {_text(value, start)}}}, "),
        _DELIVERED,
        "approve",
        fees=fees,
        total=total,
    )


def _our_fault(start: Start) -> Iterator[str]:
    given = _given(start, "condition: damaged, ", reason="damaged_in_transit")
    yield from _case(
        "damaged on the way",
        given,
        _DELIVERED,
        "approve",
        settings="{inspection.damaged.refund: 100%}",
    )


def _season(start: Start, season: SeasonStart, number: int) -> Iterator[str]:
    placed = season.first_on
    days = season.days if season.days is not None else start.days or 0
    last = _later(placed, days)
    if season.until_on is not None:
        last = max(last, season.until_on)
    given = _given(start, known=f"placed: {placed}, delivered: {placed}")
    verdict = "deny" if start.days is None else "approve"
    yield from _case(f"an order of season {number}", given, last, verdict, deadline=last)


def _later(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (_LATEST - day).days))


def _given(
    start: Start,
    more: str = "",
    *,
    reason: str = "changed_mind",
    known: str = f"placed: {_PLACED}, delivered: {_DELIVERED}",
) -> str:
    """Facts; the resolution is left out where it is a refund, which is what is meant then."""
    ways = ("refund", "store_credit", *start.resolutions)
    way = next(one for one in ways if one in start.resolutions)
    wanted = "" if way == "refund" else f"resolution: {way}, "
    return f"{{order: {{{known}}}, {more}{wanted}reason: {reason}}}"


def _case(name: str, given: str, as_of: date, verdict: str, **expected: object) -> Iterator[str]:
    wanted = {"verdict": verdict, **expected}
    if "codes" in wanted:
        wanted["codes"] = f"[{wanted['codes']}]"
    yield f"  - name: {name}"
    yield f"    given: {given}"
    yield f"    as_of: {as_of}"
    yield f"    expect: {{{', '.join(f'{key}: {value}' for key, value in wanted.items())}}}"
    yield ""


def _text(minor: int, start: Start) -> str:
    return money.format_amount(minor, start.currency)
