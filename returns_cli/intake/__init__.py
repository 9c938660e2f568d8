"""Files in: each source format read into orders, requests and other rows, problems beside them."""

from returns_cli.intake.orders import OrderReading, read_orders
from returns_cli.intake.own.customers import read_customers
from returns_cli.intake.own.inspections import read_dispositions, read_inspections
from returns_cli.intake.own.products import read_products
from returns_cli.intake.own.receipts import read_receipts
from returns_cli.intake.own.requests import read_requests
from returns_cli.intake.problems import ProblemLog
from returns_cli.intake.reading import exit_of
from returns_cli.intake.records import (
    CustomerRow,
    DispositionRow,
    ImportFigures,
    InspectionRow,
    ProductRow,
    ReadOptions,
    ReceiptRow,
    RequestRow,
    RowKey,
    RowPlace,
    SourceFile,
)
from returns_cli.intake.rejects import RejectFile
from returns_cli.intake.row_files import RowReading
from returns_cli.intake.same_rows import Marking, ReadAgain
from returns_cli.intake.sources import file_digest

__all__ = [
    "CustomerRow",
    "DispositionRow",
    "ImportFigures",
    "InspectionRow",
    "Marking",
    "OrderReading",
    "ProblemLog",
    "ProductRow",
    "ReadAgain",
    "ReadOptions",
    "ReceiptRow",
    "RejectFile",
    "RequestRow",
    "RowKey",
    "RowPlace",
    "RowReading",
    "SourceFile",
    "exit_of",
    "file_digest",
    "read_customers",
    "read_dispositions",
    "read_inspections",
    "read_orders",
    "read_products",
    "read_receipts",
    "read_requests",
]
