"""What must always hold of return numbers, whatever a hand or a scanner makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.rma import ALPHABET, nearby_rmas, new_rma, read_rma

NUMBERS = st.builds(
    lambda salt, key: new_rma(salt, key, lambda _: False), st.binary(min_size=1), st.text()
)
SEPARATORS = st.sampled_from(["", "-", " ", "_", "/", "\u2013", "ß", ")", "\t"])


@given(NUMBERS, st.lists(SEPARATORS, min_size=10, max_size=10), st.booleans(), st.booleans())
def test_a_number_survives_any_separators_and_case(
    rma: str, gaps: list[str], is_small: bool, is_bare: bool
) -> None:
    body = rma.removeprefix("RMA-") if is_bare else rma.replace("-", "")
    typed = "".join(sign + gap for sign, gap in zip(body, gaps, strict=False))

    assert read_rma(typed.lower() if is_small else typed) == rma


@given(NUMBERS, st.data())
def test_one_slip_is_refused_and_the_number_is_found_again(rma: str, data: st.DataObject) -> None:
    body = rma.removeprefix("RMA-")
    place = data.draw(st.integers(0, 6))
    other = data.draw(st.sampled_from(ALPHABET.replace(body[place], "")))
    slips = [
        body[:place] + other + body[place + 1 :],
        body[:place] + body[place + 1 :],
        body[:place] + other + body[place:],
    ]
    if place < 6 and body[place] != body[place + 1]:
        slips.append(body[:place] + body[place + 1] + body[place] + body[place + 2 :])
    for slip in slips:
        with pytest.raises(ValueError, match=r"mistyped|not a return number"):
            read_rma("RMA-" + slip)
        assert rma in nearby_rmas("RMA-" + slip)


@given(st.text(max_size=30) | st.text(ALPHABET + "rma-", max_size=14))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    try:
        rma = read_rma(text)
    except ValueError:
        assert all(read_rma(one) == one for one in nearby_rmas(text))
    else:
        assert read_rma(rma) == rma
