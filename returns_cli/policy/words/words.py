"""Names, amounts and days of a policy in one language; what a merchant wrote stands as it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from returns_cli.domain.terms import Fee
from returns_cli.messages import Catalogue
from returns_cli.messages.formats import (
    country_name,
    currency_name,
    date_text,
    list_text,
    money_text,
    month_day_text,
    number_text,
    percent_text,
    weight_text,
)
from returns_cli.notation.scalars import PERCENT, MonthDay
from returns_cli.policy.language import Policy
from returns_cli.policy.tables import default_tables


class Words:
    """How one policy is said in one language.

    Attributes:
        texts: the catalogue of the topic ``policy``.
    """

    def __init__(self, policy: Policy, texts: Catalogue) -> None:
        self.policy = policy
        self.texts = texts
        self.locale = texts.locale

    def text(self, key: str, **values: str) -> str:
        """A sentence of the catalogue."""
        return self.texts.text(key, **values)

    def count(self, key: str, n: int, **values: str) -> str:
        """A sentence that counts something."""
        return self.texts.count(key, n, **values)

    def amount(self, minor: int) -> str:
        """An amount of the policy's currency."""
        return money_text(minor, self.policy.currency, self.locale)

    def number(self, number: int) -> str:
        """A whole number."""
        return number_text(number, self.locale)

    def percent(self, basis_points: int) -> str:
        """A percentage given in hundredths of a percent."""
        return percent_text(basis_points, 100, self.locale)

    def share(self, share: int) -> str:
        """A percentage as a fact counts it."""
        return percent_text(share, PERCENT, self.locale)

    def weight(self, grams: int) -> str:
        """A weight."""
        return weight_text(grams, self.locale)

    def fee(self, fee: Fee) -> str:
        """A percentage or an amount."""
        if fee.basis_points:
            return self.percent(fee.basis_points)
        return self.amount(fee.amount_minor)

    def day(self, day: date | MonthDay) -> str:
        """A day, or a day of every year."""
        if isinstance(day, MonthDay):
            return month_day_text(day.month, day.day, self.locale)
        return date_text(day, self.locale, style="long")

    def any_of(self, parts: Iterable[str]) -> str:
        """Several things of which one is meant."""
        return list_text(list(parts), self.locale)

    def all_of(self, parts: Iterable[str]) -> str:
        """Several things that are all meant."""
        return list_text(list(parts), self.locale, style="standard")

    def quoted(self, text: str) -> str:
        """A name that somebody chose."""
        return self.text("quoted", text=text)

    def country(self, code: str) -> str:
        """A country's name."""
        return country_name(code, self.locale)

    def currency(self) -> str:
        """The policy's currency by name and code."""
        code = self.policy.currency
        return self.text("named_currency", name=currency_name(code, self.locale), code=code)

    def choice(self, table: str, word: str) -> str:
        """A word of the language itself: a resolution, a fault, a kind of return."""
        return self.text(f"{table}.{word}")

    def grade(self, code: str) -> str:
        """A grade, in the merchant's words where they are their own."""
        return self._entry("grade", code)

    def disposition(self, code: str) -> str:
        """Where goods go, in the merchant's words where they are their own."""
        return self._entry("disposition", code)

    def reason(self, code: str) -> str:
        """A reason, in the merchant's words where they are their own."""
        return self._entry("reason", code)

    def _entry(self, table: str, code: str) -> str:
        """An entry's text: translated where it is the shipped one, else as it was written."""
        own = getattr(self.policy.tables, f"{table}s").get(code)
        default = getattr(default_tables(), f"{table}s").get(code)
        if own is None:
            return code
        is_shipped = default is not None and own.text == default.text
        return self.text(f"{table}.{code}") if is_shipped else str(own.text)
