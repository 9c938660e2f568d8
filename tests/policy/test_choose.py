from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.policy.choose import choose_policy
from returns_cli.policy.language import Policy
from tests.policy.made import NEW_YORK, ORDER, policy_of


def named(name: str, extra: str = "", currency: str = "USD") -> Policy:
    return policy_of(head=f"policy: {name}\ntitle: {name}\ncurrency: {currency}\n{extra}")


PLAIN = named("plain")
US = named("us", "applies_to: {countries: [US]}\n")
NORTH = named("north", "applies_to: {countries: [US, CA]}\n")
WEB = named("web", "applies_to: {channels: [Web]}\n")
US_WEB = named("us-web", "applies_to: {countries: [US], channels: [web]}\n")
VIP = named("vip", "applies_to: {countries: [US], channels: [web], customer_tags: [VIP]}\n")
EURO = named("euro", currency="EUR")
MARCH = named("march", "effective: {from: 2026-03-01, until: 2026-03-31}\n")


@pytest.mark.parametrize(
    ("policies", "tags", "chosen"),
    [
        pytest.param((), (), None, id="no policy at all"),
        pytest.param((PLAIN,), (), PLAIN, id="the one that fits every order"),
        pytest.param((EURO,), (), None, id="another currency"),
        pytest.param((EURO, PLAIN), (), PLAIN, id="the one of the order's currency"),
        pytest.param((PLAIN, US), (), US, id="a country is narrower than none"),
        pytest.param((NORTH, US), (), US, id="one country is narrower than two"),
        pytest.param((US, US_WEB), (), US_WEB, id="two keys are narrower than one"),
        pytest.param((US_WEB, VIP), ("vip",), VIP, id="three keys, tags in any case"),
        pytest.param((US_WEB, VIP), (), US_WEB, id="the customer has no such tag"),
        pytest.param((PLAIN, WEB), (), WEB, id="channels in any case"),
        pytest.param((MARCH,), (), MARCH, id="placed in its period"),
    ],
)
def test_the_narrowest_policy_that_fits_is_chosen(
    policies: tuple[Policy, ...], tags: tuple[str, ...], chosen: Policy | None
) -> None:
    assert choose_policy(policies, ORDER, tags, NEW_YORK) is chosen
    assert choose_policy(policies[::-1], ORDER, tags, NEW_YORK) is chosen


@pytest.mark.parametrize(
    ("country", "channel", "chosen"),
    [("CA", "web", None), ("", "web", None), ("us", "web", US_WEB), ("US", "shop", None)],
)
def test_every_key_must_fit(country: str, channel: str, chosen: Policy | None) -> None:
    order = ORDER._replace(country=country, channel=channel)

    assert choose_policy((US_WEB,), order, (), NEW_YORK) is chosen


@pytest.mark.parametrize(
    ("placed", "zone", "fits"),
    [
        ("2026-02-28T23:59:59-05:00", "America/New_York", False),
        ("2026-03-01T00:00:00-05:00", "America/New_York", True),
        ("2026-03-31T23:59:59-04:00", "America/New_York", True),
        ("2026-04-01T00:00:00-04:00", "America/New_York", False),
        ("2026-03-31T23:59:59-04:00", "Asia/Tokyo", False),
        ("2026-02-28T15:00:00+00:00", "Asia/Tokyo", True),
        ("2026-02-28T10:00:00+00:00", "Pacific/Kiritimati", True),
        ("2026-04-01T10:59:59+00:00", "Pacific/Niue", True),
        ("2026-03-01", "Pacific/Niue", True),
    ],
)
def test_the_period_is_in_days_of_the_shop(placed: str, zone: str, fits: bool) -> None:
    order = ORDER._replace(placed_at=placed)

    assert (choose_policy((MARCH,), order, (), ZoneInfo(zone)) is MARCH) is fits


def test_two_that_fit_equally_well_are_refused() -> None:
    with pytest.raises(InvalidError) as caught:
        choose_policy((US, WEB), ORDER, (), NEW_YORK)

    assert caught.value.code == "E-POLICY-OVERLAP"
    assert "us" in caught.value.message
    assert "web" in caught.value.message


def test_two_that_are_equally_narrow_do_no_harm_under_a_narrower_one() -> None:
    assert choose_policy((US, WEB, US_WEB), ORDER, (), NEW_YORK) is US_WEB
