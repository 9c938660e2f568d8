"""Print stickers for units at the bench, command cards, and the calibration page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.scanned_code import COMMANDS
from returns_cli.operations.paper_batch import Batch, PaperRequest
from returns_cli.operations.paper_facts import PaperDesk
from returns_cli.operations.paper_files import Outlet, write_files
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop
from returns_cli.operations.sticker_facts import (
    card_grades,
    inspected_units,
    known_grades,
    sticker_facts,
)

if TYPE_CHECKING:
    from returns_cli.documents import Printed, StickerFacts
    from returns_cli.store.connection import Store

_COMMANDS = tuple((f"*{word}*", word) for word in COMMANDS)


def print_stickers(
    shop: Shop, request: PaperRequest, units: Collection[tuple[int, int]] = ()
) -> Json:
    """Print a sticker for every inspected unit of the returns, or for the ones that are named.

    Nothing is recorded, so printing again is safe. Refused (6): a return of which nothing was
    inspected, or a unit that was not.

    Args:
        shop: the shop.
        request: the returns, and how and where to print.
        units: order line and number of each wanted unit; empty for all that were inspected. A
            unit's number counts the inspected units of its line, oldest first.
    """
    from returns_cli import documents

    if request.ready or request.carrier or request.tracking or request.start_at != 1:
        raise UsageError(
            "E-USAGE",
            "Stickers are for units of named returns, one a page.",
            where="--sticker",
            hint="Leave out --ready, --carrier, --tracking and --start-at.",
        )
    batch = Batch(shop, request, "sticker")
    options = batch.drawing()

    def gather(desk: PaperDesk, _: Store, record: ReturnRecord) -> list[StickerFacts]:
        found = {(one.line, one.number): one for one in inspected_units(record)}
        missing = [unit for unit in units if unit not in found]
        if missing or not found:
            raise _not_inspected(record, missing)
        return [sticker_facts(desk, record, found[unit]) for unit in units or found]

    def draw(facts: Sequence[StickerFacts]) -> Printed:
        return documents.print_stickers(facts, **options)

    return batch.printed(gather, draw)


def print_command_cards(shop: Shop, request: PaperRequest | None = None) -> Json:
    """Print the cards that the scanning station reads: done, undo, extra, and one for each grade.

    Returns:
        The files as ``label`` answers them, with no returns in them.
    """
    from returns_cli import documents

    batch = Batch(shop, request or PaperRequest(), "cards")
    cards = [
        documents.CommandCard(code, word)
        for code, word in (*_COMMANDS, *card_grades(known_grades(shop)))
    ]
    options = batch.drawing()
    return _plain(
        batch,
        documents.print_cards(
            cards,
            size=options["size"],
            dpi=options["dpi"],
            form=options["form"],
            fonts=options["fonts"],
            language=shop.config.language,
        ),
    )


def print_calibration(shop: Shop, request: PaperRequest) -> Json:
    """Print the page that shows whether a printer scales or shifts; nothing is recorded."""
    from returns_cli import documents

    batch = Batch(shop, request, "calibration")
    options = batch.drawing()
    printed = documents.print_calibration(
        size=options["size"],
        dpi=options["dpi"],
        form=options["form"],
        language=shop.config.language,
    )
    return _plain(batch, printed)


def _plain(batch: Batch, printed: Printed) -> Json:
    """Paper that belongs to no return: one file, named after its kind."""
    shop, request = batch.shop, batch.request
    outlet = Outlet(
        batch.kind,
        shop.folder,
        request.out,
        request.output_file,
        dry_run=shop.dry_run,
        form=request.form,
    )
    files = write_files(outlet, batch.size, [printed])
    batch.send([printed])
    return {"files": files, "problems": []}


def _not_inspected(record: ReturnRecord, missing: Sequence[tuple[int, int]]) -> ConflictError:
    what = (
        f"Unit {missing[0][1]} of line {missing[0][0]} of {record.rma} was not inspected."
        if missing
        else f"Nothing of {record.rma} was inspected, so it has no sticker."
    )
    return ConflictError(
        "E-NOT-INSPECTED",
        what,
        where=record.rma,
        hint=f"Inspect it first: returns inspect {record.rma} --item 1=new.",
    )
