"""Integer minor units of an ISO 4217 currency, and the only arithmetic done on them.

Rounding is half away from zero, in integers, everywhere. No float and no Decimal appears here.
"""

from __future__ import annotations

from collections.abc import Sequence

# ISO 4217 minor digits; every code not listed has 2. Checked against CLDR in the tests.
_EXPONENTS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}

_MOST_DIGITS = 15  # of one amount in minor units; a sum of 9,000 such still fits a 64-bit integer

CURRENCIES = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN "
    "BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN "
    "ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD "
    "JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT "
    "MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG "
    "QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF "
    "XPF YER ZAR ZMW ZWG".split()
)


def exponent(currency: str) -> int:
    """Number of decimals of a currency (ISO 4217).

    >>> exponent("USD"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    return _EXPONENTS.get(currency, 2)


def round_half_away(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` rounded half away from zero; the denominator is positive.

    >>> round_half_away(5, 2), round_half_away(-5, 2), round_half_away(4, 3)
    (3, -3, 1)
    """
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def percent_of(amount_minor: int, basis_points: int) -> int:
    """A share of an amount; ``basis_points`` are hundredths of a percent (10% = 1000).

    >>> percent_of(2995, 1000)
    300
    """
    return round_half_away(amount_minor * basis_points, 10_000)


def allocate(total_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share a total by weight so that the shares sum to it exactly.

    Largest remainder; equal remainders go to the lower position. Where all weights are zero the
    shares are equal. A negative total is shared as its positive and negated.

    Args:
        total_minor: the amount to share, minor units.
        weights: one non-negative weight per share.

    Raises:
        ValueError: no weight at all: there is nobody to give the total to.

    >>> allocate(100, [1, 1, 1])
    (34, 33, 33)
    >>> allocate(-5, [3, 1])
    (-4, -1)
    """
    if not weights:
        raise ValueError("no share to allocate to")
    weight_sum = sum(weights)
    if weight_sum == 0:
        weights, weight_sum = [1] * len(weights), len(weights)
    magnitude = abs(total_minor)
    shares = [magnitude * weight // weight_sum for weight in weights]
    left = magnitude - sum(shares)
    if left:
        remainders = [magnitude * weight % weight_sum for weight in weights]
        if left == 1:
            shares[remainders.index(max(remainders))] += 1
        else:
            by_remainder = sorted(range(len(shares)), key=remainders.__getitem__, reverse=True)
            for i in by_remainder[:left]:
                shares[i] += 1
    return tuple(shares) if total_minor >= 0 else tuple(-share for share in shares)


def share_of_rest(
    total_minor: int, given_minor: int, units: int, units_total: int, units_given: int
) -> int:
    """What ``units`` more of a line take of one frozen component: ``round((T − a)·q / (Q − r))``.

    Partial refunds in any order sum to exactly ``total_minor`` once all units are given.

    Args:
        total_minor: T, the component for the whole line.
        given_minor: a, already given.
        units: q, units asked for now; 0 gives 0.
        units_total: Q, units of the line.
        units_given: r, units already given.

    >>> share_of_rest(1000, 0, 1, 3, 0), share_of_rest(1000, 333, 1, 3, 1)
    (333, 334)
    """
    if units == 0:
        return 0
    return round_half_away((total_minor - given_minor) * units, units_total - units_given)


def format_amount(amount_minor: int, currency: str) -> str:
    """An amount as the decimal string of the JSON contract: ASCII, dot, the currency's decimals.

    >>> format_amount(14973, "USD"), format_amount(-5, "USD"), format_amount(6010, "JPY")
    ('149.73', '-0.05', '6010')
    """
    digits = exponent(currency)
    sign = "-" if amount_minor < 0 else ""
    text = str(abs(amount_minor)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else sign + text


def parse_amount(text: str, currency: str) -> int:
    """The minor units of a canonical amount: an integer, or exactly the currency's decimals.

    This is the strict form of policies, options and JSON; cells of exports have a reader of
    their own in ``intake``.

    Raises:
        ValueError: anything else (``6.9`` USD, ``1_000``, ``１２``, ``NaN``), and more than 15
            digits, decimals counted.

    >>> parse_amount("6.95", "USD"), parse_amount("7", "USD"), parse_amount("16.963", "KWD")
    (695, 700, 16963)
    """
    body = text[1:] if text.startswith("-") else text
    whole, dot, decimals = body.partition(".")
    digits = exponent(currency)
    well_formed = (
        whole.isascii()
        and whole.isdigit()
        and len(whole) + digits <= _MOST_DIGITS
        and (not dot or (decimals.isascii() and decimals.isdigit() and len(decimals) == digits))
    )
    if not well_formed:
        raise ValueError(f"{text!r} is not an amount of {currency}")
    minor: int = int(whole) * 10**digits + int(decimals or 0)
    return -minor if text.startswith("-") else minor
