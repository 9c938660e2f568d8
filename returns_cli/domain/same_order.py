"""An order that stands in a file as it was last read, with the figures it adds to an import's."""

from typing import NamedTuple


class SameOrder(NamedTuple):
    """What the store says of an order whose rows are those it was last read from.

    Attributes:
        order_pk: its row number in the store.
        order_id: the shop's own number.
        rows: its lines, which are the rows of the file.
        units: of all its lines.
        currency: ISO 4217.
        total_minor, refunded_minor: as the file states them.
    """

    order_pk: int
    order_id: str
    rows: int
    units: int
    currency: str
    total_minor: int
    refunded_minor: int
