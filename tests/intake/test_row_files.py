"""Requests, receipts, inspections, dispositions, customers and products, row by row."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from returns_cli.domain.errors import Exit, InvalidError
from returns_cli.domain.model import Customer, Product
from returns_cli.domain.vocabulary import Kind, Resolution
from returns_cli.intake import (
    ReadOptions,
    RowReading,
    read_customers,
    read_dispositions,
    read_inspections,
    read_products,
    read_receipts,
    read_requests,
)
from tests.intake.files import USD, generic

Reader = Callable[[Sequence[Any], ReadOptions], RowReading[Any]]


def rows(reader: Reader, text: str, options: ReadOptions = USD) -> list[Any]:
    """The accepted rows; the file must be free of problems."""
    with reader([io.BytesIO(text.encode())], options) as reading:
        found = list(reading)
        assert reading.problems == ()
        assert reading.exit is Exit.DONE
        return found


def codes(reader: Reader, text: str, options: ReadOptions = USD) -> list[tuple[Any, ...]]:
    """The problems of a file."""
    with reader([io.BytesIO(text.encode())], options) as reading:
        accepted = len(list(reading))
        assert reading.rows == accepted + reading.rejected
        return [(one.code, one.line, one.column) for one in reading.problems]


def test_a_request_with_every_column() -> None:
    (row,) = rows(
        read_requests,
        "request_id,order_id,channel,line_no,sku,reason,quantity,want,kind,condition,photos,note,"
        "requested_at,exchange_sku\n"
        "rq-1,'1042,web,2,MUG,too_small,1,Store Credit,CLAIM,As New,2,hm,2026-03-01,MUG-L\n",
    )
    assert (row.place.file, row.place.line) == ("-", 2)
    assert (row.request_id, row.key.key) == ("rq-1", "id:rq-1")
    assert (row.channel, row.order_id, row.line, row.sku) == ("web", "1042", 2, "MUG")
    assert (row.reason, row.quantity) == ("too_small", 1)
    assert (row.want, row.kind) == (Resolution.STORE_CREDIT, Kind.CLAIM)
    assert (row.condition, row.photos, row.note) == ("as_new", 2, "hm")
    assert (row.requested_at, row.exchange_sku) == ("2026-03-01", "MUG-L")


def test_a_request_needs_little() -> None:
    (row,) = rows(read_requests, "order_id;sku;reason\n#1042;007;broke\n")
    assert (row.line, row.sku, row.quantity, row.channel) == (None, "007", None, None)
    assert (row.want, row.kind) == (Resolution.REFUND, Kind.RETURN)
    assert (row.condition, row.photos, row.requested_at) == (None, 0, None)


def test_a_withdrawal_needs_no_reason() -> None:
    (row,) = rows(read_requests, "order_id,line_no,reason,kind\n1,1,,withdrawal\n")
    assert (row.reason, row.kind) == ("", Kind.WITHDRAWAL)


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        (",1,x,,,,,", "E-ORDER-ID-MISSING", "order_id"),
        ("1,,x,,,,,", "E-VALUE", "line_no"),
        ("1,0,x,,,,,", "E-VALUE", "line_no"),
        ("1,one,x,,,,,", "E-VALUE", "line_no"),
        ("1,1,,,,,,", "E-VALUE", "Reason"),
        ("1,1,x,0,,,,", "E-QTY", "quantity"),
        ("1,1,x,two,,,,", "E-QTY", "quantity"),
        ("1,1,x,1,money,,,", "E-VALUE", "want"),
        ("1,1,x,1,,gift,,", "E-VALUE", "kind"),
        ("1,1,x,1,,,many,", "E-VALUE", "photos"),
        ("1,1,x,1,,,,03/04/2026", "E-DATE", "requested_at"),
        ("1,1,x,1,,,,2026-01-01,more", "E-CSV-RAGGED", None),
        ("1,1,x\0,1,,,,", "E-CSV-NUL", "Reason"),
    ],
)
def test_a_bad_request_is_refused_alone(cells: str, code: str, column: str | None) -> None:
    head = "order_id,line_no,Reason,quantity,want,kind,photos,requested_at\n"
    good = "1,1,x,,,,,\n"
    assert codes(read_requests, f"{head}{good}{cells}\n\n{good}") == [(code, 3, column)]


def test_equal_rows_have_keys_of_their_own_that_the_next_file_repeats() -> None:
    text = "order_id,line_no,reason\n1,1,x\n1,1,x\n1,2,x\n"
    first, second, third = rows(read_requests, text)
    assert first.key.content_hash == second.key.content_hash != third.key.content_hash
    assert [one.key.key.rpartition(":")[2] for one in (first, second, third)] == ["1", "2", "1"]
    turned = "note,reason,own column,line_no,order_id\n,x,7,1,1\n,x,8,1,1\n,x,9,2,1\n"
    assert [one.key for one in rows(read_requests, turned)] == [
        first.key, second.key, third.key,
    ]  # fmt: skip


def test_a_request_id_is_the_key_whatever_the_content() -> None:
    first, second = rows(read_requests, "request_id,order_id,line_no,reason\n'7,1,1,x\n7,1,2,x\n")
    assert first.key.key == second.key.key == "id:7"
    assert first.key.content_hash != second.key.content_hash


def test_a_receipt() -> None:
    (row,) = rows(
        read_receipts,
        "rma,line_no,quantity,received_at,station,tracking\n"
        "RMA-0000012,1,2.00,2026-03-05 10:00,Dock 1,'00340\n",
    )
    assert (row.rma, row.line, row.sku, row.quantity) == ("RMA-0000012", 1, "", 2)
    assert row.received_at == "2026-03-05T10:00:00+00:00"
    assert (row.station, row.tracking) == ("Dock 1", "00340")


def test_an_inspection() -> None:
    (row,) = rows(
        read_inspections,
        "rma,sku,quantity,grade,disposition,note\nR1,MUG,1,Wrong Item,return-to-customer,ok\n",
    )
    assert (row.line, row.sku, row.quantity) == (None, "MUG", 1)
    assert (row.grade, row.disposition, row.note) == ("wrong_item", "return_to_customer", "ok")


def test_a_disposition() -> None:
    (row,) = rows(
        read_dispositions, "rma,line_no,quantity,disposition,location\nR1,1,,Restock,A-12\n"
    )
    assert (row.rma, row.quantity, row.disposition, row.location) == ("R1", None, "restock", "A-12")


@pytest.mark.parametrize(
    ("reader", "text", "code", "column"),
    [
        (read_receipts, "rma,line_no\n,1\n", "E-VALUE", "rma"),
        (read_inspections, "rma,line_no,grade\nR1,1,\n", "E-VALUE", "grade"),
        (read_dispositions, "rma,line_no,disposition\nR1,1,\n", "E-VALUE", "disposition"),
        (read_customers, "email,tier\n,gold\n", "E-VALUE", "email"),
        (read_customers, "customer_id,tier\n,gold\n", "E-VALUE", "customer_id"),
        (read_products, "sku\n\n,\n", "E-CSV-RAGGED", None),
        (read_products, "sku,title\n,x\n", "E-VALUE", "sku"),
        (read_products, "sku,hazmat\nA,perhaps\n", "E-VALUE", "hazmat"),
        (read_products, "sku,weight_g\nA,1.5 kg\n", "E-VALUE", "weight_g"),
        (read_products, "sku,price\nA,free\n", "E-MONEY", "price"),
    ],
)
def test_what_a_row_must_have(reader: Reader, text: str, code: str, column: str | None) -> None:
    if code == "E-CSV-RAGGED":
        assert codes(reader, text) == []
    else:
        assert codes(reader, text) == [(code, 2, column)]


def test_customers_and_their_tiers() -> None:
    first, second = rows(
        read_customers,
        "Email,customer_id,name,tier,tags,language\n"
        "ann@example.com,'007,Ann,gold,vip|press,ro\nbo@example.com,,,,,\n",
    )
    assert first.customer == Customer(
        "007", "ann@example.com", "Ann", "gold", ("vip", "press"), "ro"
    )
    assert second.customer == Customer(email="bo@example.com")


def test_products_and_their_flags() -> None:
    (row,) = rows(
        read_products,
        "sku,title,category,brand,tags,price,weight_g,gtin,personalised,perishable,sealed_hygiene,"
        "digital,hazmat,serial_required\n"
        "007,Mug,Home/Table,Acme,final-sale|blue,$12.5,450,'0400638133390,yes,TRUE,1,no,,true\n",
    )
    assert row.product == Product(
        "007", "Mug", "Home/Table", "Acme", ("final-sale", "blue"), "12.50 USD", 450,
        "0400638133390", personalised=True, perishable=True, sealed_hygiene=True,
        serial_required=True,
    )  # fmt: skip


def test_a_price_has_a_currency() -> None:
    text = "sku,price,currency\nA,12.50,\nB,1250,jpy\nC,,EUR\nD,1.250,KWD\n"
    found = rows(read_products, text)
    assert [one.product.price for one in found] == ["12.50 USD", "1250 JPY", "", "1.250 KWD"]
    assert codes(read_products, "sku,price,currency\nA,1,XYZ\nB,1.5,JPY\n") == [
        ("E-CURRENCY-UNKNOWN", 2, "currency"),
        ("E-MONEY-PRECISION", 3, "price"),
    ]
    homeless = codes(read_products, "sku,price\nA,1\nB,\n", ReadOptions())
    assert homeless == [("E-CURRENCY-MISSING", 2, "price")]


def test_what_a_file_has_no_column_for_is_named() -> None:
    (product,) = rows(read_products, "sku,tags,price\nA,,\n")
    assert product.silent == Product._field_defaults.keys() - {"tags", "price"}
    (customer,) = rows(read_customers, "email,tier\na@example.com,gold\n")
    assert customer.silent == {"customer_id", "name", "tags", "language"}


@pytest.mark.parametrize(
    ("reader", "text", "column"),
    [
        (read_products, "sku,title\nA,x\nA,x\nA,y\n", "sku"),
        (read_customers, "email,tier\na@example.com,x\nA@example.com,x\na@example.com,y\n",
         "email"),
        (read_customers, "customer_id,email\n1,a@example.com\n1,\n", "customer_id"),
    ],
)  # fmt: skip
def test_one_thing_twice_with_other_values_refuses_the_later_row(
    reader: Reader, text: str, column: str
) -> None:
    assert codes(reader, text) == [("E-KEY-CONFLICT", text.count("\n"), column)]


def test_warnings_stand_beside_accepted_rows() -> None:
    text = "sku,title,gtin\nA,=1+1,4.0E+12\nB\x1b,x,\n"
    assert codes(read_products, text) == [
        ("W-CELL-FORMULA", 2, "title"),
        ("W-ID-EXCEL", 2, "gtin"),
        ("W-CELL-CONTROL", 3, "sku"),
    ]


def test_a_gtin_that_no_scanner_sends_is_told() -> None:
    text = "sku,gtin\nA,6291041500213\nB,6291041500214\nC,\nD,123\n"
    assert codes(read_products, text) == [("W-GTIN", 3, "gtin"), ("W-GTIN", 5, "gtin")]


def test_a_row_can_be_refused_by_what_the_store_knows() -> None:
    text = "order_id,line_no,reason\n1,9,=x\n2,1,x\n"
    with read_requests([io.BytesIO(text.encode())], USD) as reading:
        first, _ = list(reading)
        reading.log.reject(
            first.place, "E-LINE-UNKNOWN", "The order has no line 9.", column="line_no", value="9"
        )
        assert [one.code for one in reading.problems] == ["E-LINE-UNKNOWN"]
        assert (reading.rows, reading.rejected, reading.exit) == (2, 1, Exit.PARTLY)
        (rejects,) = reading.reject_files()
        assert "".join(rejects.lines).splitlines()[1] == (
            "stdin,2,E-LINE-UNKNOWN,The order has no line 9.,1,9,'=x"
        )


@pytest.mark.parametrize(
    ("reader", "text", "code", "said"),
    [
        (read_receipts, "rma,quantity\nR,1\n", "E-CSV-HEADER", "line_no or sku"),
        (read_receipts, "return,line_no\nR,1\n", "E-CSV-HEADER", "rma"),
        (read_receipts, "rma,line_no,grade\n", "E-FORMAT-COMMAND", "returns inspect --file"),
        (read_inspections, "rma,line_no,disposition\n", "E-FORMAT-COMMAND", "returns dispose"),
        (read_requests, "order,line_no,reason\n", "E-FORMAT-UNKNOWN", "order_id"),
        (read_receipts, "return-date,order-id,fnsku,detailed-disposition\n", "E-FORMAT-COMMAND",
         "returns requests import"),
        (read_inspections, "rma,note\n", "E-CSV-HEADER",
         "The columns line_no or sku, grade are missing."),
        (read_customers, "name,tier\n", "E-CSV-HEADER", "customer_id or email"),
        (read_products, generic().decode(), "E-FORMAT-COMMAND", "returns orders import"),
        (read_products, "Handle,Title\n", "E-CSV-HEADER", "sku"),
        (read_requests, "x\n", "E-FORMAT-UNKNOWN", "--from"),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused(
    reader: Reader, text: str, code: str, said: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        reader([io.BytesIO(text.encode())], USD)
    assert caught.value.code == code
    assert said in f"{caught.value.message} {caught.value.hint}"


def test_an_inspections_file_with_dispositions_is_read_by_both_commands() -> None:
    text = "rma,line_no,quantity,grade,disposition\nR1,1,1,new,restock\n"
    assert rows(read_inspections, text)[0].grade == "new"
    assert rows(read_dispositions, text)[0].disposition == "restock"
