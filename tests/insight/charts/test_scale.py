import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.insight.charts.scale import Scale, scale_of


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        pytest.param([121], [0, 25, 50, 75, 100, 125], id="counts"),
        pytest.param([0.17], [0, 0.05, 0.1, 0.15, 0.2], id="rates"),
        pytest.param([-112, 1204], [-500, 0, 500, 1000, 1500], id="below zero"),
        pytest.param([0, 0], [0, 0.2, 0.4, 0.6, 0.8, 1], id="nothing"),
        pytest.param([100], [0, 20, 40, 60, 80, 100], id="the highest is round itself"),
    ],
)
def test_an_axis_has_round_figures_around_what_is_drawn(
    values: list[float], ticks: list[float]
) -> None:
    assert scale_of(values, 5).ticks() == pytest.approx(ticks)


def test_what_is_counted_has_whole_figures() -> None:
    assert scale_of([2], 5, whole=True).ticks() == [0, 1, 2]


@given(st.lists(st.floats(-1e12, 1e12), min_size=1))
def test_everything_lies_on_the_axis(values: list[float]) -> None:
    scale = scale_of(values, 5)
    assert all(-1e-6 <= scale.at(value) <= 1 + 1e-6 for value in [0, *values])
    assert 2 <= len(scale.ticks()) <= 9


def test_places_on_an_axis() -> None:
    assert [Scale(-10, 30, 10).at(value) for value in (-10, 0, 30)] == [0, 0.25, 1]
