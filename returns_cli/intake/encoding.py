"""Whether bytes are text, and in which encoding; refusals that name the byte and the way out."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO, cast

from returns_cli.domain.errors import UsageError
from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.sources import BLOCK, Source, Suspicion

_BOM = codecs.BOM_UTF8
_NOT_TEXT = {
    b"PK\x03\x04": "a spreadsheet (xlsx) or a zip archive",
    b"PK\x05\x06": "an empty zip archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (xls) or Office file",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"SQLite format 3\x00": "a database",
}
_WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030"}
_MAX_STRETCH = 64 << 20


def codec_of(name: str | None) -> str:
    """The codec to read with: UTF-8 unless ``--encoding`` names another; ``gbk`` reads gb18030.

    Raises:
        UsageError: no such text codec.
    """
    if name is None:
        return "utf-8"
    try:
        canonical = codecs.lookup(name).name
        io.TextIOWrapper(io.BytesIO(), encoding=canonical)
    except (LookupError, ValueError) as error:
        raise UsageError(
            "E-USAGE",
            "There is no such text encoding.",
            where=f"--encoding {name}",
            hint="Usual ones are utf-8, cp1252, gbk, shift_jis, utf-16.",
        ) from error
    return _WIDER.get(canonical, canonical)


def check_is_text(source: Source, codec: str) -> None:
    """Refuse what is no text file at all, by its first bytes.

    Raises:
        FileRefused: ``E-FILE-EMPTY``, ``E-FILE-NOT-TEXT``, ``E-ENC-UTF16``.
    """
    head = source.head()
    if not head.removeprefix(_BOM).strip():
        raise FileRefused("E-FILE-EMPTY", line=1)
    for magic, what in _NOT_TEXT.items():
        if head.startswith(magic):
            raise FileRefused("E-FILE-NOT-TEXT", f"The file is {what}, not a CSV.", line=1)
    if not codec.startswith(("utf-16", "utf-32")) and _looks_like_utf16(head):
        raise FileRefused("E-ENC-UTF16", line=1)


def _looks_like_utf16(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    sample = head[:1024]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    return most * 10 >= len(sample) * 4 and least * 10 <= most


def text_lines(source: Source, codec: str, suspicion: Suspicion | None = None) -> Iterator[str]:
    """The physical lines of a file with their ends (LF, CRLF, CR), BOM removed.

    Args:
        source: the file.
        codec: of ``codec_of``.
        suspicion: is shown the bytes; for codecs other than UTF-8 it cannot tell and says yes.

    Raises:
        UnicodeError: bytes that are not text in the codec; ``locate_bad_byte`` says where.
        FileRefused: ``E-FILE-NOT-TEXT``, a line of more than 64 MiB.
    """
    if codec == "utf-8":
        # Line by line: one emoji in a block would else widen every text cut from it fourfold.
        return map(bytes.decode, chain.from_iterable(utf8_blocks(source, suspicion)))
    look: Callable[[bytes], None] | None = None
    if suspicion is not None:
        stretch = _Stretch(suspicion)
        look = stretch.look
        suspicion.found = True
    blocks = source.open_blocks(look=look)
    return iter(
        io.TextIOWrapper(cast(IO[bytes], blocks), encoding=codec, errors="strict", newline="")
    )


def utf8_blocks(source: Source, suspicion: Suspicion | None = None) -> Iterator[list[bytes]]:
    """The physical lines of a UTF-8 file as bytes, some thousand at a time, BOM removed.

    Arguments and errors as in ``text_lines``; nothing is decoded yet.
    """
    look = None if suspicion is None else _Stretch(suspicion).look
    return source.line_blocks(len(_BOM) if source.head(3) == _BOM else 0, look)


class _Stretch:
    """Passes blocks on and refuses a file without line ends before it fills the memory."""

    def __init__(self, suspicion: Suspicion) -> None:
        self._suspicion = suspicion
        self._length = 0

    def look(self, block: bytes) -> None:
        self._suspicion.look(block)
        last_end = max(block.rfind(b"\n"), block.rfind(b"\r"))
        self._length = self._length + len(block) if last_end < 0 else len(block) - last_end
        if self._length > _MAX_STRETCH:
            raise FileRefused("E-FILE-NOT-TEXT", "A line is longer than 64 MiB: this is no CSV.")


def locate_bad_byte(source: Source, codec: str) -> FileRefused:
    """The refusal of a file whose bytes are not text in the codec: offset and line of the first."""
    decoder = codecs.getincrementaldecoder(codec)()
    line, before, pending, last = 1, 0, b"", ""
    with source.open_bytes() as reader:
        while True:
            block = reader.read(BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeError as error:
                start = error.start if isinstance(error, UnicodeDecodeError) else 0
                good = (pending + block)[:start]
                readable = good.decode(codec, errors="replace")
                offset = before - len(pending) + start
                line += _line_ends(readable, last)
                return _invalid(offset, line, (pending + block)[start : start + 1], codec)
            line += _line_ends(text, last)
            last = text[-1:] or last
            before += len(block)
            pending = decoder.getstate()[0]
            if not block:
                return _invalid(before, line, b"", codec)


def _line_ends(text: str, last: str) -> int:
    ends = text.count("\n") + text.count("\r") - text.count("\r\n")
    return ends - (last == "\r" and text.startswith("\n"))


def _invalid(offset: int, line: int, byte: bytes, codec: str) -> FileRefused:
    which = f"Byte 0x{byte.hex()} at offset" if byte else "The end of the file at offset"
    return FileRefused(
        "E-ENC-INVALID",
        f"{which} {offset} is not {'UTF-8' if codec == 'utf-8' else codec} text.",
        line=line,
    )
