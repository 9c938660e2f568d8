from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.credit_code import code_of, read_code
from returns_cli.domain.rma import ALPHABET

CODES = st.binary(min_size=32, max_size=32).map(code_of)


@given(CODES)
def test_a_code_is_read_as_it_is_written_in_any_case_and_grouping(code: str) -> None:
    assert read_code(code) == code
    assert read_code(code.lower().replace("-", " ")) == code
    assert read_code(code[3:].replace("-", "")) == code


@given(CODES, st.integers(3, 19), st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_caught(code: str, place: int, symbol: str) -> None:
    if code[place] in ("-", symbol):
        return
    with pytest.raises(ValueError, match="mistyped"):
        read_code(code[:place] + symbol + code[place + 1 :])


@pytest.mark.parametrize("text", ["", "CR-", "RMA-P7RKGM1", "CR-10000-00000-0000U", "1" * 16])
def test_what_is_no_code_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="not the code"):
        read_code(text)


def test_seventy_bits_of_the_digest_are_used() -> None:
    # each bit that is used changes the code; the others are left over
    codes = {code_of((1 << bit).to_bytes(32, "big")) for bit in range(70)}
    assert len(codes) == 70
