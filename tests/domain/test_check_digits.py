from __future__ import annotations

import pytest

from returns_cli.domain.check_digits import (
    gs1_check_digit,
    is_gtin,
    is_s10,
    is_sscc,
    looks_like_s10,
    serial_of_sscc,
    shop_sscc,
)


@pytest.mark.parametrize(
    ("number", "is_valid"),
    [
        # 6·1 2·3 9·1 1·3 0·1 4·3 1·1 5·3 0·1 0·3 2·1 1·3 = 57, so 3 (GS1's own example)
        pytest.param("6291041500213", True, id="GTIN-13 of the specification"),
        pytest.param("036000291452", True, id="GTIN-12"),
        pytest.param("96385074", True, id="GTIN-8"),
        pytest.param("10614141000415", True, id="GTIN-14"),
        pytest.param("6291041500231", False, id="two digits swapped"),
        pytest.param("629104150021", False, id="twelve digits that do not fit"),
        pytest.param("62910415002", False, id="eleven digits"),
        pytest.param("629104150021٣", False, id="a digit of another script"),
        pytest.param("629104150021X", False, id="a letter"),
    ],
)
def test_a_gtin_is_held_to_its_check_digit(number: str, is_valid: bool) -> None:
    assert is_gtin(number) is is_valid


def test_an_sscc_is_held_to_its_check_digit() -> None:
    # GS1's example: 3·(9+7+5+3+1+4+4+6+1) + (8+6+4+2+1+1+1+0) = 120 + 23 = 143, so 7
    assert gs1_check_digit("10614141123456789") == "7"
    assert is_sscc("106141411234567897")
    assert not is_sscc("106141411234567890")
    assert not is_sscc("10614141123456789")


@pytest.mark.parametrize(
    ("number", "is_valid"),
    [
        # 4·8 7·6 3·4 1·2 2·3 4·5 8·9 2·7 = 200; 200 mod 11 = 2; 11 - 2 = 9
        pytest.param("RR473124829GB", True, id="the UPU's example"),
        pytest.param("RR473124828GB", False, id="another check digit"),
        # 0·8 0·6 0·4 0·2 0·3 0·5 0·9 1·7 = 7; 11 - 7 = 4
        pytest.param("EE000000014DE", True, id="one"),
        # all zeros: 11 - 0 = 11, which counts as 5
        pytest.param("EE000000005DE", True, id="eleven is five"),
        # 0 … 6·2 = 12; 12 mod 11 = 1; 11 - 1 = 10, which counts as 0
        pytest.param("EE000600000DE", True, id="ten is nought"),
        pytest.param("E0000600000DE", False, id="no postal number"),
    ],
)
def test_a_postal_number_is_held_to_its_check_digit(number: str, is_valid: bool) -> None:
    assert is_s10(number) is is_valid


def test_what_looks_like_a_postal_number_may_still_be_mistyped() -> None:
    assert looks_like_s10("RR473124828GB")
    assert not looks_like_s10("rr473124829gb")


# 0 0614141 000000042: 3·(0+6+4+4+0+0+0+0+2) = 48, 0+1+1+1+0+0+0+4 = 7; 48 + 7 = 55, so 5
SSCC_42 = "006141410000000425"


def test_a_shop_numbers_its_own_parcels_behind_its_prefix() -> None:
    assert shop_sscc("0614141", 42) == SSCC_42
    assert serial_of_sscc("0614141", SSCC_42) == 42
    assert serial_of_sscc("0614141", f"00{SSCC_42}") == 42
    assert (
        shop_sscc("0614141999", 9_999_999)[:11] == "90614141999"
    )  # the extension digit counts too
    assert is_sscc(shop_sscc("061414", 1))


@pytest.mark.parametrize("text", ["", SSCC_42[:-1], f"01{SSCC_42}", "106141411234567890", "RMA"])
def test_another_text_is_no_number_of_the_shop(text: str) -> None:
    assert serial_of_sscc("0614141", text) is None


def test_a_parcel_of_somebody_else_is_not_the_shops() -> None:
    assert serial_of_sscc("0614142", SSCC_42) is None


@pytest.mark.parametrize("serial", [0, -1, 10_000_000])
def test_a_number_that_the_prefix_does_not_have_is_refused(serial: int) -> None:
    with pytest.raises(ValueError, match="has no number"):
        shop_sscc("0614141999", serial)
