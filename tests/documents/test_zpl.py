from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from returns_cli.documents import print_labels, print_slips, print_stickers
from returns_cli.documents.backends.bitmap import draw_ops
from returns_cli.documents.backends.zpl import ZplBackend
from returns_cli.documents.codes import code128
from returns_cli.documents.ops import Bars, Cells, Fill, Frame, Op, Page, Rule, Shape, Text
from returns_cli.documents.sizes import Grid, find_sheet
from returns_cli.documents.text import Typesetter
from returns_cli.domain.errors import UsageError
from tests.documents.samples import BOTH_CODES, SHOP, codes, label_facts
from tests.documents.test_sticker import sticker
from tests.documents.zpl_reader import Label, labels_of

LABEL = find_sheet("4x6", "label")
GRID = Grid.at(203)


def printed(**changes: object) -> str:
    return print_labels([label_facts(**changes)], form="zpl").data.decode("ascii")


def native(*ops: Op) -> tuple[str, Label]:
    backend = ZplBackend(LABEL, GRID, Typesetter())
    backend.add(Page((), ops))
    zpl = backend.finish("a test").decode("ascii")
    (label,) = labels_of(zpl)
    return zpl, label


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", ["4x6", "100x150", "a6"])
@pytest.mark.parametrize(
    "sender", [pytest.param(SHOP, id="native"), pytest.param(None, id="a picture")]
)
def test_both_codes_read_from_what_the_printer_draws(sender: object, size: str, dpi: int) -> None:
    changes = {"sender": sender} if sender else {}
    data = print_labels([label_facts(**changes)], size=size, dpi=dpi, form="zpl").data
    (label,) = labels_of(data.decode("ascii"))
    assert codes(label.image) == BOTH_CODES
    assert bool(label.texts) is bool(sender)


def test_stickers_go_to_label_printers_too() -> None:
    data = print_stickers([sticker(), sticker(unit=2)], form="zpl").data.decode("ascii")
    read = [codes(label.image) for label in labels_of(data)]
    assert read == [{("QR Code", f"RMA-7F3K2QX/2/{n}")} for n in (1, 2)]


@pytest.mark.parametrize(
    "op",
    [
        pytest.param(Fill(80, 160, 40, 24), id="an area"),
        pytest.param(Frame(80, 160, 40, 24, 4), id="a frame"),
        pytest.param(Rule(80, 160, 400, 3), id="a line"),
        pytest.param(Rule(80, 160, 400, 2, dash=(10, 5)), id="dashes"),
        pytest.param(Bars(80, 160, 50, 3, code128("RMA-0000012>^~_\\").widths), id="bars"),
        pytest.param(Bars(80, 160, 50, 2, code128("123456A7890").widths), id="digit pairs"),
        pytest.param(
            Bars(80, 160, 50, 2, code128("00106141411234567897", gs1=True).widths), id="GS1"
        ),
        pytest.param(Cells(80, 160, 4, (b"\x01\x00", b"\x00\x01")), id="cells"),
        pytest.param(Shape(200, 200, 96, "scissors"), id="a shape"),
    ],
)
def test_a_native_field_fills_the_same_dots_as_the_picture(op: Op) -> None:
    _, label = native(op)
    wanted = draw_ops([op], GRID.size(LABEL), GRID, Typesetter())
    assert ImageChops.difference(label.image, wanted).getbbox() is None


def test_one_sign_outside_ascii_makes_the_page_a_picture() -> None:
    zpl = printed(sender=SHOP, reason="Prea mică")
    assert zpl.count("^FD") == 0
    assert zpl.count("^GFA") == 1
    assert len(zpl) < 12_000


def test_plain_labels_are_small() -> None:
    assert len(printed(sender=SHOP)) < 3_000


ATTACKS = [
    "^XZ^XA^FDowned^FS", "~JA", "~DGR:X.GRF", "_5E", ">;>8", "^", "~", "_",
]  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS)
def test_a_field_never_ends_or_begins_a_command(text: str) -> None:
    zpl = printed(sender=SHOP, reason=text, order_id=text)
    assert zpl.count("^XA") == zpl.count("^XZ") == 1
    assert "~" not in zpl
    (label,) = labels_of(zpl)
    assert label.texts.count(text) == 2
    assert codes(label.image) == BOTH_CODES


def test_a_backslash_which_would_break_lines_makes_it_a_picture() -> None:
    zpl = printed(sender=SHOP, lane="A\\&B")
    assert zpl.count("^FD") == 0


PLAIN = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=60)


@settings(max_examples=60, deadline=None)
@given(text=PLAIN)
def test_whatever_a_text_holds_only_our_commands_reach_the_printer(text: str) -> None:
    zpl, label = native(Text(100, 100, 12, text))
    assert "~" not in zpl
    assert set(re.findall(r"\^(.?.?)", zpl)) <= {
        "XA", "CI", "PW", "LL", "LH", "FO", "FT", "A0", "FH", "FD", "FS", "GF", "XZ",
    }  # fmt: skip
    assert label.texts == ([] if "\\" in text or text == " " else [text])


@pytest.mark.parametrize("dpi", [203, 300])
def test_text_keeps_inside_the_label(dpi: int) -> None:
    zpl = print_labels([label_facts(sender=SHOP)], dpi=dpi, form="zpl").data.decode("ascii")
    width, height = Grid.at(dpi).size(LABEL)
    for x, y in re.findall(r"\^F[OT](\d+),(\d+)", zpl):
        assert int(x) < width
        assert int(y) < height


def test_office_paper_has_no_zpl() -> None:
    with pytest.raises(UsageError, match="too wide for a label printer"):
        print_slips([], form="zpl")
