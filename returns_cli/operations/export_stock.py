"""Write stock that came back for the shop system, each unit once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from returns_cli.domain.errors import ConflictError, InvalidError, UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.intake.inventory import (
    Place,
    Refusal,
    add_units,
    generic_text,
    one_location,
    read_inventory,
)
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop
from returns_cli.store.stock import (
    PutAway,
    StockExport,
    add_stock_export,
    list_put_away,
    stock_exports,
)

FORMS = ("generic", "shopify")
_FRESH = timedelta(hours=24)


class StockRequest(NamedTuple):
    """What was typed.

    Attributes:
        template: a fresh inventory export of Shopify.
        location: of the template, where a disposition names none in shop.yaml.
        again: the last export was never used; this one takes its place.
    """

    form: str
    template: Path | None = None
    target: Path | None = None
    location: str | None = None
    again: bool = False


class _Filled(NamedTuple):
    text: str
    rows: int
    refused: Mapping[Place, Refusal]
    place_of: Callable[[PutAway], Place]


def export_stock(shop: Shop, request: StockRequest) -> Json:
    """Stock that no export holds yet, as a file, marked as exported in the same transaction.

    A repeat finds nothing left and writes nothing. What the template cannot take is named and
    stays for the next export.

    Refused: a template that is older than the last export, older than a day, or used before (6);
    a file that is no template (7). The file is written before the mark: if it cannot be (9),
    nothing is marked.
    """
    _check_options(request)
    data = _read(request.template) if request.template is not None else b""
    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        exports = stock_exports(store)
        replaced = _replaced(exports, request)
        held = [one for one in exports if one is not replaced]
        number = replaced.stock_export_id if replaced else None
        waiting = [
            one
            for one in list_put_away(store)
            if one.is_stock and (one.exported_in is None or one.exported_in == number)
        ]
        sha256 = _checked(shop, request, data, held)
        filled = _fill(shop, request, data, waiting)
        taken = [one for one in waiting if filled.place_of(one) not in filled.refused]
        made = StockExport(0, request.form, sha256, shop.now)
        export_id = None
        if taken:
            if request.target is not None and not shop.dry_run:
                from returns_cli.documents import write_file

                write_file(request.target, filled.text.encode())
            export_id = add_stock_export(store, made, shop.actor, taken, replaces=number)
    answer: Json = {
        "as": request.form,
        "export": export_id,
        "replaces": number if export_id is not None else None,
        "moves": len(taken),
        "units": sum(one.quantity for one in taken),
        "rows": filled.rows,
        "rejected": len(waiting) - len(taken),
        "path": str(request.target) if request.target is not None and taken else None,
        "content": filled.text,
        "problems": _problems(request, filled.refused.values()),
    }
    shop.notes += [f"{one.message} It waits." for one in filled.refused.values()]
    if waiting and not taken:
        first = next(iter(filled.refused.values()))
        raise InvalidError(
            first.code,
            first.message,
            where=request.template.name if request.template else None,
            hint="Nothing was exported. Name the location, or mend the SKU in the shop system.",
            result=answer,
        )
    return answer


def _check_options(request: StockRequest) -> None:
    if request.form not in FORMS:
        raise UsageError(
            "E-USAGE",
            f"There is no form {request.form[:40]!r}.",
            where="--as",
            hint=nearest_or_all(request.form, FORMS),
        )
    needs = request.form == "shopify"
    if needs != (request.template is not None):
        raise UsageError(
            "E-USAGE",
            "Shopify's import sets absolute quantities, so it needs a fresh inventory export."
            if needs
            else "A template is for --as shopify.",
            where="--template",
            hint="Write --template inventory_export.csv." if needs else "Leave --template out.",
        )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            "E-FILE-UNREADABLE",
            f"{path.name} cannot be read: {error.strerror}.",
            where=str(path),
            hint="Check the name and its permissions.",
        ) from error


def _replaced(exports: Sequence[StockExport], request: StockRequest) -> StockExport | None:
    if not request.again:
        return None
    if not exports:
        raise ConflictError(
            "E-STOCK-NOTHING",
            "There is no export yet that this one could replace.",
            where="--again",
            hint="Leave --again out.",
        )
    return exports[0]


def _checked(
    shop: Shop, request: StockRequest, data: bytes, held: Sequence[StockExport]
) -> str | None:
    """The template's SHA-256; refused where its quantities can no longer be true."""
    if request.template is None:
        return None
    import hashlib

    sha256 = hashlib.sha256(data).hexdigest()
    name = request.template.name
    hint = "Take a fresh export in Shopify: Products, Inventory, Export."
    used = next((one for one in held if one.template_sha256 == sha256), None)
    if used is not None:
        raise ConflictError(
            "E-STOCK-APPLIED",
            f"{name} was the template of export {used.stock_export_id} on {used.made_at}.",
            where=name,
            hint=hint,
        )
    saved_at = datetime.fromtimestamp(request.template.stat().st_mtime, UTC)
    last = next((one for one in held if one.form == "shopify"), None)
    if last is not None and saved_at <= datetime.fromisoformat(last.made_at):
        raise ConflictError(
            "E-STOCK-STALE",
            f"{name} is of {saved_at:%Y-%m-%d %H:%M} UTC, before export {last.stock_export_id} of "
            f"{last.made_at}: importing it would undo that one.",
            where=name,
            hint=hint,
        )
    if shop.as_of - saved_at > _FRESH:
        raise ConflictError(
            "E-STOCK-STALE",
            f"{name} is of {saved_at:%Y-%m-%d %H:%M} UTC, more than a day old: importing it would "
            "undo every sale since.",
            where=name,
            hint=hint,
        )
    return sha256


def _fill(shop: Shop, request: StockRequest, data: bytes, waiting: Sequence[PutAway]) -> _Filled:
    if request.template is None:
        return _generic(waiting)
    inventory = read_inventory(data, request.template.name)
    known = shop.config.tables.dispositions

    @cache
    def usual() -> str:
        return one_location(inventory, request.location)

    def place_of(one: PutAway) -> Place:
        named = known[one.disposition].location if one.disposition in known else ""
        if request.location is None and named:
            return one.sku, named
        return one.sku, usual()

    units: dict[Place, int] = {}
    for one in waiting:
        place = place_of(one)
        units[place] = units.get(place, 0) + one.quantity
    text, refused, rows = add_units(inventory, units)
    return _Filled(text, rows, refused, place_of)


def _generic(waiting: Sequence[PutAway]) -> _Filled:
    units: dict[tuple[str, str, str], int] = {}
    for one in waiting:
        key = (one.sku, one.disposition, one.location)
        units[key] = units.get(key, 0) + one.quantity
    text, rows = generic_text(
        (sku, quantity, disposition, location)
        for (sku, disposition, location), quantity in sorted(units.items())
        if quantity
    )
    return _Filled(text, rows, {}, lambda one: (one.sku, one.location))


def _problems(request: StockRequest, refused: Iterable[Refusal]) -> list[Json]:
    return [
        {
            "code": one.code,
            "file": request.template.name if request.template else None,
            "line": one.line,
            "column": "SKU",
            "value": one.sku,
            "message": one.message,
            "hint": "It waits for the next export.",
            "count": None,
        }
        for one in refused
    ]
