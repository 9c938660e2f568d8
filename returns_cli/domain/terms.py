"""Reading the settings of a stored decision: typed values out of the policy's own text.

A decision lists every leaf of the terms that held for a line, as the policy writes it. What a
quote needs is read from there and from nowhere else, so a stored decision stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from returns_cli.domain import money
from returns_cli.domain.model import Setting
from returns_cli.domain.remembered import Remembered

Settings = Mapping[str, Setting]

_PERCENT = r"(?a)(\d{1,3})(?:\.(\d{1,2}))?\s?%"


class Fee(NamedTuple):
    """A fee or share: hundredths of a percent, or an amount in minor units; one of them is 0."""

    basis_points: int = 0
    amount_minor: int = 0

    def of(self, value_minor: int, units: int) -> int:
        """The fee on goods of a value: a percentage of it, or the amount once per unit."""
        return money.percent_of(value_minor, self.basis_points) + self.amount_minor * units


def by_name(settings: Iterable[Setting]) -> Settings:
    """Settings of one line by their dotted names."""
    return _of_tuple(settings) if isinstance(settings, tuple) else _named(settings)


def _named(settings: Iterable[Setting]) -> Settings:
    return {setting.name: setting for setting in settings}


_of_tuple: Remembered[tuple[Setting, ...], Settings] = Remembered(_named)


def read_percent(text: str) -> int:
    """Hundredths of a percent of ``"10%"`` or ``"12.5 %"``.

    Raises:
        ValueError: not a percentage with at most two decimals.

    >>> read_percent("10%"), read_percent("12.5 %"), read_percent("100%")
    (1000, 1250, 10000)
    """
    match = re.fullmatch(_PERCENT, text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a percentage")
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))


def read_money(text: str, currency: str) -> int:
    """Minor units of ``"6.95"`` or ``"6.95 USD"``.

    Raises:
        ValueError: not an amount of that currency, or below zero.

    >>> read_money("6.95", "USD"), read_money("7 USD", "USD"), read_money("500", "JPY")
    (695, 700, 500)
    """
    amount, _, code = text.strip().partition(" ")
    if code and code.strip() != currency:
        raise ValueError(f"{text!r} is not in {currency}")
    if amount.startswith("-"):
        raise ValueError(f"{text!r} is below zero")
    return money.parse_amount(amount, currency)


@lru_cache(1024)
def read_fee(text: str, currency: str) -> Fee:
    """A fee as a policy writes it: a percentage or an amount.

    Raises:
        ValueError: neither.
    """
    if text.rstrip().endswith("%"):
        return Fee(basis_points=read_percent(text))
    return Fee(amount_minor=read_money(text, currency))


def word(settings: Settings, name: str, default: str = "") -> str:
    """A setting's single value, or ``default`` where the policy has none."""
    setting = settings.get(name)
    return setting.value if setting and isinstance(setting.value, str) else default


def words(settings: Settings, name: str) -> tuple[str, ...]:
    """A setting's list; a single value counts as a list of one."""
    setting = settings.get(name)
    if setting is None:
        return ()
    return (setting.value,) if isinstance(setting.value, str) else setting.value


def whole(settings: Settings, name: str) -> int | None:
    """A setting's whole number, None where the policy has none or says ``none``."""
    text = word(settings, name)
    return int(text) if text.isascii() and text.isdigit() else None


def fee(settings: Settings, name: str, currency: str) -> Fee:
    """A fee setting, zero where the policy has none."""
    text = word(settings, name, "0")
    return read_fee(text, currency)


def is_on(settings: Settings, name: str) -> bool:
    """Whether a yes-or-no setting is on."""
    return word(settings, name).casefold() in ("true", "yes")
