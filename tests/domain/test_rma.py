"""Return numbers. The expected check symbols were worked out long-hand: the weights x⁶ … x¹ over
GF(32) are 10, 5, 16, 8, 4, 2, products are carry-less and reduced by x⁵ + x² + 1 (37); the digests
are openssl's."""

from __future__ import annotations

import re
from itertools import permutations, product

import pytest

from returns_cli.domain.rma import (
    ALPHABET,
    check_symbol,
    link_token,
    nearby_rmas,
    new_rma,
    read_rma,
)

VALID = ["RMA-0000012", "RMA-R2NPM57", "RMA-1234568", "RMA-7F3K2QZ", "RMA-RMA7F3P"]


def never(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("payload", "symbol"),
    [
        pytest.param("000000", "0", id="zero"),
        pytest.param("000001", "2", id="1 times 2"),
        pytest.param("00000Z", "V", id="31 times 2 is 62, less 37 carry-less is 27"),
        pytest.param("100000", "A", id="1 times 10"),
        pytest.param("123456", "8"),
        pytest.param("7F3K2Q", "Z"),
        pytest.param("RMA7F3", "P", id="one that begins with RMA"),
    ],
)
def test_the_check_symbol_is_the_weighted_sum(payload: str, symbol: str) -> None:
    assert check_symbol(payload) == symbol


def test_every_single_wrong_symbol_and_every_swap_of_neighbours_shows() -> None:
    # The sum is linear: if no single difference and no difference of neighbours vanishes against
    # the word of zeros, none does against any other word.
    for place, symbol in product(range(7), ALPHABET[1:]):
        with pytest.raises(ValueError, match="mistyped"):
            read_rma("0" * place + symbol + "0" * (6 - place))
    for place, difference in product(range(6), ALPHABET[1:]):
        with pytest.raises(ValueError, match="mistyped"):
            read_rma("0" * place + 2 * difference + "0" * (5 - place))


@pytest.mark.parametrize("rma", VALID)
def test_no_slip_of_a_number_is_another_number(rma: str) -> None:
    body = rma.removeprefix("RMA-")
    for place, symbol in product(range(7), ALPHABET):
        if symbol != body[place]:
            with pytest.raises(ValueError, match="mistyped"):
                read_rma(body[:place] + symbol + body[place + 1 :])
    for i in range(6):
        if body[i] != body[i + 1]:
            with pytest.raises(ValueError, match="mistyped"):
                read_rma(body[:i] + body[i + 1] + body[i] + body[i + 2 :])


@pytest.mark.parametrize(
    ("key", "taken", "rma"),
    [
        pytest.param("web-1", [], "RMA-R2NPM57", id="2a01fa57 4b4b5458: low five bits first"),
        pytest.param("web-1", ["RMA-R2NPM57"], "RMA-GZ9DYKA", id="taken: a counter is hashed in"),
    ],
)
def test_the_same_salt_and_key_always_give_the_same_number(
    key: str, taken: list[str], rma: str
) -> None:
    assert new_rma(b"salt", key, taken.__contains__) == rma
    assert read_rma(rma) == rma


def test_a_number_is_found_after_any_run_of_collisions() -> None:
    taken = {new_rma(b"salt", "web-1", never)}
    for _ in range(3):
        taken.add(new_rma(b"salt", "web-1", taken.__contains__))

    assert len(taken) == 4


def test_another_salt_or_key_gives_another_number() -> None:
    numbers = {new_rma(salt, key, never) for salt in (b"a", b"b") for key in ("1", "2", "ß", "")}

    assert len(numbers) == 8


def test_the_token_of_a_link_hangs_on_salt_and_number() -> None:
    assert link_token(b"salt", "RMA-0000012") == "7FT4PVHT"  # … 776269e7, low five bits first
    assert link_token(b"other", "RMA-0000012") != "7FT4PVHT"
    assert link_token(b"salt", "RMA-1234568") != "7FT4PVHT"


@pytest.mark.parametrize(
    ("typed", "rma"),
    [
        pytest.param("RMA-0000012", "RMA-0000012", id="as printed"),
        pytest.param("rma-0000012", "RMA-0000012", id="small letters"),
        pytest.param("0000012", "RMA-0000012", id="without the prefix"),
        pytest.param("RMA0000012", "RMA-0000012", id="no separator"),
        pytest.param("  RMA 000 0012\r\n", "RMA-0000012", id="spaces and a scanner's line end"),
        pytest.param("RMA_000.0012", "RMA-0000012", id="other separators"),
        pytest.param("*RMA/0000012*", "RMA-0000012", id="a Code 39 reader's stars"),
        pytest.param("RMA\u20130000012", "RMA-0000012", id="a dash from a letter"),
        pytest.param("RMA\u22120000012", "RMA-0000012", id="a minus sign"),
        pytest.param("RMA\u00a00000012", "RMA-0000012", id="a no-break space"),
        pytest.param("RMA\t0000012", "RMA-0000012", id="a tab"),
        pytest.param("RMAß0000012", "RMA-0000012", id="the hyphen of a German keyboard"),
        pytest.param("RMA'0000012", "RMA-0000012", id="the hyphen of an Italian keyboard"),
        pytest.param("RMA)0000012", "RMA-0000012", id="the hyphen of a French keyboard"),
        pytest.param("rma ooo-ool 2", "RMA-0000012", id="o for 0, l for 1"),
        pytest.param("OOOOOI2", "RMA-0000012", id="O for 0, I for 1"),
        pytest.param("RMA7F3P", "RMA-RMA7F3P", id="a bare body that begins with RMA"),
        pytest.param("RMA-RMA7F3P", "RMA-RMA7F3P", id="the same with its prefix"),
        pytest.param("rmarma7f3p", "RMA-RMA7F3P", id="and without separator"),
        pytest.param("\u202eRMA-0000012\u202c", "RMA-0000012", id="hidden direction marks"),
    ],
)
def test_a_number_is_read_however_it_was_typed(typed: str, rma: str) -> None:
    assert read_rma(typed) == rma


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("", "not a return number", id="nothing"),
        pytest.param("RMA-", "not a return number", id="the prefix alone"),
        pytest.param("RMA-000001", "not a return number", id="one symbol short"),
        pytest.param("RMA-00000122", "not a return number", id="one symbol too many"),
        pytest.param("RMA-RMA-0000012", "not a return number", id="the prefix twice"),
        pytest.param("RMU-0000012", "not a return number", id="another prefix"),
        pytest.param("RMA-000001U", "not a return number", id="U is no symbol"),
        pytest.param(
            "RMA-000001\uff12", "not a return number", id="a full-width digit is no symbol"
        ),
        pytest.param("\u0420\u041c\u0410-0000013", "mistyped", id="Cyrillic look-alikes, wrong"),
        pytest.param("RMA-0000013", "mistyped", id="a wrong check symbol"),
        pytest.param("#1042", "not a return number", id="an order"),
        pytest.param("' OR 1=1 --", "not a return number", id="an attack"),
    ],
)
def test_what_is_no_number_is_refused(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(typed)) + " is " + said):
        read_rma(typed)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("RMA-R2NPM75", id="two swapped"),
        pytest.param("RMA-R2NPN57", id="one wrong"),
        pytest.param("RMA-R2NPM5U", id="one that is no symbol"),
        pytest.param("RMA-R2NP57", id="one missing"),
        pytest.param("R2NPM5", id="the last one missing, bare"),
        pytest.param("RMA-RR2NPM57", id="one doubled"),
        pytest.param("R2NPM577", id="the last one doubled, bare"),
    ],
)
def test_the_number_that_was_meant_is_among_those_nearby(typed: str) -> None:
    nearby = nearby_rmas(typed)

    assert "RMA-R2NPM57" in nearby
    assert nearby == [read_rma(one) for one in nearby]  # each is valid
    assert len(nearby) == len(set(nearby)) < 20


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("hello", id="too short"),
        pytest.param("a whole sentence", id="too long"),
        pytest.param("RMA-UUUUUUU", id="all wrong"),
        pytest.param("RMA-UU00012", id="two that are no symbols"),
    ],
)
def test_nothing_is_near_to_what_is_no_number(typed: str) -> None:
    assert nearby_rmas(typed) == []


def test_a_right_number_is_not_its_own_neighbour() -> None:
    assert "RMA-0000012" not in nearby_rmas("RMA-0000012")


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_swapping_any_two_symbols_shows_too() -> None:
    for order in permutations(range(7), 2):
        body = list("R2NPM57")
        i, j = order
        body[i], body[j] = body[j], body[i]
        with pytest.raises(ValueError, match="mistyped"):
            read_rma("".join(body))
