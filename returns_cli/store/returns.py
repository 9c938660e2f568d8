"""Returns: recording one, amending it, finding and listing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from returns_cli.domain.errors import NotFoundError
from returns_cli.domain.model import RequestedLine
from returns_cli.domain.nearest import did_you_mean
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.rma import nearby_rmas, read_rma
from returns_cli.domain.vocabulary import Kind, Verdict
from returns_cli.store.canonical import canonical_json
from returns_cli.store.connection import Store
from returns_cli.store.decisions import order_of
from returns_cli.store.facts import Value, add_fact
from returns_cli.store.return_loading import read_returns
from returns_cli.store.search_text import add_to_search

_ID_OF_RMA = "SELECT return_id FROM returns WHERE rma = ?"
_ID_OF_KEY = "SELECT return_id FROM returns WHERE key = ?"
_HAS_LINE = "SELECT 1 FROM order_line WHERE order_pk = ? AND line = ?"
_REVISION = "SELECT max(revision) FROM return_revision WHERE return_id = ?"
_LIVE = """
SELECT line, sum(quantity) FROM authorization WHERE return_id = ?
GROUP BY line HAVING sum(quantity) > 0
"""
_LATEST_VERDICT = """(SELECT d.verdict FROM decision d WHERE d.return_id = r.return_id
  ORDER BY d.decision_id DESC LIMIT 1)"""
_LIVE_UNITS = """(SELECT coalesce(sum(a.quantity), 0) FROM authorization a
  WHERE a.return_id = r.return_id)"""
_LIST = f"""
SELECT r.return_id FROM returns r JOIN orders o ON o.order_pk = r.order_pk
WHERE (:order_pk IS NULL OR r.order_pk = :order_pk)
  AND (:channel IS NULL OR o.channel = :channel)
  AND (:kind IS NULL OR r.kind = :kind)
  AND (:opened_from IS NULL OR substr(r.opened_at, 1, 10) >= :opened_from)
  AND (:opened_to IS NULL OR substr(r.opened_at, 1, 10) <= :opened_to)
  AND (:verdict IS NULL OR {_LATEST_VERDICT} = :verdict)
  AND CASE :wanted
    WHEN 'open' THEN coalesce({_LATEST_VERDICT}, '') <> 'deny' OR {_LIVE_UNITS} > 0
    WHEN 'refundable' THEN {_LIVE_UNITS} > 0
    WHEN 'label_ready' THEN {_LIVE_UNITS} > 0
      AND coalesce((SELECT sum(x.quantity) FROM receipt x WHERE x.return_id = r.return_id), 0) <= 0
    ELSE 1 END
  AND (:wanted <> 'open' OR {_LIVE_UNITS} > 0 OR NOT EXISTS (SELECT 1 FROM ruling u
    WHERE u.return_id = r.return_id AND u.kind IN ('deny', 'cancel', 'expire')))
ORDER BY CASE WHEN :newest_first THEN r.opened_at END DESC,
  CASE WHEN :newest_first THEN r.return_id END DESC, r.opened_at, r.return_id
LIMIT coalesce(:limit, -1)
"""  # noqa: S608 - put together from the constants above


class NewReturn(NamedTuple):
    """A return to be recorded.

    Attributes:
        rma: from ``rma.new_rma``.
        key: the request's idempotency key.
        opened_at: when it is recorded; ``requested_at``: when the customer asked.
        entered_by: ``customer``, ``staff``, an importer's name.
        order_pk: the order's row number.
        lines: one for each order line that is asked for.
        actor: who records it, a staff handle.
        note: free text; kept apart, it can be erased.
    """

    rma: str
    key: str
    kind: Kind
    opened_at: str
    requested_at: str
    entered_by: str
    order_pk: int
    lines: tuple[RequestedLine, ...]
    actor: str
    note: str = ""


class Wanted(StrEnum):
    """A coarse choice in SQL: each but ``ALL`` may hold returns that a closer look passes over.

    The states of returns are derived (``domain.lifecycle``); ``OPEN`` leaves out what was denied,
    cancelled or expired, ``REFUNDABLE`` what has no live units, ``LABEL_READY`` what has none or
    has arrived.
    """

    ALL = "all"
    OPEN = "open"
    REFUNDABLE = "refundable"
    LABEL_READY = "label_ready"


class ReturnFilter(NamedTuple):
    """Which returns to list; days are bare, both included; ``verdict`` is the latest one."""

    wanted: Wanted = Wanted.ALL
    order_pk: int | None = None
    channel: str | None = None
    kind: Kind | None = None
    verdict: Verdict | None = None
    opened_from: str | None = None
    opened_to: str | None = None
    limit: int | None = None
    newest_first: bool = False


def add_return(store: Store, new: NewReturn) -> int:
    """Record a return with its first revision; inside a transaction.

    Returns:
        Its row number.

    Raises:
        NotFoundError: ``E-LINE-UNKNOWN``, the order has no such line.
    """
    row: dict[str, Value] = {
        "rma": new.rma,
        "key": new.key,
        "kind": new.kind.value,
        "opened_at": new.opened_at,
        "requested_at": new.requested_at,
        "entered_by": new.entered_by,
        "order_pk": new.order_pk,
        "actor": new.actor,
    }
    return_id = add_fact(store.connection, "returns", row)
    _add_revision(store, return_id, new.order_pk, 1, new.lines, new.actor, new.opened_at)
    _add_note(store, return_id, 1, 0, new.note)
    add_to_search(store.connection, return_id)
    return return_id


def add_revision(
    store: Store, return_id: int, lines: Sequence[RequestedLine], actor: str, at: str
) -> int:
    """Amend a return: the lines replace the live request; inside a transaction.

    Units that are authorized beyond what is asked for now are released first.

    Returns:
        The number of the new revision.

    Raises:
        NotFoundError: ``E-LINE-UNKNOWN``, the order has no such line.
        ConflictError: ``E-UNITS-HELD``, such units have arrived or were refunded.
    """
    asked = {line.line: line.quantity for line in lines}
    order_pk = order_of(store, return_id)
    for line, units in store.connection.execute(_LIVE, (return_id,)).fetchall():
        if units > asked.get(line, 0):
            released: dict[str, Value] = {
                "return_id": return_id,
                "order_pk": order_pk,
                "line": line,
                "quantity": asked.get(line, 0) - units,
                "cause": "amendment",
                "authorized_at": at,
                "actor": actor,
                "why": "",
            }
            add_fact(store.connection, "authorization", released)
    (latest,) = store.connection.execute(_REVISION, (return_id,)).fetchone()
    _add_revision(store, return_id, order_pk, latest + 1, lines, actor, at)
    return int(latest) + 1


def _add_revision(
    store: Store,
    return_id: int,
    order_pk: int,
    revision: int,
    lines: Sequence[RequestedLine],
    actor: str,
    at: str,
) -> None:
    connection = store.connection
    for n, line in enumerate(lines, 1):
        if connection.execute(_HAS_LINE, (order_pk, line.line)).fetchone() is None:
            raise NotFoundError(
                "E-LINE-UNKNOWN",
                f"The order has no line {line.line}.",
                hint="See its lines: returns orders show ORDER.",
            )
        row: dict[str, Value] = {
            "return_id": return_id,
            "revision": revision,
            "line": line.line,
            "n": n,
            "order_pk": order_pk,
            "quantity": line.quantity,
            "reason": line.reason,
            "resolution": line.resolution.value,
            "condition": line.condition,
            "photos": line.photos,
            "answers": canonical_json(line.answers),
            "exchange_sku": line.exchange_sku,
        }
        add_fact(connection, "return_line", row)
        _add_note(store, return_id, revision, line.line, line.note)
    head: dict[str, Value] = {"return_id": return_id, "revision": revision, "actor": actor}
    add_fact(connection, "return_revision", {**head, "revised_at": at})


def _add_note(store: Store, return_id: int, revision: int, line: int, text: str) -> None:
    if text:
        row: dict[str, Value] = {"return_id": return_id, "revision": revision, "line": line}
        add_fact(store.connection, "return_note", {**row, "text": text})


def is_rma_taken(store: Store, rma: str) -> bool:
    """Whether a return has this RMA already; for ``rma.new_rma``, inside a transaction."""
    return store.connection.execute(_ID_OF_RMA, (rma,)).fetchone() is not None


def return_id_of_key(store: Store, key: str) -> int | None:
    """The return that was recorded under an idempotency key."""
    row = store.connection.execute(_ID_OF_KEY, (key,)).fetchone()
    return None if row is None else int(row[0])


def find_return_id(store: Store, text: str) -> int:
    """The return whose RMA a person typed or scanned.

    Raises:
        NotFoundError: ``E-RMA-MISTYPED``, its check symbol does not fit; ``E-RMA-UNKNOWN``, no
            return has it. Both name existing RMAs that are one slip away.
    """
    try:
        rma = read_rma(text)
    except ValueError:
        raise _not_found(store, "E-RMA-MISTYPED", f"{text} is not a return number.", text) from None
    row = store.connection.execute(_ID_OF_RMA, (rma,)).fetchone()
    if row is None:
        raise _not_found(store, "E-RMA-UNKNOWN", f"There is no return {rma}.", rma)
    return int(row[0])


def _not_found(store: Store, code: str, message: str, text: str) -> NotFoundError:
    near = [rma for rma in nearby_rmas(text) if is_rma_taken(store, rma)][:3]
    hint = did_you_mean(near) if near else "Look for it: returns find TEXT"
    return NotFoundError(code, message, where=text.strip() or None, hint=hint)


def find_return(store: Store, text: str) -> ReturnRecord:
    """The return whose RMA a person typed or scanned, with all its facts.

    Raises:
        NotFoundError: as :func:`find_return_id`.
    """
    return load_returns(store, [find_return_id(store, text)])[0]


def load_returns(store: Store, return_ids: Iterable[int]) -> list[ReturnRecord]:
    """Returns with all their facts, in the order asked for; unknown numbers are left out.

    The number of queries does not depend on the number of returns.
    """
    asked = list(return_ids)
    records = read_returns(store, asked)
    return [records[return_id] for return_id in asked if return_id in records]


def list_return_ids(store: Store, wanted: ReturnFilter) -> list[int]:
    """Row numbers of returns, by the time they were opened."""
    parameters = {
        "wanted": wanted.wanted.value,
        "order_pk": wanted.order_pk,
        "channel": wanted.channel,
        "kind": wanted.kind and wanted.kind.value,
        "verdict": wanted.verdict and wanted.verdict.value,
        "opened_from": wanted.opened_from,
        "opened_to": wanted.opened_to,
        "limit": wanted.limit,
        "newest_first": wanted.newest_first,
    }
    return [return_id for (return_id,) in store.connection.execute(_LIST, parameters)]
