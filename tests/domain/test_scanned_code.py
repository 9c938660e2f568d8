"""Codes told apart by their form, whatever the keyboard made of them."""

from __future__ import annotations

import pytest

from returns_cli.domain.rma import check_symbol
from returns_cli.domain.scanned_code import Code, read_code

RMA = "RMA-0000012"
# 4 006381 33393 is the example of GS1's general specifications: 3*(1+8+3+0+0)... ends in 1.
EAN = "4006381333931"


@pytest.mark.parametrize(
    ("sent", "kind", "rma"),
    [
        pytest.param("RMA-0000012", "rma", RMA, id="as printed"),
        pytest.param("rma 000 0012\r\n", "rma", RMA, id="small, parted, with a line end"),
        pytest.param("RMAß0000012\t", "rma", RMA, id="a German keyboard's hyphen"),
        pytest.param("RMA-OOOOOL2", "rma", RMA, id="O for 0 and L for 1"),
        pytest.param("]C1RMA-0000012", "rma", RMA, id="with the name of its symbology"),
        pytest.param("0000012", "rma", RMA, id="without its prefix"),
        pytest.param("HTTPS://R.EXAMPLE.COM/0000012/ABCDEFGH", "rma", RMA, id="a link, a token"),
        pytest.param("HTTPSÖ--R.EXAMPLE.COM-0000012", "rma", RMA, id="a link, signs moved"),
        pytest.param("HTTPS://EXAMPLE.COM/NEWS", "other", "", id="another link"),
        pytest.param("RMA-0000012/2/1", "unit", RMA, id="a sticker"),
        pytest.param("RMAß0000012-2-1", "unit", RMA, id="a sticker, signs moved"),
        pytest.param("RMA-0000013/2/1", "other", "", id="a sticker that is damaged"),
        pytest.param("RMA-0000013", "mistyped", "", id="a wrong check symbol"),
        pytest.param("0000013", "other", "", id="seven signs may be anything"),
        pytest.param(EAN, "gtin", "", id="an EAN"),
        pytest.param("012345678905", "gtin", "", id="a UPC"),
        pytest.param("96385074", "gtin", "", id="an EAN-8"),
        pytest.param("4006381333932", "other", "", id="an EAN with a wrong check digit"),
        pytest.param("TEE-BLK-M", "other", "", id="an SKU"),
        pytest.param("1Z999AA10123456784", "other", "", id="a tracking number"),
        pytest.param("٤٠٠٦٣٨١٣", "other", "", id="digits of another script"),
    ],
)
def test_codes_are_told_apart(sent: str, kind: str, rma: str) -> None:
    code = read_code(sent, ("opened",))

    assert (code.kind, code.rma) == (kind, rma)


def test_a_sticker_names_its_line_and_unit() -> None:
    assert read_code("RMA-0000012/12/3", ())[3:5] == (12, 3)


@pytest.mark.parametrize("sent", ["*UNDO*", "(undo(", "Undo", "]C1*UNDO*", " UNDO\r"])
def test_a_command_card_is_known_by_its_letters(sent: str) -> None:
    assert read_code(sent, ())[:2] == ("command", "UNDO")


def test_a_grade_card_is_known_by_its_letters_with_y_and_z_swapped_too() -> None:
    grades = ("opened", "wrong_item", "dusty")

    assert read_code("*GRADE-WRONG_ITEM*", grades)[:2] == ("grade", "wrong_item")
    assert read_code("*GRADE-DUSTZ*", grades) == Code("grade", "dusty", is_swapped=True)
    assert read_code("*GRADE-NEW*", grades).kind == "other"


def test_y_and_z_swapped_show_in_the_check_symbol() -> None:
    right = f"RMA-Y0000Z{check_symbol('Y0000Z')}"

    code = read_code(right.translate(str.maketrans("YZ", "ZY")), ())

    assert (code.rma, code.is_swapped) == (right, True)


def test_an_endless_code_is_cut() -> None:
    assert len(read_code("x" * 10_000, ()).text) == 200
