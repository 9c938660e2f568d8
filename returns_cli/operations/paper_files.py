"""A batch of paper to files: drawn whole in memory, named after its returns, then written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from returns_cli.domain.errors import InvalidError, OutputError, UsageError
from returns_cli.operations.return_view import Json

if TYPE_CHECKING:
    from returns_cli.documents import Form, Printed

Paper = Literal["label", "slip", "insert", "sticker", "cards", "calibration"]
Facts = TypeVar("Facts", bound="Named")
Press = Callable[[Sequence[Facts]], "Printed"]


class Named(Protocol):
    """Facts of one page: all of them name their return."""

    @property
    def rma(self) -> str:
        """The return's number."""

    @property
    def language(self) -> str:
        """What its texts are written in."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where the files of one batch go.

    Attributes:
        kind: part of the names.
        home: the shop folder; files go to its ``paper/`` unless ``folder`` or ``file`` is named.
        file: one file with all of them.
        split: a file for each return.
        dry_run: answer as always, write nothing.
        form: ``pdf``, ``zpl`` or ``png``: the ending of the names.
    """

    kind: Paper
    home: Path
    folder: Path | None = None
    file: Path | None = None
    split: bool = False
    dry_run: bool = False
    form: Form = "pdf"

    @property
    def is_split(self) -> bool:
        """A file for each return; pictures always are, but for the one file that was named."""
        return self.split or (self.form == "png" and self.file is None)

    def __post_init__(self) -> None:
        if self.file is not None and (self.split or self.folder is not None):
            raise UsageError(
                "E-USAGE",
                "One file was named, and a folder or one file for each return.",
                where="-o",
                hint="Use -o FILE, or --split with --out DIR.",
            )


def form_of(file: Path | None, *, zpl: bool, png: bool) -> Form:
    """The form of the files: what is asked for, else what the name of the one file ends in.

    Raises:
        UsageError: ZPL and PNG at once.
    """
    if zpl and png:
        raise UsageError(
            "E-USAGE",
            "A file is either ZPL or a picture.",
            where="--png",
            hint="Use --zpl for a label printer, --png to look at it.",
        )
    if zpl or png:
        return "zpl" if zpl else "png"
    endings: dict[str, Form] = {".zpl": "zpl", ".png": "png"}
    return endings.get(file.suffix.lower(), "pdf") if file is not None else "pdf"


def draw_files(outlet: Outlet, facts: Sequence[Facts], draw: Press[Facts]) -> list[Printed]:
    """The files of a batch in memory: one, one for each return, or as many as its pages need."""
    groups = _by_return(facts) if outlet.is_split else [facts] if facts else []
    return [piece for group in groups for piece in _drawn(group, draw)]


def _by_return(facts: Sequence[Facts]) -> list[list[Facts]]:
    """One group for each return; a return may have several stickers."""
    groups: dict[str, list[Facts]] = {}
    for one in facts:
        groups.setdefault(one.rma, []).append(one)
    return list(groups.values())


def _drawn(facts: Sequence[Facts], draw: Press[Facts]) -> list[Printed]:
    """One file, or halves of it where its pages are too many for one."""
    from returns_cli.documents import MAX_PAGES

    if len(facts) <= MAX_PAGES:
        try:
            return [draw(facts)]
        except InvalidError as error:
            if error.code != "E-PAPER-TOO-MANY" or len(facts) == 1:
                raise
    half: int = min(MAX_PAGES, len(facts) // 2)
    return [*_drawn(facts[:half], draw), *_drawn(facts[half:], draw)]


def write_files(outlet: Outlet, size: str, pieces: Sequence[Printed]) -> list[Json]:
    """Write the drawn files and answer with what each holds.

    Raises:
        OutputError: a folder or file that cannot be written (9).
        UsageError: one file was named and its pages are too many for one.
    """
    from returns_cli.documents import write_file

    places = _places(outlet, pieces)
    if outlet.file is not None and len(places) > 1:
        raise UsageError(
            "E-PAPER-TOO-MANY",
            f"These {outlet.kind}s do not fit into one file.",
            where="-o",
            hint="Leave -o out, or name a folder with --out.",
        )
    if places and outlet.file is None and not outlet.dry_run:
        make_folder(places[0].parent)
    files: list[Json] = []
    for place, piece in zip(places, pieces, strict=True):
        if not outlet.dry_run:
            write_file(place, piece.data)
        files.append(
            {
                "path": shown_path(place, outlet.home),
                "kind": outlet.kind,
                "size": size,
                "pages": piece.pages,
                "rmas": list(piece.rmas),
            }
        )
    return files


def _places(outlet: Outlet, pieces: Sequence[Printed]) -> list[Path]:
    """A batch is named after its first return and how many it holds, so it has one name."""
    from returns_cli.documents import file_name

    if outlet.file is not None:
        return [outlet.file] * len(pieces)
    folder = outlet.folder or outlet.home / "paper"
    if pieces and not pieces[0].rmas:
        return [folder / f"{outlet.kind}.{outlet.form}"]
    if outlet.is_split:
        return [folder / file_name(one.rmas[0], outlet.kind, ending=outlet.form) for one in pieces]
    count = len(dict.fromkeys(rma for piece in pieces for rma in piece.rmas))
    kind = outlet.kind if count == 1 else f"{outlet.kind}s-{count}"
    parts = range(1, len(pieces) + 1) if len(pieces) > 1 else [None] * len(pieces)
    first = pieces[0].rmas[0] if pieces else ""
    return [folder / file_name(first, kind, part=part, ending=outlet.form) for part in parts]


def make_folder(folder: Path) -> None:
    """Make a folder for files of people, unless it is there.

    Raises:
        OutputError: ``E-OUTPUT-FILE``; the message names it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            "E-OUTPUT-FILE",
            f"The folder {folder.name} cannot be made: {error.strerror}.",
            where=str(folder),
            hint="What is recorded stands. Name another folder with --out.",
        ) from error


def shown_path(place: Path, home: Path) -> str:
    """A path as the caller would write it: relative inside the shop folder or below the caller."""
    if not place.is_absolute():
        return str(place)
    here = Path.cwd()
    home = home.absolute()
    if here == home or home in here.parents or here in place.parents:
        return os.path.relpath(place, here)
    return str(place)
