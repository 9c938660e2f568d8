from __future__ import annotations

from returns_cli.domain.bookkeeping.entries import account_name, first_days
from tests.domain.bookkeeping.books import ENTRIES


def test_an_account_is_opened_on_the_first_day_of_any_entry_with_all_its_currencies() -> None:
    assert first_days(ENTRIES, {"payable": "Liabilities:Owed"}) == {
        "Assets:Refunds-Paid:Original-Payment": ("2026-03-20", ("JPY",)),
        "Liabilities:Store-Credit": ("2026-03-25", ("KWD",)),
        "Income:Returns:Items": ("2026-03-24", ("USD",)),
        "Income:Returns:Restocking-Fee": ("2026-03-24", ("USD",)),
        "Liabilities:Owed:Original-Payment": ("2026-03-20", ("JPY", "USD")),
        "Liabilities:Owed:Store-Credit": ("2026-03-25", ("KWD",)),
    }


def test_an_account_without_a_usable_word_still_has_a_name() -> None:
    assert account_name("odd:…", {}) == "Equity:Odd:Other"
