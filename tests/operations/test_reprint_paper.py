from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations.paper_files import form_of
from returns_cli.operations.print_paper import PaperRequest, print_labels, print_slips
from returns_cli.operations.reprint_paper import reprint_paper
from returns_cli.operations.shop import Shop
from tests.operations.desk import on, opened, received, small_shop
from tests.operations.test_print_paper import files


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path / "shop")


def bytes_of(answer: dict[str, object]) -> list[bytes]:
    return [Path(one["path"]).read_bytes() for one in files(answer)]


def test_a_reprint_gives_the_same_bytes_in_the_same_files(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=too_small")
    first = [print_labels(shop, PaperRequest((rma,))), print_slips(shop, PaperRequest((rma,)))]
    made = [one for answer in first for one in bytes_of(answer)]
    received(shop, rma, "2:1")
    again = reprint_paper(on(shop, "2026-03-27"), PaperRequest((rma,)))
    assert [one for answer in first for one in files(answer)] == files(again)
    assert bytes_of(again) == made


def test_several_returns_are_reprinted_each_under_its_name(shop: Shop) -> None:
    pair = tuple(opened(shop, order, "1=itchy") for order in ("1001", "1002"))
    again = files(reprint_paper(shop, PaperRequest(pair), "label"))
    assert [Path(one["path"]).name for one in again] == [f"{rma}-label.pdf" for rma in pair]


def test_zpl_reprints_the_label_alone(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    (file,) = files(reprint_paper(shop, PaperRequest((rma,), form="zpl")))
    assert file["kind"] == "label"


def test_nothing_is_written_where_one_of_them_is_refused(shop: Shop) -> None:
    rma = opened(shop, "1003", "1=itchy")
    with pytest.raises(InvalidError):
        reprint_paper(shop, PaperRequest((rma,)))
    assert list((shop.folder / "paper").iterdir()) == []


@pytest.mark.parametrize(
    ("request_", "kind"),
    [
        pytest.param(PaperRequest(("x",)), "insert", id="no paper of a return"),
        pytest.param(PaperRequest(("x",), output_file=Path("a.pdf")), None, id="two in one file"),
    ],
)
def test_wrong_calls_are_refused(shop: Shop, request_: PaperRequest, kind: str | None) -> None:
    with pytest.raises(UsageError):
        reprint_paper(shop, request_, kind)


@pytest.mark.parametrize(
    ("name", "zpl", "png", "form"),
    [
        pytest.param("label.pdf", False, False, "pdf", id="a PDF"),
        pytest.param("label.PNG", False, False, "png", id="by its ending"),
        pytest.param("label.zpl", False, False, "zpl", id="by its ending, ZPL"),
        pytest.param("/dev/stdout", True, False, "zpl", id="as asked"),
        pytest.param(None, False, True, "png", id="into the folder"),
    ],
)
def test_the_form_follows_the_option_then_the_name(
    name: str | None, zpl: bool, png: bool, form: str
) -> None:
    assert form_of(Path(name) if name else None, zpl=zpl, png=png) == form


def test_a_file_is_not_two_forms() -> None:
    with pytest.raises(UsageError, match="either ZPL or a picture"):
        form_of(None, zpl=True, png=True)


def test_pictures_are_a_file_for_each_return(shop: Shop) -> None:
    pair = tuple(opened(shop, order, "1=itchy") for order in ("1001", "1002"))
    made = files(print_labels(shop, PaperRequest(pair, form="png")))
    assert [Path(one["path"]).name for one in made] == [f"{rma}-label.png" for rma in pair]
    with Image.open(made[0]["path"]) as picture:
        assert picture.size == (812, 1219)
