"""Text for paper: cleaned, cut into what a reader sees as one sign, given fonts and measured.

The order is fixed: :func:`clean`, :func:`graphemes`, directions, a font for each sign by its cmap,
glyphs where letters join, a width. Plain Latin, Greek and Cyrillic skip directions and glyphs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from returns_cli.documents.bidi import (
    RIGHT_TO_LEFT_MARK,
    Stretch,
    has_leftward_letters,
    in_visual_order,
)
from returns_cli.documents.font_search import Finder, find_family, find_files
from returns_cli.documents.fonts import Face, Weight, core_faces, load_named, load_usable
from returns_cli.documents.regions import preferred_files
from returns_cli.documents.scripts import Script, script_of
from returns_cli.documents.shaping import Piece, can_shape, shape
from returns_cli.domain.errors import InvalidError

REPLACEMENT = "?"
DIGITS = "0123456789"

_REGIONAL = frozenset({"Han", "Kana", "Hangul", "Bopomofo"})
_MAX_RAW = 20_000  # characters looked at; more is no text for paper
_MAX_LOOK_UPS = 64  # signs looked for outside the core font; each may ask fontconfig
_CACHE_LIMIT = 20_000
_NO_BREAK_SPACE = "\u00a0"
_JOINERS = frozenset("\u200c\u200d")  # say in some scripts whether letters join
_VIRAMA = 9  # canonical combining class of signs that tie a letter to the next one
_VOWELS_BEFORE = frozenset("เแโใไເແໂໃໄ")  # Thai and Lao write them before their consonant
# Without width or sense on paper: BOM, soft hyphen, joiners, variation selectors, bidi controls.
_DROPPED = frozenset(
    map(
        chr,
        (
            *(0x00AD, 0x061C, 0x180E, 0xFEFF),
            *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
            *(*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0)),
        ),
    )
)
# The core font has no thin spaces (babel puts them into amounts) and no non-breaking hyphen.
_MAPPED = {
    **dict.fromkeys(map(chr, [*range(0x2000, 0x200B), 0x202F, 0x205F]), _NO_BREAK_SPACE),
    "\u2010": "-",
    "\u2011": "-",
    "\u3000": " ",
}


class Run(NamedTuple):
    """A part of a line in one font; runs follow each other from left to right.

    Attributes:
        face: the font.
        text: as it was written.
        pieces: its glyphs where letters join or stack; empty where ``text`` is drawn as it stands.
        width: advance in thousandths of the size.
    """

    face: Face
    text: str
    pieces: tuple[Piece, ...]
    width: float


class Missing(NamedTuple):
    """A sign that cannot be printed, and the script it belongs to."""

    sign: str
    script: Script


def clean(text: str) -> str:
    r"""One line of text as paper takes it.

    NFC; controls, tabs and line ends become spaces and runs of spaces one; what has no width, or
    would turn the direction of text, is dropped. Joiners stay where a script needs them.

    Raises:
        ValueError: a lone surrogate, which is half a character.

    >>> clean("  Ana\tMaria\x00 \u202eDan ")
    'Ana Maria Dan'
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(_cleaned(text[:_MAX_RAW]))
    return " ".join(word for word in text.split(" ") if word)


def _cleaned(text: str) -> Iterable[str]:
    before = " "
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if category == "Cs":
            raise ValueError(f"U+{ord(sign):04X} is half a character")
        if category in {"Cc", "Zl", "Zp"}:
            before = " "
            yield before
        elif sign in _JOINERS:
            if script_of(before).needs_shaping:
                yield sign
        elif sign not in _DROPPED:
            before = sign
            yield _MAPPED.get(sign, sign)


def graphemes(text: str) -> list[str]:
    r"""The text in pieces that stay together: a base, the marks on it, and what is tied to it.

    >>> [len(piece) for piece in graphemes("Ae\u0323\u0301x")]
    [1, 3, 1]
    >>> graphemes("क्षत्रिय")
    ['क्ष', 'त्रि', 'य']
    """
    if text.isascii():
        return list(text)
    pieces: list[list[str]] = []
    for sign in text:
        if pieces and _is_tied(pieces[-1][-1], sign):
            pieces[-1].append(sign)
        else:
            pieces.append([sign])
    return ["".join(piece) for piece in pieces]


def _is_tied(before: str, sign: str) -> bool:
    if sign in _JOINERS or unicodedata.category(sign) in {"Mn", "Mc", "Me"}:
        return True
    if before in _VOWELS_BEFORE:
        return script_of(sign).needs_shaping
    is_bound = before in _JOINERS or unicodedata.combining(before) == _VIRAMA
    return is_bound and unicodedata.category(sign) == "Lo" and script_of(sign).needs_shaping


class Typesetter:
    """Chooses a font for every sign and measures; what it was asked once it remembers.

    Args:
        fonts: files named by ``--font`` and ``shop.yaml``; they come after the core font.
        finder: where to look when these lack a sign; tests put their own here.
        region: whose shapes of Han signs are wanted, as :mod:`~returns_cli.documents.regions`
            names it.

    Raises:
        UsageError: ``E-FONT-UNUSABLE``, a named file that cannot be drawn with.
    """

    def __init__(
        self, fonts: Sequence[Path] = (), finder: Finder = find_files, region: str = ""
    ) -> None:
        regular, bold = core_faces()
        self._core: dict[Weight, Face] = {"regular": regular, "bold": bold}
        self._named = load_named(fonts)
        self._finder = finder
        self._own = (tuple(fonts), finder)
        self._region = region
        self._elsewhere: dict[str, Typesetter] = {}
        self._regional: tuple[Face, ...] | None = None  # unknown until a Han sign is drawn
        self._look_ups = 0
        self._faces: dict[tuple[str, Weight], Face | None] = {}
        self._found: dict[Script, tuple[Face, ...]] = {}  # families that were looked up
        self._runs: dict[tuple[str, Weight], list[Run]] = {}
        self._missing: dict[str, list[Missing]] = {}
        self._units: dict[tuple[str, Weight], float] = {}

    def in_region(self, region: str) -> Typesetter:
        """The same fonts, but those of a region first for Han signs and their like."""
        if region == self._region:
            return self
        if region not in self._elsewhere:
            self._elsewhere[region] = Typesetter(*self._own, region)
        return self._elsewhere[region]

    @property
    def base(self) -> Face:
        """The core font's Regular."""
        return self._core["regular"]

    def width(self, text: str, size: float, weight: Weight = "regular") -> float:
        """Width of a line in points, as it will be drawn.

        Args:
            text: cleaned text without missing signs.
            size: type size in points.
            weight: which weight of the font.
        """
        key = (text, weight)
        units = self._units.get(key)
        if units is None:
            units = self._measured(text, weight)
            if len(self._units) >= _CACHE_LIMIT:
                self._units.clear()
            self._units[key] = units
        return units * size / 1000

    def _measured(self, text: str, weight: Weight) -> float:
        widths = self._core[weight].widths
        try:
            return sum(map(widths.__getitem__, text))
        except KeyError:
            return sum(run.width for run in self.runs(text, weight))

    def digit_cell(self, size: float, weight: Weight = "regular") -> float:
        """Width in points of the widest digit: figures in cells of it stand in columns."""
        widths = self._core[weight].widths
        return max(widths[digit] for digit in DIGITS) * size / 1000

    def cells(
        self, text: str, size: float, weight: Weight, gap: float
    ) -> tuple[list[tuple[float, str]], float]:
        """Each sign with its offset, digits centred in cells of the widest one, and the width.

        Text of a script that joins letters stays whole: there are no signs to set apart.

        Args:
            text: cleaned text without missing signs.
            size: type size in points; ``gap`` is added after every sign but the last.
            weight: which weight of the font.
        """
        if any(script_of(sign).needs_shaping for sign in text):
            return [(0.0, text)], self.width(text, size, weight)
        cell = self.digit_cell(size, weight)
        placed: list[tuple[float, str]] = []
        x = 0.0
        for sign in graphemes(text):
            width = self.width(sign, size, weight)
            advance = cell if sign in DIGITS else width
            placed.append((x + (advance - width) / 2, sign))
            x += advance + gap
        return placed, max(0.0, x - gap)

    def runs(self, text: str, weight: Weight = "regular") -> list[Run]:
        """The line in parts of one font each, from left to right as it is seen.

        Raises:
            InvalidError: ``E-GLYPH-MISSING``; texts of returns were looked through before, so
                this is a text of the program itself that the fonts cannot print.
        """
        core = self._core[weight]
        if core.widths.keys() >= set(text):
            return [_plain(core, text)]
        key = (text, weight)
        if key not in self._runs:
            if len(self._runs) >= _CACHE_LIMIT:
                self._runs.clear()
            self._runs[key] = self._set(text, weight)
        return self._runs[key]

    def _set(self, text: str, weight: Weight) -> list[Run]:
        turns = can_shape() and has_leftward_letters(text)
        stretches = in_visual_order(text) if turns else [Stretch(text, leftwards=False)]
        runs: list[Run] = []
        for stretch in stretches:
            parts = self._in_fonts(stretch.text.replace(RIGHT_TO_LEFT_MARK, ""), weight)
            ordered = reversed(parts) if stretch.leftwards else parts
            runs += [_drawn(*part, leftwards=stretch.leftwards) for part in ordered]
        return runs

    def _in_fonts(self, text: str, weight: Weight) -> list[tuple[Face, str]]:
        """The text in parts of one font and one joining script, in the order it was written."""
        parts: list[tuple[Face, str]] = []
        script: Script | None = None  # of the last part, where its letters join
        for piece in graphemes(text):
            face = self._face_for(piece, weight)
            if face is None:
                raise InvalidError(
                    "E-GLYPH-MISSING",
                    f"No font for U+{ord(piece[0]):04X} {piece}.",
                    hint="Name a font with --font.",
                )
            if piece == " " and parts and " " in parts[-1][0].widths:
                face = parts[-1][0]
            own = script_of(piece[0]) if script_of(piece[0]).needs_shaping else None
            if parts and parts[-1][0] is face and (own is None or own is script or script is None):
                parts[-1] = (face, parts[-1][1] + piece)
                script = own or script
            else:
                parts.append((face, piece))
                script = own
        return parts

    def missing(self, text: str) -> list[Missing]:
        """The signs of a cleaned text that cannot be printed, each once, in order."""
        if self._core["regular"].widths.keys() >= set(text):
            return []
        if text not in self._missing:
            if len(self._missing) >= _CACHE_LIMIT:
                self._missing.clear()
            self._missing[text] = [
                Missing(piece, _script_in_the_way(piece))
                for piece in dict.fromkeys(graphemes(text))
                if self._face_for(piece, "regular") is None
            ]
        return self._missing[text]

    def replaced(self, text: str) -> str:
        """The text with ``?`` for every sign that cannot be printed."""
        return "".join(
            REPLACEMENT if self._face_for(piece, "regular") is None else piece
            for piece in graphemes(text)
        )

    def _face_for(self, piece: str, weight: Weight) -> Face | None:
        if piece in self._core[weight].widths:
            return self._core[weight]
        key = (piece, weight)
        if key not in self._faces:
            self._faces[key] = self._chosen(piece, weight)
        return self._faces[key]

    def _chosen(self, piece: str, weight: Weight) -> Face | None:
        """The first face that has the base and all its marks, the wanted weight first."""
        script = _joining_script(piece)
        if script is not None and not can_shape():
            return None
        at_hand = (self._core[weight], self._core["regular"], *self._named)
        at_hand += self._of_region(piece)
        near = [face for face in at_hand if _has(face, piece)]
        if not near and unicodedata.category(piece[0]) not in {"Co", "Cn"}:
            near = self._looked_up(piece, script or script_of(piece[0]))
        wants_bold = weight == "bold"
        return min(near, key=lambda face: face.is_bold is not wants_bold, default=None)

    def _of_region(self, piece: str) -> tuple[Face, ...]:
        """Installed fonts of the region, for the scripts that regions write each in its way."""
        if not self._region or script_of(piece[0]).name not in _REGIONAL:
            return ()
        if self._regional is None:
            self._regional = tuple(load_usable(preferred_files(self._region)))
        return self._regional

    def _looked_up(self, piece: str, script: Script) -> list[Face]:
        """The faces of one family that have the piece; a family serves its script from then on."""
        near = [face for face in self._found.get(script, ()) if _has(face, piece)]
        if near or self._look_ups >= _MAX_LOOK_UPS:
            return near
        self._look_ups += 1
        family = find_family(piece[0], self._finder, lambda face: _has(face, piece))
        self._found[script] = (*self._found.get(script, ()), *family)
        return list(family)


def _plain(face: Face, text: str) -> Run:
    return Run(face, text, (), sum(map(face.widths.__getitem__, text)))


def _drawn(face: Face, text: str, *, leftwards: bool) -> Run:
    """The run with its glyphs where its letters join, stack or are turned."""
    joins = leftwards or any(
        script_of(sign).needs_shaping or unicodedata.combining(sign) for sign in text
    )
    if not (joins and can_shape()):
        return _plain(face, text)
    return Run(face, text, *shape(face, text, leftwards=leftwards))


def _has(face: Face, piece: str) -> bool:
    return all(sign in face.widths or sign in _JOINERS for sign in piece)


def _joining_script(piece: str) -> Script | None:
    scripts = (script_of(sign) for sign in piece)
    return next((script for script in scripts if script.needs_shaping), None)


def _script_in_the_way(piece: str) -> Script:
    return _joining_script(piece) or script_of(piece[0])
