from __future__ import annotations

import tomllib

import pytest

from returns_cli.data import shipped
from returns_cli.documents.addresses import address_lines
from returns_cli.documents.facts import PaperAddress
from returns_cli.domain.model import Address


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        pytest.param(
            PaperAddress("x", ("1 Main St",), "Portland", "ME", "04101", "US"),
            ["1 Main St", "Portland, ME 04101", "UNITED STATES"],
            id="United States: city, state postcode",
        ),
        pytest.param(
            PaperAddress("x", ("Hauptstr. 5",), "Köln", "", "50667", "DE"),
            ["Hauptstr. 5", "50667 Köln", "GERMANY"],
            id="Germany: postcode before the city",
        ),
        pytest.param(
            PaperAddress("x", ("1 Mill Lane",), "Leeds", "", "LS1 4AP", "GB"),
            ["1 Mill Lane", "Leeds", "LS1 4AP", "UNITED KINGDOM"],
            id="United Kingdom: postcode on its own line",
        ),
        pytest.param(
            PaperAddress("x", ("Via Roma 1",), "Milano", "MI", "20121", "it"),
            ["Via Roma 1", "20121 Milano MI", "ITALY"],
            id="Italy: province after the city, the code in any case",
        ),
        pytest.param(
            PaperAddress("x", (), "São Paulo", "SP", "01310-100", "BR"),
            ["São Paulo-SP", "01310-100", "BRAZIL"],
            id="Brazil: city-state, then the postcode",
        ),
        pytest.param(
            PaperAddress("x", (), "", "ME", "04101", "US"),
            ["ME 04101", "UNITED STATES"],
            id="a missing city takes its comma along",
        ),
        pytest.param(
            PaperAddress("x", ("Somewhere",), country="Atlantis"),
            ["Somewhere", "ATLANTIS"],
            id="a country nobody knows is printed as it came",
        ),
        pytest.param(PaperAddress("x"), [], id="nothing but a name"),
    ],
)
def test_lines_stand_in_the_countrys_order(address: PaperAddress, lines: list[str]) -> None:
    names = ["x"] if address.name == "x" else []
    assert [line.text for line in address_lines(address, "en")] == names + lines


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        pytest.param(
            PaperAddress("髙橋さくら", ("丸の内2丁目7−2",), "千代田区", "東京都", "100-0005", "JP"),
            ["〒100-0005", "東京都千代田区", "丸の内2丁目7−2", "髙橋さくら", "JAPAN"],
            id="Japan: postcode, then the largest part first, the name last",
        ),
        pytest.param(
            PaperAddress("王小明", ("建国路88号",), "朝阳区", "北京市", "100022", "CN"),
            ["100022", "北京市朝阳区", "建国路88号", "王小明", "CHINA"],
            id="China",
        ),
        pytest.param(
            PaperAddress("김민지", ("세종대로 110",), "중구", "서울특별시", "04524", "KR"),
            ["서울특별시 중구", "세종대로 110", "김민지", "04524", "SOUTH KOREA"],
            id="Korea: the postcode after the name",
        ),
        pytest.param(
            PaperAddress("Sakura Takahashi", ("2-7-2 Marunouchi",), "Chiyoda", "Tokyo", "", "JP"),
            ["Sakura Takahashi", "2-7-2 Marunouchi", "Tokyo", "Chiyoda", "JAPAN"],
            id="Japan in Latin letters: the name first",
        ),
        pytest.param(
            PaperAddress("王小明", ("1 Main St",), "Portland", "ME", "04101", "US"),
            ["王小明", "1 Main St", "Portland, ME 04101", "UNITED STATES"],
            id="another country's letters change nothing",
        ),
    ],
)
def test_addresses_in_their_own_letters_begin_with_the_largest_part(
    address: PaperAddress, lines: list[str]
) -> None:
    found = address_lines(address, "en")
    assert [line.text for line in found] == lines
    assert [line.text for line in found if line.is_name] == [address.name]


def test_no_part_of_an_address_is_lost_in_any_country() -> None:
    table = tomllib.loads(shipped("addresses.toml").read_text(encoding="utf-8"))
    named = [country for countries in table["groups"].values() for country in countries]
    assert len(named) == len(set(named)) > 100
    for country in (*named, *table["native"], "XX"):
        for street in ("Street", "丸の内"):
            address = PaperAddress("Name", (street,), "City", "Region", "12345", country)
            text = " ".join(line.text for line in address_lines(address, "en"))
            for part in ("Name", street, "City", "Region", "12345"):
                assert part in text, (country, part)


def test_a_stored_address_goes_onto_paper_without_its_phone() -> None:
    stored = Address("Ana", "Acme", "1 Mill Lane", "Flat 2", "Leeds", "", "LS1", "GB", "+44 1")
    assert PaperAddress.of(stored) == PaperAddress(
        "Ana", ("Acme", "1 Mill Lane", "Flat 2"), "Leeds", "", "LS1", "GB"
    )


def test_an_empty_address_stays_empty() -> None:
    assert PaperAddress.of(Address()) == PaperAddress("")
