"""Notes and photos at the scanner: a card, then a text or the name of a file."""

from __future__ import annotations

from pathlib import Path

from returns_cli.domain.errors import UsageError
from returns_cli.domain.model import Evidence
from returns_cli.operations.keep_evidence import keep_evidence, look_at_photo, note_of
from returns_cli.operations.scan.bench import Bench, Undo
from returns_cli.operations.scan.words import Said, Words
from returns_cli.operations.shop import Shop
from returns_cli.store.connection import Store


def ask(bench: Bench, card: str) -> Said:
    """The NOTE or the PHOTO card: its content comes next."""
    rma = bench.record().rma
    bench.asks_for = card
    return (Words.NOTE_NEXT if card == "NOTE" else Words.PHOTO_NEXT).said(rma)


def attach(bench: Bench, sent: str) -> Said:
    """Keep the note, or the photo in a file that the clerk named, with what is in hand."""
    card, bench.asks_for = bench.asks_for, ""
    record, line = bench.record(), bench.line_in_hand()
    try:
        made = note_of if card == "NOTE" else _photo
        one = made(bench.shop, sent, line)
    except UsageError as error:
        raise Words.NO_PHOTO.refusal(why=error.message) from error
    with bench.store.writing():
        numbers = keep_evidence(bench.store, record, [one])
    undo = Undo(lambda store: _take_back(bench, store, record.return_id, numbers), one.kind, line)
    bench.undos.append(undo)
    saying = Words.NOTE_KEPT if card == "NOTE" else Words.PHOTO_KEPT
    return saying.said(record.rma, text=one.text)


def _photo(shop: Shop, sent: str, line: int | None) -> Evidence:
    return look_at_photo(shop, Path(sent.strip()), line)


def _take_back(bench: Bench, store: Store, return_id: int, numbers: list[int]) -> None:
    from returns_cli.store.evidence import take_back_evidence

    take_back_evidence(store, return_id, numbers, bench.shop.actor, bench.shop.now)
