"""Size charts: which products run small or large, beyond what chance would make of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain.reported_reasons import ProductReason
from returns_cli.insight.statistics import false_discovery, outweighs

SMALL, LARGE = "too_small", "too_large"
_DOUBT = 0.05
_LEAST = 10  # lines, to say that a product is true to its size
# What names the variant of a product, as shop systems write titles: "Linen Dress - Plum / 12".
_VARIANT = " - "


class Fit(NamedTuple):
    """How a product, or one of its variants, fits.

    Attributes:
        name: the SKU of a variant; of a product its title without the variant.
        title: of a variant; empty of a product.
        too_small, too_large: lines that were asked back for it.
        chance: that even odds would make it at least so lopsided, corrected for all looked at.
        runs: ``small`` or ``large``; where chance explains it ``true_to_size``, or ``unclear`` of
            few lines.
    """

    name: str
    title: str
    too_small: int
    too_large: int
    chance: float
    runs: str


def product_of(title: str) -> str:
    """The product that a title names: what stands before its variant.

    >>> product_of("Linen Dress - Plum / 12"), product_of("Speckled Mug")
    ('Linen Dress', 'Speckled Mug')
    """
    return title.rpartition(_VARIANT)[0].strip() or title


def fits_of_variants(asked: Iterable[ProductReason]) -> list[Fit]:
    """How each SKU fits, the surest first."""
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in asked:
        _count(counts[one.sku, one.title], one)
    return _judged({key: pair for key, pair in counts.items() if any(pair)})


def fits_of_products(asked: Iterable[ProductReason]) -> list[Fit]:
    """How products fit that were asked back in several variants, the surest first."""
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    variants: defaultdict[str, set[str]] = defaultdict(set)
    for one in asked:
        name = product_of(one.title)
        variants[name].add(one.sku)
        _count(counts[name, ""], one)
    several = {key: pair for key, pair in counts.items() if len(variants[key[0]]) > 1 and any(pair)}
    return _judged(several)


def _count(pair: list[int], one: ProductReason) -> None:
    if one.reason in (SMALL, LARGE):
        pair[one.reason == LARGE] += one.lines


def _judged(counts: Mapping[tuple[str, str], Sequence[int]]) -> list[Fit]:
    chances = [min(1.0, 2 * outweighs(max(pair), min(pair))) for pair in counts.values()]
    fits = [
        Fit(name, title, small, large, chance, _runs(small, large, chance))
        for ((name, title), (small, large)), chance in zip(
            counts.items(), false_discovery(chances), strict=True
        )
    ]
    return sorted(fits, key=lambda one: (one.chance, -one.too_small - one.too_large, one.name))


def _runs(small: int, large: int, chance: float) -> str:
    if chance < _DOUBT:
        return "small" if small > large else "large"
    return "true_to_size" if small + large >= _LEAST else "unclear"
