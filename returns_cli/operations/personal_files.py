"""Files of the shop folder that name a person: paper, handled imports, refused rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from returns_cli.store.people import Person

_PAPER = ("paper", "outbox")
_EXPORTS = "outbox/export"
_WAITING = "inbox"
_HANDLED = ("inbox/done", "outbox/rejects")
_PAPER_ENDINGS = frozenset({".pdf", ".png", ".zpl", ".tmp"})
_OF_MANY = re.compile(r"-[a-z]+s-[0-9]+(-[0-9]{3})?$")
_DELIMITERS = (",", ";", "\t", "|")
_CODECS = ("utf-16-le", "utf-16-be", "cp1252", "gbk", "big5", "shift_jis", "euc_kr")
_BOM = b"\xef\xbb\xbf"


class Mended(NamedTuple):
    """What an erasure does to files: paths to remove, and texts to write in place of others."""

    removed: tuple[Path, ...]
    rewritten: tuple[tuple[Path, bytes], ...]


def files_without(folder: Path, person: Person) -> Mended:
    """What must become of the shop's files for a person to be in none of them.

    Paper of the person's returns goes, and paper of many returns, which can be printed again; so
    do exports.
    Records of imported files and refused rows that name the person go. A handled file in an
    encoding that cannot be taken apart goes whole where it holds one of the person's texts; one
    that waits in the inbox stays, since reading it brings nobody back. Nothing is written here.
    """
    removed = [path for path in _files(folder, _PAPER) if _is_paper_of(path, person.rmas)]
    removed += _files(folder, (_EXPORTS,))
    rewritten: list[tuple[Path, bytes]] = []
    for place in (_WAITING, *_HANDLED):
        for path in _files(folder, (place,)):
            data = path.read_bytes()
            mended = _without(data, person)
            if mended is None and place in _HANDLED:
                removed.append(path)
            elif mended is not None and mended != data:
                rewritten.append((path, mended))
    return Mended(tuple(removed), tuple(rewritten))


def _files(folder: Path, places: tuple[str, ...]) -> Iterator[Path]:
    for place in places:
        if (folder / place).is_dir():
            for path in sorted((folder / place).iterdir()):
                if path.is_file() and not path.is_symlink():
                    yield path


def _is_paper_of(path: Path, rmas: tuple[str, ...]) -> bool:
    if path.suffix not in _PAPER_ENDINGS:
        return False
    is_unfinished = path.suffix == ".tmp"
    return is_unfinished or path.stem.startswith(rmas) or bool(_OF_MANY.search(path.stem))


def _without(data: bytes, person: Person) -> bytes | None:
    """A file without the records that name the person; None where it must go whole."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if _holds(data, person) else data
    kept = [record for record, cells in _records(text) if not any(map(person.is_named_in, cells))]
    if len("".join(kept)) == len(text):
        return data
    return (_BOM if data.startswith(_BOM) else b"") + "".join(kept).encode()


def _holds(data: bytes, person: Person) -> bool:
    """Whether any of the person's texts stands there, in any encoding that shops export in."""
    texts = [one for one in (*person.texts, *person.mails) if len(one) > 1]
    written = {one.encode(codec, "ignore") for one in texts for codec in _CODECS}
    return any(one in data for one in written if len(one) > 1)


def _records(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each record as it stands in the file, and its cells."""
    lines = text.splitlines(keepends=True)
    delimiter = max(_DELIMITERS, key=(lines[0] if lines else "").count)
    at = 0
    reader = csv.reader(iter(lines), delimiter=delimiter)
    try:
        for cells in reader:
            yield "".join(lines[at : reader.line_num]), cells
            at = reader.line_num
    except csv.Error:
        yield from ((line, [line]) for line in lines[at:])
