from __future__ import annotations

import pytest

from returns_cli.domain.reasons import fault_of, find_reason, reason_index
from returns_cli.domain.shop import Reason, Tables
from returns_cli.domain.vocabulary import Fault

TOO_SMALL = Reason(
    "too_small", "Too small", Fault.CUSTOMER, ("SIZE_TOO_SMALL", "AMZ-PG-APP-TOO-SMALL")
)
DEFECTIVE = Reason("defective", "It does not work", Fault.MERCHANT)
OTHER = Reason("other", "Another reason", Fault.UNKNOWN, ("UNDELIVERABLE_*", "defective"))
INDEX = reason_index(Tables({one.code: one for one in (TOO_SMALL, DEFECTIVE, OTHER)}, {}, {}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("too_small", TOO_SMALL),
        (" Too Small ", TOO_SMALL),
        ("size-too-small", TOO_SMALL),
        ("CR-SIZE_TOO_SMALL", TOO_SMALL),
        ("AMZ-PG-APP-TOO-SMALL", TOO_SMALL),
        ("CR-DEFECTIVE", DEFECTIVE),
        ("UNDELIVERABLE_FAILED_DELIVERY_ATTEMPTS", OTHER),
        ("CR-UNDELIVERABLE_UNKNOWN", OTHER),
        ("itchy", None),
        ("", None),
        ("*", None),
    ],
)
def test_a_reason_is_found_by_any_of_its_names(text: str, reason: Reason | None) -> None:
    assert find_reason(INDEX, text) == reason


def test_a_code_wins_over_an_alias() -> None:
    assert find_reason(INDEX, "defective") == DEFECTIVE


def test_a_reason_nobody_knows_has_the_fault_unknown() -> None:
    assert fault_of(INDEX, "itchy") is Fault.UNKNOWN
    assert fault_of(INDEX, "too small") is Fault.CUSTOMER
