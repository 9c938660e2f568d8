"""The scanning station, for a clerk with a scanner and gloves: one code in, one word out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.cli.page import Cell, Lines, Page, Piece
from returns_cli.cli.sanitise import visible
from returns_cli.cli.scanner import Scanner
from returns_cli.domain.errors import Exit, ReturnsError
from returns_cli.operations.return_view import Json

if TYPE_CHECKING:
    from pathlib import Path

    from returns_cli.cli.goods_options import SoundOption
    from returns_cli.cli.options import (
        BlindOption,
        CardOption,
        Context,
        ModeOption,
        PrintEachOption,
        StationOption,
    )
    from returns_cli.cli.sound import Sounds

_TONES = {"OK": "good", "STOP": "bad", "ASK": "warn"}
_INDENT = 6  # of what follows the word
_BELLS = {"STOP": "\a\a", "ASK": "\a"}


def scan(
    context: Context,
    mode: ModeOption = "receive",
    station: StationOption = None,
    blind: BlindOption = False,
    print_each: PrintEachOption = False,
    sound: SoundOption = None,
    card: CardOption = False,
) -> None:
    """Receive, inspect, count or find goods by scanner: a return's number, then its goods.

    What OK says is on the disk. Cards: DONE ends a parcel, UNDO takes the last scan back, EXTRA
    keeps goods that nobody announced, NOTE and PHOTO add one; grade cards grade. --card prints
    them all.
    """
    call = invocation_of(context)
    if card:
        _print_cards(call)
        return
    sounds = _sounds(call, sound)
    try:
        _work(call, mode, station, sounds, is_blind=blind, prints_each=print_each)
    finally:
        if sounds is not None:
            sounds.close()


def _sounds(call: Invocation, folder: Path | None) -> Sounds | None:
    """The sounds of a folder; what is missing is said once, before the first scan."""
    if folder is None:
        return None
    from returns_cli.cli.sound import Sounds

    sounds = Sounds(folder)
    call.output.say(sounds.told)
    return sounds


def _work(
    call: Invocation,
    mode: str,
    station: str | None,
    sounds: Sounds | None,
    *,
    is_blind: bool,
    prints_each: bool,
) -> None:
    from returns_cli.operations.scan.station import ScanRequest
    from returns_cli.operations.scan.station import scan as scan_codes

    is_terminal = call.stdin is not None and call.stdin.isatty()

    def say_ready() -> None:
        if is_terminal:
            call.output.say(f"Ready to {mode}. Scan a return's number; Ctrl-D ends.")

    scanner = Scanner(call.stdin, say_ready)
    request = ScanRequest(
        mode,
        station,
        is_blind=is_blind,
        on_inspected=_sticker_printer(call) if prints_each else None,
        waited=(lambda: scanner.waited) if is_terminal else None,
    )
    answers = scan_codes(call.shop(), scanner, request)
    _show_each(call, answers, sounds, is_terminal=is_terminal)


def _print_cards(call: Invocation) -> None:
    from returns_cli.cli.pages.paper import files_page
    from returns_cli.operations.print_stickers import print_command_cards

    call.renders(files_page)
    call.show(print_command_cards(call.shop()))


def _sticker_printer(call: Invocation) -> Callable[[str, int, int], None]:
    """Makes the sticker of one unit; one that fails is told, since the grade stands."""
    from returns_cli.operations.paper_batch import PaperRequest
    from returns_cli.operations.print_stickers import print_stickers

    shop = call.shop()

    def print_sticker(rma: str, line: int, unit: int) -> None:
        place = shop.folder / "paper" / f"{rma}-sticker-{line}-{unit}.pdf"
        try:
            print_stickers(shop, PaperRequest((rma,), output_file=place), [(line, unit)])
        except ReturnsError as error:
            call.output.write_error(f"No sticker: {visible(error.message)}\n")
        else:
            call.output.say(f"Sticker: paper/{place.name}")

    return print_sticker


def _show_each(
    call: Invocation, answers: Iterable[Json], sounds: Sounds | None, *, is_terminal: bool
) -> None:
    """Each answer at once, before the next code is read; 3 where a script's code was stopped."""
    as_lines = call.output.format in ("json", "jsonl")
    for answer in answers:
        word = str(answer["word"])
        if word == "STOP" and not is_terminal:
            call.exit = Exit.PARTLY
        if as_lines:
            call.output.format = "jsonl"
            call.show([answer])
        else:
            width = call.output.width if call.output.shows_on_terminal else None
            call.output.page = partial(_lines_of, width=width)
            call.show(answer)
        call.output.finish()
        is_heard = sounds is not None and sounds.play(word)
        if is_terminal and not is_heard and not as_lines:
            call.output.write_error(_BELLS.get(word, ""))


def _lines_of(answer: Json, width: int | None = None) -> Page:
    """The word and its sentence: one line, at a terminal broken between words."""
    word = str(answer["word"])
    rma = f"{answer['rma']}  " if answer["rma"] else ""
    said = [f"{rma}{answer['message']}"]
    if width is not None and len(said[0]) + _INDENT > width > 2 * _INDENT:
        said = wrap(visible(said[0]), width - _INDENT, break_on_hyphens=False)
    rows: list[list[Piece]] = [[Cell(f"{word:<4}", _TONES[word]), f" {said[0]}"]]
    rows += [[f"{'':{_INDENT}}{one}"] for one in said[1:]]
    return [Lines(rows)]
