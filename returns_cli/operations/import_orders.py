"""Import orders from a shop's export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from returns_cli import __version__
from returns_cli.domain import money
from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import (
    nothing_left,
    read_options,
    read_zone,
    refused_by_strict,
    view_problem,
    write_reject_files,
)
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import OrderReading, ReadOptions
    from returns_cli.store.connection import Store
    from returns_cli.store.order_marks import OrderMarks
    from returns_cli.store.orders import OrderCounts
    from returns_cli.store.source_files import KnownFile

IMPORTER = "1"
"""Version of the reading of order files; a higher one reads known files again."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options of ``orders import`` as typed; None leaves it to the file and ``shop.yaml``."""

    source_format: str | None = None
    encoding: str | None = None
    date_format: str | None = None
    decimal: str | None = None
    currency: str | None = None
    timezone: str | None = None
    tax: str | None = None
    channel: str | None = None
    map_file: Path | None = None
    strict: bool = False
    force: bool = False


def import_orders(
    shop: Shop, sources: Sequence[Path | BinaryIO], options: ImportOptions = ImportOptions()
) -> Json:
    """Read order files and keep their orders, all files in one transaction.

    Nothing is kept of a call with a file that is refused. Good orders are kept and bad rows
    refused; with ``strict`` one bad row refuses all (7). The same file again changes nothing and
    answers the same figures, all ``same``; ``force`` reads it again.
    """
    from returns_cli.intake import Marking, ReadAgain, file_digest, read_orders
    from returns_cli.store.order_marks import OrderMarks

    read_with = reading_options(shop, options)
    paths = [source for source in sources if isinstance(source, Path)]
    with shop.open_store() as store:
        if len(paths) == len(sources) and not options.force:
            digest = _digest_of_files([file_digest(path) for path in paths])
            names = [path.name for path in paths]
            known = _known(store, digest, _options_hash(read_with, names))
            if known is not None and not _refused_rows(known.result):
                shop.notes.append(
                    f"{', '.join(names)}: read before, on {known.at[:10]}; --force reads it again."
                )
                return _answer_again(known.result)
        if len(paths) == len(sources):
            marks = OrderMarks(store, read_with.channel or "default")
            with (
                suppress(ReadAgain),  # then nothing was kept
                read_orders(sources, read_with, Marking(marks, _decisive(read_with))) as reading,
            ):
                return _import(shop, store, reading, read_with, options, marks)
        with read_orders(sources, read_with) as reading:
            return _import(shop, store, reading, read_with, options)


def reading_options(shop: Shop | None, options: ImportOptions) -> ReadOptions:
    """How the files are read, from the options as typed, the mapping and the shop.

    Raises:
        UsageError: an option makes no sense.
        InvalidError: the mapping is wrong.
    """
    if options.currency is not None and options.currency not in money.CURRENCIES:
        raise UsageError(
            "E-USAGE-CURRENCY",
            f"`{options.currency}` is no currency of ISO 4217.",
            where="--currency",
            hint="Write its three letters, such as USD.",
        )
    return read_options(
        shop,
        command="orders import",
        map_file=options.map_file,
        zone=read_zone(options.timezone) if options.timezone else None,
        currency=options.currency,
        tax=_read_tax(options.tax) if options.tax else None,
        source_format=options.source_format,
        encoding=options.encoding,
        decimal=options.decimal,
        date_format=options.date_format,
        channel=options.channel,
    )


def _read_tax(word: str) -> TaxStyle:
    try:
        return TaxStyle(word)
    except ValueError:
        raise UsageError(
            "E-USAGE-TAX",
            f"`{word}` does not say how prices hold tax.",
            where="--tax",
            hint=nearest_or_all(word, TaxStyle),
        ) from None


def _digest_of_files(digests: Sequence[str]) -> str:
    """The digest of one file, or of several files together."""
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _options_hash(options: ReadOptions, names: Sequence[str]) -> str:
    content = {**asdict(options), "zone": options.zone.key, "names": list(names)}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _decisive(options: ReadOptions) -> bytes:
    """All but the file itself that decides how its rows are read."""
    return f"{__version__}\n{IMPORTER}\n{_options_hash(options, ())}".encode()


def _known(store: Store, digest: str, options_hash: str) -> KnownFile | None:
    from returns_cli.store.source_files import known_file

    return known_file(store, digest, options_hash, IMPORTER)


def _refused_rows(result: str) -> int:
    """Rows that a known file was refused: it is read again, so that its reject file is there."""
    rejected: int = json.loads(result)["rejected"]
    return rejected


def _answer_again(result: str) -> Json:
    """What the first import of a known file answered, with every order ``same``."""
    answer: Json = json.loads(result)
    answer.update(new=0, changed=0, same=answer["orders"])
    return answer


def _import(
    shop: Shop,
    store: Store,
    reading: OrderReading,
    read_with: ReadOptions,
    options: ImportOptions,
    marks: OrderMarks | None = None,
) -> Json:
    from returns_cli.operations.import_notes import change_notes
    from returns_cli.operations.supplement_orders import supplement_orders
    from returns_cli.store.orders import save_orders
    from returns_cli.store.source_files import NewFile, add_file, finish_file

    digest = _digest_of_files([one.sha256 for one in reading.files])
    names = [one.name for one in reading.files]
    with store.writing(rehearse=shop.dry_run):
        new_file = NewFile(
            sha256=digest,
            options_hash=_options_hash(read_with, names),
            importer=IMPORTER,
            command="orders import",
            name=", ".join(names),
            actor=shop.actor,
            at=shop.now,
        )
        file_id = add_file(store, new_file)
        counts = save_orders(store, shop.watch(reading, "orders"), file_id, marks)
        counts = supplement_orders(store, reading, read_with, file_id, counts)
        shop.notes += (*reading.detected(), *change_notes(store, file_id, counts.changed))
        answer = _answer(reading, counts)
        rejected = reading.figures.rejected
        if rejected and options.strict:
            raise refused_by_strict(reading.figures.problems)
        if rejected and rejected == reading.figures.rows and not reading.log.only_conflicts:
            raise nothing_left(rejected, answer, reading.figures.problems)
        finish_file(store, file_id, json.dumps(answer, ensure_ascii=False), counts.spans)
    if not shop.dry_run:
        write_reject_files(shop, reading.reject_files())
    return answer


def _answer(reading: OrderReading, counts: OrderCounts) -> Json:
    figures = reading.figures
    return {
        "format": figures.format,
        "files": list(figures.files),
        "rows": figures.rows,
        "orders": figures.orders,
        "lines": figures.lines,
        "units": figures.units,
        "new": counts.new,
        "changed": counts.changed,
        "same": counts.same,
        "rejected": figures.rejected,
        "totals": _amounts(figures.totals),
        "refunded": _amounts(figures.refunded),
        "problems": [view_problem(one) for one in figures.problems],
    }


def _amounts(minor: dict[str, int]) -> dict[str, str]:
    return {currency: money.format_amount(amount, currency) for currency, amount in minor.items()}
