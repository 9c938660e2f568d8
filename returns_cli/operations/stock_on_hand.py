"""What the shop's stock file says of goods that are to be sent instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from returns_cli.domain.errors import InvalidError
from returns_cli.operations.shop import Shop


def units_on_hand(shop: Shop, sku: str) -> int | None:
    """Units of a SKU in ``stock_file`` of shop.yaml, over all places; None without such a file.

    Raises:
        InvalidError: the file cannot be read, or is no stock file (``E-STOCK-FILE``).
    """
    if not shop.config.stock_file:
        return None
    return _stock(shop.folder / shop.config.stock_file).get(sku, 0)


def check_stock(
    shop: Shop, sku: str, units: int, confirm: Callable[[str], None] | None = None
) -> None:
    """Say that goods are not there, or with ``confirm`` ask whether to go on.

    Raises:
        DeclinedError: see ``confirm``.
    """
    found = units_on_hand(shop, sku)
    if found is None or found >= units:
        return
    said = f"{shop.config.stock_file} has {found} of {sku}, {units} are wanted"
    if confirm is None:
        shop.notes.append(f"{said}.")
    else:
        confirm(f"Send it: {said}")


def _stock(path: Path) -> dict[str, int]:
    from returns_cli.intake.stock_file import read_stock

    try:
        return read_stock(path.read_bytes(), path.name)
    except OSError as error:
        raise InvalidError(
            "E-STOCK-FILE",
            f"{path.name} cannot be read: {error.strerror}.",
            where=str(path),
            hint="Put the file there, or take `stock_file` out of shop.yaml.",
        ) from error
