from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from returns_cli.documents.reading import read_back
from returns_cli.domain.errors import InvalidError, NotFoundError
from returns_cli.operations import print_inserts as inserts
from returns_cli.operations.insert_facts import Promise
from returns_cli.operations.paper_batch import PaperRequest
from returns_cli.operations.print_inserts import print_inserts
from returns_cli.operations.receive_items import ReceiveRequest, receive_items
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop
from tests.documents.samples import page_texts
from tests.operations.desk import SETTINGS, items, opened, small_shop

ENGLISH = PaperRequest(language="en")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def files(answer: Json) -> list[Json]:
    return cast("list[Json]", answer["files"])


def text_of(answer: Json) -> str:
    (file,) = files(answer)
    return " ".join(page_texts(Path(str(file["path"])).read_bytes())).replace("\r\n", " ")


def test_a_card_says_what_the_policy_says(shop: Shop) -> None:
    answer = print_inserts(shop, ["1001"], ENGLISH)
    (file,) = files(answer)
    path = Path(str(file["path"]))
    assert path.name == "1001-insert.pdf"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (file["kind"], file["size"], file["pages"], file["rmas"]) == ("insert", "insert", 1, [])
    text = text_of(answer)
    assert "Thank you, Ana Ștefănescu!" in text
    assert "You have 30 days to change your mind" in text
    assert "$" not in text


def test_it_speaks_the_customers_language(shop: Shop) -> None:
    assert "Mulțumim, Ana Ștefănescu!" in text_of(print_inserts(shop, ["1001"], PaperRequest()))


def test_the_return_label_goes_with_it(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    answer = print_inserts(shop, ["1001"], ENGLISH, return_label=True)
    card, label = files(answer)
    assert (card["kind"], label["kind"], label["rmas"]) == ("insert", "label", [rma])
    assert rma in page_texts(Path(str(label["path"])).read_bytes())[0]


def test_an_unknown_order_is_not_found(shop: Shop) -> None:
    with pytest.raises(NotFoundError):
        print_inserts(shop, ["1001", "no such"], ENGLISH)


def test_a_logo_outside_the_shop_folder_is_never_read(tmp_path: Path) -> None:
    shop = small_shop(tmp_path, settings=f"{SETTINGS}brand:\n  logo: ../../etc/passwd\n")
    with pytest.raises(InvalidError, match="outside the shop folder"):
        print_inserts(shop, ["1001"], ENGLISH)
    assert not list((tmp_path / "paper").glob("*"))


def test_the_code_leads_to_returns_or_to_the_survey(tmp_path: Path) -> None:
    brand = "brand:\n  survey: https://r.example.com/ask\n  color: '#1a2b3c'\n"
    shop = small_shop(tmp_path, settings=SETTINGS + brand)
    asked = [
        text_of(print_inserts(shop, ["1001"], ENGLISH, to_survey=to_survey))
        for to_survey in (False, True)
    ]
    assert ["Start a return" in text for text in asked] == [True, False]
    assert "Tell us how it was" in asked[1]


def test_the_window_is_that_of_the_goods_and_none_where_nothing_comes_back(tmp_path: Path) -> None:
    late = Shop(small_shop(tmp_path).folder, "ann", "2027-01-01T10:00:00+00:00")
    assert "Not right? Write to us" in text_of(print_inserts(late, ["1001"], ENGLISH))


def test_a_label_that_lies_in_the_parcel_bears_the_orders_number(shop: Shop) -> None:
    answer = print_inserts(shop, ["1001"], ENGLISH, return_label=True)
    card, label = files(answer)
    assert (card["kind"], label["kind"], label["rmas"]) == ("insert", "label", [])
    assert Path(str(label["path"])).name == "1001-label.pdf"
    (page,) = read_back(Path(str(label["path"])).read_bytes()).codes[:1]
    assert page.text == "1001"

    rma = opened(shop, "1001", "1=itchy")
    shown = receive_items(shop, ReceiveRequest("1001", items("1")))
    assert shown["rma"] == rma


def test_orders_with_and_without_a_return_have_their_labels(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    answer = print_inserts(shop, ["1001", "1002"], ENGLISH, return_label=True)
    assert [one["rmas"] for one in files(answer)] == [[], [rma], []]


def test_where_the_policy_sends_no_label_none_lies_in_the_parcel(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inserts, "promise_of", lambda *_: Promise(30, "none"))
    with pytest.raises(InvalidError, match="needs no label"):
        print_inserts(shop, ["1001"], ENGLISH, return_label=True)
    assert not list((shop.folder / "paper").glob("*"))


def test_a_card_on_another_size(shop: Shop) -> None:
    (file,) = files(print_inserts(shop, ["1001"], PaperRequest(size="insert-4x6")))
    assert file["size"] == "insert-4x6"
