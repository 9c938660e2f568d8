"""Orders whose rows stand in a file exactly as they were last read: known by a mark, not parsed.

The mark of an order is the number of its physical lines and a digest of their bytes, made with all
that decides how they are read: the program's version, the options, the header. Only an order whose
rows stand together and gave neither fault nor warning is marked; so the same bytes again mean the
same order, without a word about it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple, Protocol

from returns_cli.domain.same_order import SameOrder
from returns_cli.intake.builders import BlockBuilder, OrderBuilder
from returns_cli.intake.cells import clean_id
from returns_cli.intake.encoding import utf8_blocks
from returns_cli.intake.grouping import Group, Grouper
from returns_cli.intake.header import Header
from returns_cli.intake.opening import OpenFile
from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.rows import csv_reader
from returns_cli.intake.sources import Suspicion
from returns_cli.intake.survey import Runs

_COUNT_SIZE = 2
_DIGEST_SIZE = 16
_MOST_LINES = (1 << 8 * _COUNT_SIZE) - 1
_KEPT_LINES = 4_000
_AROUND = b" \t\r\n\"'="  # what a spreadsheet or a writer of CSV puts around an order's number

Known = Mapping[str, tuple[bytes, SameOrder]]


class ReadAgain(Exception):  # noqa: N818 - a way back, not a failure
    """The rows are written so that marks cannot be trusted: the file must be read without them."""


class Marks(Protocol):
    """Where the marks of orders are kept.

    Attributes:
        are_known: some order has one.
    """

    are_known: bool

    def find(self, order_ids: Sequence[str]) -> Known:
        """By order number, the marks of those of these orders that have one."""
        ...

    def met(self, same: SameOrder) -> None:
        """An order stands in the file as it was last read."""
        ...

    def keep(self, order_id: str, mark: bytes) -> None:
        """The mark of an order that comes next."""
        ...


class Marking(NamedTuple):
    """How the orders of a call are marked.

    Attributes:
        marks: where the marks are kept.
        read_with: all but the file itself that decides how it is read.
    """

    marks: Marks
    read_with: bytes

    def salt(self, header: Header) -> bytes:
        """Sixteen bytes that change with all that decides how the rows of a file are read."""
        parts = (header.format.name, header.dialect.delimiter, *header.columns)
        text = "\x1f".join(parts).encode() + b"\0" + self.read_with
        return blake2b(text, digest_size=16).digest()


class Marker:
    """Makes the marks of one file's orders.

    Args:
        salt: sixteen bytes.
    """

    def __init__(self, salt: bytes) -> None:
        self._empty = blake2b(digest_size=_DIGEST_SIZE, salt=salt)

    def mark(self, lines: Sequence[bytes]) -> bytes:
        """The mark of an order that takes these physical lines; empty where they are too many."""
        if len(lines) > _MOST_LINES:
            return b""
        digest = self._empty.copy()
        digest.update(b"".join(lines))
        return len(lines).to_bytes(_COUNT_SIZE, "big") + digest.digest()


def may_be_marked(codec: str, header: Header, builder: OrderBuilder) -> bool:
    """Whether an order of such a file is told by the start of a line."""
    keys = builder.keys
    return (
        isinstance(builder, BlockBuilder)
        and codec == "utf-8"
        and header.dialect.quoted
        and not header.format.has_footers
        and (keys.order_id, keys.channel) == (0, None)
    )


class MarkedRows:
    """Walks through one file: known orders where they are met, groups of rows for all others.

    The file was not read through before: whatever would have come to light then ends the walk.

    Args:
        file: of which an order's number stands in the first column.
        grouper: of the same file.
        marking: of the call.
    """

    def __init__(self, file: OpenFile[OrderBuilder], grouper: Grouper, marking: Marking) -> None:
        header = file.header
        self._suspicion = Suspicion()
        self._blocks = utf8_blocks(file.source, self._suspicion)
        self._runs = Runs()
        self._dialect = header.dialect
        self._delimiter = header.dialect.delimiter.encode()
        self._grouper = grouper
        self._marks = marking.marks
        self._marker = Marker(marking.salt(header))
        self._lines: list[bytes] = []
        self._first = 1  # physical line of the first of them
        self._at = header.line  # physical line that is looked at next
        self._known: dict[bytes, tuple[bytes, SameOrder]] = {}
        self._latest: dict[bytes, tuple[bytes, SameOrder]] = {}
        self._met: SameOrder | None = None
        self._met_at = 0
        self._skip_header()

    def walk(self) -> Iterator[Group | SameOrder]:
        """Groups, with their ``mark``, and known orders, in file order.

        Raises:
            ReadAgain: the file must be judged as a whole, and read without marks.
        """
        while self._has(self._at):
            met = self._meet(self._at)
            if met is None:
                yield from self._groups()
                met = self._met
            if met is not None:
                self._runs.add(met.order_id)
                self._grouper.rows += met.rows
                self._marks.met(met)
                yield met
            self._forget(self._at)
        if self._runs.torn():
            raise ReadAgain

    def _skip_header(self) -> None:
        first = self._at
        reader = csv_reader(map(bytes.decode, self._single_lines(first)), self._dialect)
        next(reader)
        self._at = first + reader.line_num

    def _single_lines(self, line: int) -> Iterator[bytes]:
        while self._has(line):
            yield self._lines[line - self._first]
            line += 1

    def _has(self, line: int) -> bool:
        """Whether the file has this physical line; it is loaded then."""
        while line - self._first >= len(self._lines):
            try:
                block = next(self._blocks, None)
            except FileRefused:
                raise ReadAgain from None
            if block is None:
                return False
            if self._suspicion.found:
                self._grouper.look_closer()
            self._lines += block
            if self._marks.are_known:
                self._look_up(block)
        return True

    def _look_up(self, lines: Sequence[bytes]) -> None:
        """Find the marks of the orders whose rows may begin in these lines."""
        raw_ids = {one.partition(self._delimiter)[0] for one in lines}
        by_id = {clean_id(one.decode(errors="replace")): one for one in raw_ids}
        found = self._marks.find([*by_id])
        newest = {by_id[order_id]: known for order_id, known in found.items()}
        self._known = self._latest | newest  # an order may begin at the end of the block before
        self._latest = newest

    def _forget(self, line: int) -> None:
        """Let go of the lines before this one, now and then."""
        if line - self._first > _KEPT_LINES:
            del self._lines[: line - self._first]
            self._first = line

    def _meet(self, line: int) -> SameOrder | None:
        """The known order whose rows begin here and end before another order's; ``_at`` behind."""
        raw_id = self._lines[line - self._first].partition(self._delimiter)[0]
        known = self._known.get(raw_id)
        if known is None:
            return None
        mark, same = known
        end = line + int.from_bytes(mark[:_COUNT_SIZE], "big")
        if self._has(end):
            next_id = self._lines[end - self._first].partition(self._delimiter)[0].strip(_AROUND)
            if not next_id or next_id == raw_id.strip(_AROUND):
                return None
        if self._marker.mark(self._lines[line - self._first : end - self._first]) != mark:
            return None
        self._at = end
        return same

    def _groups(self) -> Iterator[Group]:
        """The groups up to the next known order, which is ``_met`` then, or to the end."""
        held: Group | None = None
        for group in self._grouper.groups(self._records()):
            if held is not None:
                yield self._marked(held, group.rows[0][0])
            held = group
        if held is None:
            return
        end = self._at
        if self._met is not None:
            if held.key == self._met.order_id:  # rows were put before those that are known
                raise ReadAgain
            end = self._met_at
        yield self._marked(held, end)

    def _marked(self, group: Group, end: int) -> Group:
        """The group with the mark of its lines, which end before this one."""
        begin = group.rows[0][0]
        self._runs.add(group.key)
        if not group.faults and not group.notes:
            lines = self._lines[begin - self._first : end - self._first]
            group.mark = self._marker.mark(lines)
        self._forget(end)
        return group

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        first = line = self._at
        reader = csv_reader(map(bytes.decode, chain.from_iterable(self._stretch())), self._dialect)
        try:
            for cells in reader:
                yield line, cells
                line = first + reader.line_num
        except (csv.Error, UnicodeError):
            raise ReadAgain from None

    def _stretch(self) -> Iterator[Iterable[bytes]]:
        """The lines up to the next known order or to the end.

        No known order is looked for where a quoted cell may be open.
        """
        begin, quotes, self._met = self._at, 0, None
        while self._has(self._at):
            if not self._known:
                lines = self._lines[self._at - self._first :]
                self._at += len(lines)
                yield lines
                continue
            line = self._lines[self._at - self._first]
            if self._at > begin and not quotes % 2:
                here = self._at
                self._met = self._meet(here)
                if self._met is not None:
                    self._met_at = here
                    return
            quotes += line.count(b'"')
            self._at += 1
            yield (line,)
