"""Chances worked out by hand: of so many lines for the size, with even odds."""

import pytest

from returns_cli.domain.reported_reasons import ProductReason
from returns_cli.insight.sizes import Fit, fits_of_products, fits_of_variants, product_of


def _asked(sku: str, title: str, small: int, large: int, other: int = 0) -> list[ProductReason]:
    counts = {"too_small": small, "too_large": large, "style": other}
    return [
        ProductReason(sku, title, reason, lines, lines, 0, 0, 0)
        for reason, lines in counts.items()
        if lines
    ]


@pytest.mark.parametrize(
    ("small", "large", "chance", "runs"),
    [
        pytest.param(9, 0, 2 / 512, "small", id="nine of nine"),
        pytest.param(0, 9, 2 / 512, "large", id="the same the other way"),
        pytest.param(8, 2, 112 / 1024, "true_to_size", id="eight of ten is chance"),
        pytest.param(5, 5, 1.0, "true_to_size", id="as many"),
        pytest.param(5, 0, 2 / 32, "unclear", id="five are too few"),
    ],
)
def test_a_variant_runs_small_or_large_beyond_chance(
    small: int, large: int, chance: float, runs: str
) -> None:
    (fit,) = fits_of_variants(_asked("T-M", "Tee - M", small, large, other=7))
    assert fit[:4] == ("T-M", "Tee - M", small, large)
    assert fit.chance == pytest.approx(chance)
    assert fit.runs == runs


def test_the_more_are_looked_at_the_stronger_it_must_be() -> None:
    one = _asked("T-M", "Tee - M", 7, 0)  # 2 of 128
    others = [row for n in range(4) for row in _asked(f"P{n}", f"P{n}", 1, 1)]
    assert fits_of_variants(one)[0].runs == "small"
    fits = fits_of_variants([*one, *others])
    assert fits[0][:1] == ("T-M",)
    assert fits[0].chance == pytest.approx(5 * 2 / 128)
    assert fits[0].runs == "unclear"


def test_variants_are_added_up_to_their_product() -> None:
    asked = [
        *_asked("T-S", "Tee - S", 4, 0),
        *_asked("T-M", "Tee - M", 5, 0),
        *_asked("MUG", "Mug", 0, 0, other=9),
        *_asked("CAP", "Cap", 9, 0),
    ]
    (tee,) = fits_of_products(asked)
    assert tee._replace(chance=0) == Fit("Tee", "", 9, 0, 0, "small")
    assert tee.chance == pytest.approx(2 / 512)


def test_what_never_came_back_for_its_size_has_no_fit() -> None:
    assert fits_of_variants(_asked("MUG", "Mug", 0, 0, other=9)) == []
    assert fits_of_products([]) == []


@pytest.mark.parametrize(
    ("title", "product"),
    [
        ("Tee - Black / M", "Tee"),
        ("Fit - Slim - 32", "Fit - Slim"),
        ("Mug", "Mug"),
        (" - ", " - "),
        ("T-Shirt", "T-Shirt"),
    ],
)
def test_a_title_names_product_and_variant(title: str, product: str) -> None:
    assert product_of(title) == product
