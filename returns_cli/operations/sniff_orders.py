"""Say what files of orders are, without taking anything from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from returns_cli.domain import money
from returns_cli.operations.import_orders import ImportOptions, reading_options
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import view_problem
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.domain.model import Order, OrderLine
    from returns_cli.intake.mapped.sniffing import Sniffed


def sniff_orders(
    shop: Shop | None, sources: Sequence[Path | BinaryIO], options: ImportOptions
) -> list[Json]:
    """What each file is, its first orders as understood, and a mapping to start from.

    Nothing is written and no store is opened. A file whose format is not known is answered like
    any other: that is what one sniffs for.

    Args:
        shop: whose currency, time zone and tax hold where the file says nothing; None for none.
        sources: paths or binary streams.
        options: as for the import.

    Raises:
        UsageError: an option makes no sense, a path cannot be read.
        InvalidError: a file is empty, no text or in another encoding; the mapping is wrong.
    """
    from returns_cli.intake.mapped.sniffing import sniff_file

    read_with = reading_options(shop, options)
    return [_view(sniff_file(source, read_with)) for source in sources]


def _view(found: Sniffed) -> Json:
    return {
        "file": found.name,
        "format": found.format,
        "what": found.what or None,
        "encoding": found.encoding,
        "delimiter": found.layout.dialect.delimiter,
        "header_line": found.layout.line,
        "decimal": found.decimals[0] if len(found.decimals) == 1 else None,
        "decimal_fits": list(found.decimals),
        "decimal_unclear": found.unclear or None,
        "dates": [
            {
                "column": one.name,
                "style": one.fits[0] if len(one.fits) == 1 else None,
                "fits": list(one.fits),
                "unread": one.unread,
                "sample": one.sample or None,
            }
            for one in found.dates
        ],
        "read": list(found.read),
        "ignored": list(found.ignored),
        "rows": found.rows,
        "guessed": found.is_guess,
        "missing": list(found.missing),
        "orders": [_order(one) for one in found.orders],
        "problems": [view_problem(one) for one in found.problems],
        "more_problems": found.more,
        "mapping": found.mapping or None,
    }


def _order(order: Order) -> Json:
    def amount(minor: int) -> str:
        return money.format_amount(minor, order.currency)

    return {
        "order": order.order_id,
        "channel": order.channel,
        "placed_at": order.placed_at,
        "customer": order.customer_name or order.ship_to.name,
        "currency": order.currency,
        "tax": order.tax_style.value,
        "discount": amount(order.order_discount_minor),
        "shipping": amount(order.shipping_minor),
        "tax_amount": amount(order.tax_minor),
        "total": amount(order.total_minor),
        "refunded": amount(order.refunded_minor),
        "row": order.source_line,
        "lines": [_line(one, order.currency) for one in order.lines],
    }


def _line(line: OrderLine, currency: str) -> Json:
    return {
        "line": line.line,
        "sku": line.sku,
        "title": line.title,
        "quantity": line.quantity,
        "unit_price": money.format_amount(line.unit_price_minor, currency),
        "discount": money.format_amount(line.discount_minor, currency),
        "row": line.source_line,
    }
