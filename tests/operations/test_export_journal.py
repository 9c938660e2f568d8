"""The journal as a file for the books."""

from __future__ import annotations

from pathlib import Path

import pytest
from beancount import loader

from returns_cli.domain.errors import InvalidError, OutputError, UsageError
from returns_cli.operations.export_journal import ExportRequest, export_journal
from returns_cli.operations.prove_store import journal_balances
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from tests.operations.desk import SETTINGS, inspected, opened, received, rehearsed, small_shop


def paid_shop(folder: Path, settings: str = SETTINGS) -> Shop:
    """A shop that has paid for one mug: 12.50, a tenth for restocking, 6.95 for the parcel."""
    shop = small_shop(folder, settings=settings)
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    inspected(shop, rma, "1=new")
    record_refund(shop, RefundRequest(rma, paid="ch_1"))
    return shop


def test_what_beancount_reads_is_what_the_journal_holds(tmp_path: Path) -> None:
    shop = paid_shop(tmp_path)

    answer = export_journal(shop, ExportRequest("beancount"))

    _, errors, _ = loader.load_string(str(answer["content"]))
    assert errors == []
    assert answer["entries"] == 2
    assert "Assets:Refunds-Paid:Original-Payment  -4.30 USD" in str(answer["content"])
    balances = {one["account"]: one["balance"] for one in journal_balances(shop)}
    assert balances["paid:original_payment"] == "-4.30"


def test_accounts_are_called_as_the_shop_calls_them(tmp_path: Path) -> None:
    settings = SETTINGS + (
        'accounts: {returns: Expenses:Returns, "paid:original_payment": Assets:Stripe}\n'
    )
    text = str(export_journal(paid_shop(tmp_path, settings), ExportRequest("ledger"))["content"])

    assert "    Expenses:Returns:Items  12.50 USD" in text
    assert "    Assets:Stripe  -4.30 USD" in text


def test_a_file_is_written_whole_and_a_dry_run_writes_none(tmp_path: Path) -> None:
    shop = paid_shop(tmp_path)
    book = tmp_path / "book.csv"

    export_journal(rehearsed(shop), ExportRequest("csv", target=book))
    assert not book.exists()
    answer = export_journal(shop, ExportRequest("csv", target=book))
    assert book.read_bytes() == str(answer["content"]).encode()
    with pytest.raises(OutputError):
        export_journal(shop, ExportRequest("csv", target=tmp_path / "none" / "book.csv"))


def test_a_mapping_gives_other_columns(tmp_path: Path) -> None:
    shop = paid_shop(tmp_path)
    mapping = tmp_path / "columns.yaml"
    mapping.write_text(
        "columns: {Datum: date, Soll: debit, Haben: credit, Konto: name, Beleg: =RET}\n"
        "decimal: comma\ndelimiter: semicolon\ndate: DD.MM.YYYY\nheader: false\n"
    )

    lines = str(export_journal(shop, ExportRequest("csv", mapping))["content"]).splitlines()

    assert lines[0] == "20.03.2026;12,50;;Income:Returns:Items;RET"
    assert lines[-1] == "20.03.2026;;4,30;Assets:Refunds-Paid:Original-Payment;RET"


def test_a_wrong_mapping_is_refused_with_every_problem(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    mapping = tmp_path / "columns.yaml"
    mapping.write_text("columns: {Datum: dat}\ndecimal: point\nkolumns: 1\n")

    with pytest.raises(InvalidError) as caught:
        export_journal(shop, ExportRequest("csv", mapping))

    assert [(one.code, one.line) for one in caught.value.problems] == [
        ("E-MAP", 1), ("E-MAP", 2), ("E-MAP", 3),
    ]  # fmt: skip
    mapping.write_text("decimal: dot\n")
    with pytest.raises(InvalidError, match="lacks `columns`"):
        export_journal(shop, ExportRequest("csv", mapping))


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(ExportRequest("quickbooks"), id="a form that is none"),
        pytest.param(ExportRequest("ledger", Path("columns.yaml")), id="a mapping for ledger"),
        pytest.param(ExportRequest("csv", Path("none.yaml")), id="a mapping that is not there"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, request_: ExportRequest) -> None:
    with pytest.raises(UsageError):
        export_journal(small_shop(tmp_path), request_)


def test_a_name_that_beancount_cannot_read_is_named(tmp_path: Path) -> None:
    shop = small_shop(tmp_path, settings=SETTINGS + "accounts: {returns: Retouren}\n")

    with pytest.raises(InvalidError, match="'Retouren'") as caught:
        export_journal(shop, ExportRequest("beancount"))

    assert caught.value.code == "E-ACCOUNT"
    assert export_journal(shop, ExportRequest("hledger"))["entries"] == 0


@pytest.mark.parametrize(
    "accounts",
    [
        pytest.param("{Returns: Income:Returns}", id="a capital letter in an account"),
        pytest.param('{returns: "Income:Returns  USD"}', id="two blanks, which end a name"),
        pytest.param('{returns: "Income;Returns"}', id="a comment"),
        pytest.param('{returns: ":Returns"}', id="an empty part"),
    ],
)
def test_names_that_would_break_a_book_are_refused_in_shop_yaml(
    tmp_path: Path, accounts: str
) -> None:
    shop = small_shop(tmp_path)
    (tmp_path / "shop.yaml").write_text(f"{SETTINGS}accounts: {accounts}\n")

    with pytest.raises(InvalidError):
        export_journal(Shop(shop.folder, "ann"), ExportRequest("hledger"))
