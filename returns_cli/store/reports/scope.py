"""A report's scope as SQL: which rows count, and on which of the shop's days.

Everything that a person typed is bound as a parameter. What is put into a statement are this
module's own words and whole numbers.
"""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from returns_cli.domain.reported import Scope, day_number

_FIRST_YEAR = 1970
_STEP = timedelta(days=14)  # no two changes of a zone's clock are nearer
_MARGIN = timedelta(hours=15)  # no offset is larger
_DAY_SECONDS = 86_400
_BEFORE_ALL = -1_000_000

CATEGORY = """coalesce(nullif(l.category, ''),
    (SELECT k.category FROM product k WHERE k.sku = l.sku), '')"""
"""The category of an order line ``l``: its own, else that of its product."""
TIER = """coalesce(
    (SELECT nullif(c.tier, '') FROM order_person p JOIN customer c ON c.customer_id = p.customer_id
      WHERE p.order_pk = o.order_pk AND p.customer_id <> ''),
    (SELECT nullif(c.tier, '') FROM order_person p JOIN customer c
      ON c.email_key = lower(trim(p.email)) AND (p.customer_id = '' OR c.customer_id = '')
      WHERE p.order_pk = o.order_pk AND p.email <> ''
      ORDER BY c.customer_id <> '' DESC, c.customer_pk DESC LIMIT 1),
    o.customer_tier)"""
"""The tier of the customer of an order ``o``: as the list of customers says, else the order."""

# The words of each filter; ``o`` is the order, ``l`` its line, ``q`` the line of the request.
ORDER_FILTERS = {
    "channel": "o.channel = :channel",
    "country": "o.country = :country",
    "tier": f"{TIER} = :tier",
}
# A category is meant with all that lies under it.
LINE_FILTERS = {
    "category": f"""substr(lower(replace(replace({CATEGORY}, ' > ', '/'), '>', '/')) || '/', 1,
    length(:category) + 1) = :category || '/'""",
}
REQUEST_FILTERS = {"reason": "q.reason = :reason"}

LATEST = """q.revision = (SELECT max(v.revision) FROM return_revision v
  WHERE v.return_id = q.return_id)"""
"""Holds a line of a return, ``q``, to what its customer asked for last."""


def parameters(scope: Scope) -> dict[str, str | int]:
    """What a statement's named parameters stand for."""
    first = _BEFORE_ALL if scope.since is None else day_number(scope.since)
    told = dict(scope.filters)
    if "category" in told:
        told["category"] = _path(told["category"])
    return {"since": first, "until": day_number(scope.until), **told}


def _path(category: str) -> str:
    """A category as the statement compares it: small letters of ASCII, parts between slashes."""
    parts = (part.strip() for part in category.replace(">", "/").split("/"))
    return "/".join("".join(c.lower() if c.isascii() else c for c in part) for part in parts)


def where(scope: Scope, *tables: dict[str, str], day: str = "") -> str:
    """A WHERE clause that holds to the scope; empty where everything counts.

    Args:
        tables: of filters that the statement's rows can be held to.
        day: the SQL of the row's day, to hold it between ``since`` and ``until``.
    """
    asked = dict(scope.filters)
    words = [text for table in tables for name, text in table.items() if name in asked]
    if day:
        words.append(f"{day} BETWEEN :since AND :until")
    return f"WHERE {' AND '.join(words)}" if words else ""


def with_line(scope: Scope, returned: str) -> str:
    """A condition: the return has a line of the scope's category and reason; empty for any line.

    Args:
        scope: what is asked for.
        returned: the SQL of the return's row number.
    """
    lines = where(scope, LINE_FILTERS, REQUEST_FILTERS)
    if not lines:
        return ""
    return f"""EXISTS (SELECT 1 FROM return_line q
  JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
  {lines} AND q.return_id = {returned} AND {LATEST})"""


def both(held: str, more: str) -> str:
    """A WHERE clause, and one more condition; either may be empty."""
    if not more:
        return held
    return f"{held} AND {more}" if held else f"WHERE {more}"


def day_of(column: str, scope: Scope) -> str:
    """SQL for the number of the shop's day of a stored ``…_at``.

    A bare day, and a time without an offset, is the shop's own; an instant is moved into the
    shop's zone. Around a change of the clock instants are compared exactly, further off by text.

    Args:
        column: of the statement's own tables.
        scope: its zone.
    """
    cases = _offset_cases(scope.zone, scope.until.year + 1).replace("{at}", column)
    return f"((unixepoch({column}) + {cases}) / {_DAY_SECONDS})"


@lru_cache(8)
def _offset_cases(zone: ZoneInfo, last_year: int) -> str:
    changes = list(_changes(zone, last_year))
    cases = ["CASE WHEN length({at}) < 20 THEN 0"]
    for moment, before, after in reversed(changes):
        high, low = (moment + _MARGIN).isoformat()[:19], (moment - _MARGIN).isoformat()[:19]
        exact = f"iif(unixepoch({{at}}) >= {int(moment.timestamp())}, {after}, {before})"
        cases.append(f"WHEN {{at}} >= '{high}' THEN {after} WHEN {{at}} >= '{low}' THEN {exact}")
    first = changes[0][1] if changes else _offset(zone, datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC))
    return " ".join([*cases, f"ELSE {first} END"])


def _changes(zone: ZoneInfo, last_year: int) -> list[tuple[datetime, int, int]]:
    """When the zone's clock changed: the instant, and the seconds before and after."""
    found = []
    moment = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)
    end = datetime(last_year, 12, 31, tzinfo=UTC)
    while moment < end:
        following = moment + _STEP
        before, after = _offset(zone, moment), _offset(zone, following)
        if before != after:
            low, high = moment, following
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
            found.append((high.replace(microsecond=0), before, after))
        moment = following
    return found


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    return int(offset.total_seconds())
