from __future__ import annotations

import pytest

from returns_cli.domain.model import Address, Customer
from returns_cli.operations.paper_language import paper_language
from tests.domain.worked import order

ORDER = order()


@pytest.mark.parametrize(
    ("asked", "own", "country", "is_gift", "speaks"),
    [
        pytest.param("ja", "ro", "RO", False, "ja", id="what was asked for"),
        pytest.param(None, "ro", "JP", False, "ro", id="the customer's own language"),
        pytest.param(None, "de", "JP", False, "ja", id="a language without texts: the country's"),
        pytest.param(None, "", "TW", False, "zh-Hant", id="no language known: the country's"),
        pytest.param(None, "", "DE", False, "en-GB", id="neither has texts: the shop's"),
        pytest.param(None, "", "", False, "en-GB", id="nothing known: the shop's"),
        pytest.param(None, "ro", "JP", True, "ja", id="a gift: who got it, not who paid"),
    ],
)
def test_paper_speaks_to_who_reads_it(
    asked: str | None, own: str, country: str, is_gift: bool, speaks: str
) -> None:
    placed = ORDER._replace(ship_to=Address(country=country), is_gift=is_gift)
    assert paper_language(asked, placed, Customer(language=own), "en-GB") == speaks


def test_a_stranger_is_spoken_to_by_country() -> None:
    placed = ORDER._replace(ship_to=Address(country="RO"))
    assert paper_language(None, placed, None, "en") == "ro"
