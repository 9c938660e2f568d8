"""Fonts: loaded through reportlab's TrueType reader, checked, and never two of one name.

Refused are outlines that reportlab cannot embed (CFF), variable fonts whose default is lighter
than Regular (they come out hairline thin on thermal paper), and a second font of one PostScript
name (reportlab would draw the first one's outlines with the second one's widths).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from returns_cli.domain.errors import UsageError

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

Weight = Literal["regular", "bold"]

_BOLD_FROM = 600  # OS/2 usWeightClass of SemiBold
_REGULAR = 400
_RESTRICTED = 0x0002
_NO_SUBSET_OR_OUTLINES = 0x0300
_NO_BREAK_SPACE = "\u00a0"
_PRIVATE_USE = range(0xE000, 0xF900)


class FontUnusableError(ValueError):
    """A font file that cannot be drawn with; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One loaded font.

    Attributes:
        name: the name it is drawn by, its PostScript name.
        is_bold: OS/2 weight of 600 or more.
        widths: advance of every character it has, in thousandths of the size.
        path, index: the file it was read from, and which font of a collection it is.
    """

    name: str
    is_bold: bool
    widths: Mapping[str, float] = field(repr=False)
    path: Path = field(repr=False)
    index: int = 0

    @property
    def family(self) -> str:
        """What the files of its other weights begin with: ``NotoSansThai``."""
        return family_of(self.path)


def family_of(path: Path) -> str:
    """The part of a font file's name that its weights share.

    >>> family_of(Path("NotoSansThai-Bold.ttf")), family_of(Path("NotoSansThai[wdth,wght].ttf"))
    ('NotoSansThai', 'NotoSansThai')
    """
    return path.stem.partition("-")[0].partition("[")[0]


@dataclass(slots=True)
class _Registry:
    """What this process has loaded; reportlab's own register is as global."""

    by_file: dict[tuple[Path, int], Face] = field(default_factory=dict)
    by_name: dict[str, tuple[Path, int]] = field(default_factory=dict)
    signs: dict[Face, dict[int, str]] = field(default_factory=dict)  # of glyphs


_REGISTRY = _Registry()


def load_face(path: Path, index: int = 0) -> Face:
    """Load a font file and register it for drawing; a second call answers the same face.

    Args:
        path: a ``.ttf`` or ``.ttc``.
        index: which font of a collection.

    Raises:
        FontUnusableError: not readable, not TrueType outlines, too light, or a name taken.
    """
    key = (path, index)
    if key in _REGISTRY.by_file:
        return _REGISTRY.by_file[key]
    font = _read(path, index)
    name = font.face.name.decode("ascii") + font.face.subfontNameX.decode("ascii")
    owner = _REGISTRY.by_name.get(name)
    if owner is not None:
        raise FontUnusableError(f"another font named {name} is in use already ({owner[0].name})")
    _refuse_locked(font)
    _refuse_thin_default(font)
    return _register(key, name, font)


def _read(path: Path, index: int) -> TTFont:
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        return TTFont(path.stem, str(path), subfontIndex=index, shapable=False)
    except TTFError as error:
        raise FontUnusableError(_in_plain_words(str(error))) from error
    except (OSError, struct.error, IndexError, KeyError, ValueError, UnicodeError) as error:
        raise FontUnusableError("it is not a readable TrueType font") from error


def _in_plain_words(reason: str) -> str:
    if "postscript outlines" in reason:
        return "its outlines are PostScript (CFF); a TrueType version of it is needed"
    return "it is not a readable TrueType font"


def _register(key: tuple[Path, int], name: str, font: TTFont) -> Face:
    from reportlab.pdfbase import pdfmetrics

    font.fontName = name
    pdfmetrics.registerFont(font)
    face: Any = font.face
    widths = {
        chr(code): face.charWidths[code]
        for code, glyph in face.charToGlyph.items()
        if glyph and code in face.charWidths
    }
    if " " in widths:  # reportlab draws U+00A0 as a space
        widths[_NO_BREAK_SPACE] = widths[" "]
    is_bold = _weight_class(face) >= _BOLD_FROM
    loaded = Face(name, is_bold, widths, *key)
    _REGISTRY.by_file[key] = loaded
    _REGISTRY.by_name[name] = key
    return loaded


def glyph_sign(face: Face, glyph: int, advance: float) -> tuple[str, float]:
    """The sign that draws a glyph of a face, and the width it is drawn with.

    A glyph that stands for a character is drawn by it. Joined and turned forms get a place in the
    font's private use area; text of customers never reaches these, since they are in no ``widths``.

    Args:
        advance: of the glyph, in thousandths of the size.
    """
    from reportlab.pdfbase import pdfmetrics

    registered: Any = pdfmetrics.getFont(face.name)
    font = registered.face
    signs = _REGISTRY.signs.get(face)
    if signs is None:
        signs = _REGISTRY.signs[face] = _signs_of_glyphs(font.charToGlyph)
    if glyph not in signs:
        code = next(one for one in _PRIVATE_USE if one not in font.charToGlyph)
        font.charToGlyph[code] = glyph
        font.charWidths[code] = advance
        signs[glyph] = chr(code)
    return signs[glyph], font.charWidths[ord(signs[glyph])]


def sign_glyph(face: Face, sign: str) -> tuple[int, float]:
    """The glyph that a sign of :func:`glyph_sign` draws, and the width it is drawn with."""
    from reportlab.pdfbase import pdfmetrics

    registered: Any = pdfmetrics.getFont(face.name)
    font = registered.face
    return font.charToGlyph[ord(sign)], font.charWidths[ord(sign)]


def _signs_of_glyphs(glyphs: Mapping[int, int]) -> dict[int, str]:
    """The first character of each glyph; a no-break space is drawn as a space."""
    signs: dict[int, str] = {}
    for code in sorted(glyphs):
        if code != ord(_NO_BREAK_SPACE):
            signs.setdefault(glyphs[code], chr(code))
    return signs


def _table(face: Any, tag: str) -> bytes:
    return bytes(face.get_table(tag)) if tag in face.table else b""


def _weight_class(face: Any) -> int:
    table = _table(face, "OS/2")
    return int(struct.unpack_from(">H", table, 4)[0]) if len(table) >= 6 else _REGULAR


def _refuse_locked(font: TTFont) -> None:
    """Licence bits (OS/2 ``fsType``) against embedding or subsetting; reportlab lets them pass."""
    table = _table(font.face, "OS/2")
    bits = struct.unpack_from(">H", table, 8)[0] if len(table) >= 10 else 0
    if bits & 0xF == _RESTRICTED or bits & _NO_SUBSET_OR_OUTLINES:
        raise FontUnusableError("its licence bits forbid embedding a part of it in a PDF")


def _refuse_thin_default(font: TTFont) -> None:
    """A variable font draws its default instance only (OpenType ``fvar``, axis ``wght``)."""
    face: Any = font.face
    table = _table(face, "fvar")
    if len(table) < 16:
        return
    offset, _, axes, axis_size = struct.unpack_from(">HHHH", table, 4)
    for i in range(axes):
        start = offset + i * axis_size
        if len(table) >= start + 16 and table[start : start + 4] == b"wght":
            default = struct.unpack_from(">i", table, start + 8)[0] / 65536
            if default < _REGULAR:
                raise FontUnusableError(
                    f"it is a variable font whose default weight is {default:.0f}, too thin to "
                    "print; a static Regular is needed"
                )


@lru_cache(maxsize=1)
def core_faces() -> tuple[Face, Face]:
    """The font that every page begins with, Regular and Bold: Latin, Greek, Cyrillic."""
    import fontpkg_fira_sans_condensed

    files = Path(fontpkg_fira_sans_condensed.ROOT) / "files"
    return (
        load_face(files / "FiraSansCondensed-Regular.ttf"),
        load_face(files / "FiraSansCondensed-Bold.ttf"),
    )


def load_named(fonts: Sequence[Path]) -> tuple[Face, ...]:
    """The faces that ``--font`` or ``shop.yaml`` name.

    Raises:
        UsageError: ``E-FONT-UNUSABLE``, a file that cannot be read or drawn with.
    """
    core_faces()  # first, so that a copy of it is refused and not the core itself
    loaded: list[Face] = []
    for path in fonts:
        try:
            loaded.append(load_face(path.expanduser().resolve()))
        except FontUnusableError as error:
            raise UsageError(
                "E-FONT-UNUSABLE",
                f"The font {path.name} cannot be used: {error}.",
                where=str(path),
                hint="Name a static TrueType font (.ttf or .ttc).",
            ) from error
    return tuple(loaded)


def load_usable(fonts: Sequence[Path]) -> Iterator[Face]:
    """The faces of files that nobody named; what cannot be drawn with is passed over."""
    for path in fonts:
        with suppress(FontUnusableError):
            yield load_face(path)
