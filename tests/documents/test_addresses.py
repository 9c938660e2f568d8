from __future__ import annotations

import pytest

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
    assert address_lines(address, "en") == lines


def test_a_stored_address_goes_onto_paper_without_its_phone() -> None:
    stored = Address("Ana", "Acme", "1 Mill Lane", "Flat 2", "Leeds", "", "LS1", "GB", "+44 1")
    assert PaperAddress.of(stored) == PaperAddress(
        "Ana", ("Acme", "1 Mill Lane", "Flat 2"), "Leeds", "", "LS1", "GB"
    )


def test_an_empty_address_stays_empty() -> None:
    assert PaperAddress.of(Address()) == PaperAddress("")
