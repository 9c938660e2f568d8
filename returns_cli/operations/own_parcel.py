"""The return behind an SSCC that the shop itself gave: its serial number is the return's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.domain.check_digits import serial_of_sscc
from returns_cli.domain.shop import ShopConfig

if TYPE_CHECKING:
    from returns_cli.store.connection import Store


def rma_of_parcel(config: ShopConfig, store: Store, text: str) -> str | None:
    """The number of the return whose label bears this SSCC; None for any other text.

    Ask for known tracking numbers first: an SSCC may have been given to another parcel before.

    Args:
        store: inside a transaction.
        text: as typed or scanned: 18 digits, or 20 with the application identifier 00.
    """
    prefix = config.paper.get("gs1_prefix", "")
    digits = "".join(one for one in text if one.isascii() and one.isdigit())
    serial = serial_of_sscc(prefix, digits) if prefix else None
    if serial is None:
        return None
    from returns_cli.store.returns import load_returns

    return next((one.rma for one in load_returns(store, [serial])), None)
