"""However an order comes back, what promotions take is exact, and all of it pays what was paid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.quote import quote_return
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.vocabulary import TaxStyle
from tests.domain.test_clawback import sold
from tests.domain.worked import order, quoted

LINES = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 20_000), st.integers(0, 40)), min_size=1, max_size=4
)


@given(LINES, st.integers(0, 90_000), st.randoms(use_true_random=False))
def test_returns_in_any_order_end_at_what_was_paid(
    drawn: list[tuple[int, int, int]], below: int, random: object
) -> None:
    lines = [
        sold(n, quantity, each, quantity * each * percent // 100)
        for n, (quantity, each, percent) in enumerate(drawn, 1)
    ]
    shop = order(*lines, style=TaxStyle.NONE)
    terms = {"clawback.discount_below": f"{below // 100}.{below % 100:02d}"}
    units = [one for one in lines for _ in range(one.quantity)]
    random.shuffle(units)  # type: ignore[attr-defined]  # hypothesis' own random
    taken: dict[tuple[str, int], Consumption] = {}
    clawed: dict[str, int] = {}
    paid = 0
    for number, one in enumerate(units):
        rma = f"RMA-{number}"
        whole: dict[int, Consumption] = {}
        for (_, line), share in taken.items():
            before = whole.get(line, Consumption())
            whole[line] = Consumption(
                before.units + share.units, before.items_minor + share.items_minor
            )
        ledger = OrderLedger(whole, taken, paid, 0, {}, clawed_back=clawed)
        allowed = shop.total_minor - paid
        quote = quote_return(shop, rma, [quoted(one, 1, terms)], ledger, allowed)
        assert 0 <= quote.total_minor <= allowed
        taken = {**taken, **{(rma, line): share for line, share in quote.takes}}
        parts = [part for part in quote.components if part.kind == "promotion_clawback"]
        clawed = {**clawed, rma: -sum(part.amount_minor for part in parts)}
        paid += quote.total_minor
        kept = {line.line: line.quantity for line in lines}
        for (_, line), share in taken.items():
            kept[line] -= share.units
        left = sum(
            line.order_discount_minor
            - _rounded(line.order_discount_minor * (line.quantity - kept[line.line]), line.quantity)
            for line in lines
        )
        assert sum(clawed.values()) <= left
    assert paid == shop.total_minor
    assert sum(clawed.values()) == 0


def _rounded(product: int, whole: int) -> int:
    """Half away from zero, in integers."""
    return (2 * product + whole) // (2 * whole)
