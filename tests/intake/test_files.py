"""Whole files: encodings, headers, delimiters, detection, and what is refused before any row."""

from __future__ import annotations

import gzip
import io
import os
import threading
from pathlib import Path

import pytest

from returns_cli.domain.errors import Exit, InvalidError, UsageError
from returns_cli.intake import ReadOptions, file_digest, read_orders
from returns_cli.intake.header import find_header
from returns_cli.intake.refusals import FileRefused
from tests.intake.files import (
    LINE,
    USD,
    generic,
    read,
    refusal,
    shopify_order,
    table,
)

PLAIN = generic({"title": "Café 茶"})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAIN, id="as it is"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN, id="with a BOM"),
        pytest.param(PLAIN.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(PLAIN.replace(b"\n", b"\r"), id="CR"),
        pytest.param(PLAIN.replace(b"\n", b"\r\n", 1), id="mixed"),
        pytest.param(PLAIN.rstrip(b"\n"), id="no last line end"),
        pytest.param(PLAIN.replace(b",", b";"), id="semicolon"),
        pytest.param(PLAIN.replace(b",", b"\t"), id="tab"),
        pytest.param(PLAIN.replace(b",", b"|"), id="bar"),
        pytest.param(b"sep=,\n" + PLAIN, id="sep line"),
        pytest.param(b'My "shop\nOrders, all\n\n' + PLAIN, id="title lines"),
        pytest.param(PLAIN + b"\n  \n,,,\n", id="blank lines at the end"),
        pytest.param(PLAIN.replace(b"order_id", b'" Order_ID "'), id="spaces, case and quotes"),
        pytest.param(PLAIN.replace(b"order_id", b"\xef\xbb\xbforder_id"), id="BOM in a name"),
    ],
)
def test_the_same_rows_in_any_clothes_are_the_same_order(content: bytes) -> None:
    found = read(content)
    assert found.order._replace(source_line=0, lines=()) == read(PLAIN).order._replace(
        source_line=0, lines=()
    )
    assert found.order.lines[0].title == "Café 茶"
    assert (found.figures.rows, found.codes) == (1, [])


def test_physical_lines_count_preamble_header_and_quoted_line_ends() -> None:
    content = b"sep=,\nOrders\n\n" + generic({"title": "a\nb\r\nc"}, {"order_id": "2"})
    assert [order.source_line for order in read(content).orders] == [5, 8]


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        pytest.param(b"", "E-FILE-EMPTY", "-:1", id="empty"),
        pytest.param(b"\xef\xbb\xbf\r\n \n", "E-FILE-EMPTY", "-:1", id="blank"),
        pytest.param(b"PK\x03\x04rest", "E-FILE-NOT-TEXT", "-:1", id="xlsx"),
        pytest.param(b"\xd0\xcf\x11\xe0rest", "E-FILE-NOT-TEXT", "-:1", id="xls"),
        pytest.param(b"%PDF-1.7", "E-FILE-NOT-TEXT", "-:1", id="PDF"),
        pytest.param(gzip.compress(PLAIN), "E-FILE-NOT-TEXT", "-:1", id="gzip"),
        pytest.param(PLAIN.decode().encode("utf-16"), "E-ENC-UTF16", "-:1", id="UTF-16"),
        pytest.param(PLAIN.decode().encode("utf-16-le"), "E-ENC-UTF16", "-:1", id="UTF-16, no BOM"),
        pytest.param(PLAIN.decode().encode("utf-16-be"), "E-ENC-UTF16", "-:1", id="big-endian"),
        pytest.param(PLAIN + b"caf\xe9\n", "E-ENC-INVALID", "-:3", id="Latin-1"),
        pytest.param(PLAIN + b"caf\xc3", "E-ENC-INVALID", "-:3", id="cut in a character"),
        pytest.param(b"\xe9\n" + PLAIN, "E-ENC-INVALID", "-:1", id="at the start"),
        pytest.param(PLAIN + b'2,"x\n', "E-CSV-UNCLOSED-QUOTE", "-:3", id="unclosed quote"),
        pytest.param(b'"' + PLAIN, "E-CSV-UNCLOSED-QUOTE", "-:1", id="unclosed in the header"),
        pytest.param(b'"' + PLAIN + b"9,x\n" * 30, "E-CSV-UNCLOSED-QUOTE", "-:1",
            id="unclosed in the header of a long file"),
        pytest.param(b'Report\n"ord"er_id,sku\n', "E-CSV-UNCLOSED-QUOTE", "-:2",
            id="text behind a closing quote of the header"),
        pytest.param(b'"a\nb"\n', "E-FORMAT-UNKNOWN", "-:1", id="closed on the next line"),
        pytest.param(b"\n" * 19 + b'"a\nb"\n', "E-FORMAT-UNKNOWN", "-:20", id="closed on line 21"),
        pytest.param(b'a,b\n1,"x\n', "E-FORMAT-UNKNOWN", "-:1", id="unclosed behind a header"),
        pytest.param(b'a\t"b\n', "E-FORMAT-UNKNOWN", "-:1", id="a quote between tabs is text"),
        pytest.param(b"x" * 40_000, "E-FORMAT-UNKNOWN", "-:1", id="one long word"),
        pytest.param(b"a,b\n1,2\n", "E-FORMAT-UNKNOWN", "-:1", id="no known column"),
        pytest.param(
            PLAIN.replace(b"title", b"SKU"), "E-CSV-DUP-HEADER", "-:1 column sku", id="twice"
        ),
        pytest.param(b"\n" * 20 + PLAIN, "E-FILE-EMPTY", "-:1", id="header below line 20"),
        pytest.param(
            b"Transaction Date,Type,Order,Payout Status,Amount,Fee,Net\n", "E-FORMAT-COMMAND",
            "-:1", id="an export of payments",
        ),
        pytest.param(
            b"order_id,line_no,reason\n", "E-FORMAT-COMMAND", "-:1", id="a requests file"
        ),
        pytest.param(b"sku,title\n", "E-FORMAT-COMMAND", "-:1", id="a products file"),
    ],
)  # fmt: skip
def test_a_file_is_refused_with_its_code_and_line(content: bytes, code: str, where: str) -> None:
    error = refusal(content)
    assert (error.code, error.where, error.exit) == (code, where, Exit.INVALID)
    assert error.message
    assert error.hint


def test_the_bad_byte_is_named_with_its_offset() -> None:
    content = b"\xef\xbb\xbf" + generic({"title": "x" * 300_000}) + b"caf\xe9"
    error = refusal(content)
    assert f"Byte 0xe9 at offset {len(content) - 1} is not UTF-8" in error.message
    assert error.where == "-:3"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        pytest.param(
            "订单编号,买家会员名,总金额,宝贝标题\n1,a,2,b\n".encode("gbk"), "gbk", id="Taobao"
        ),
        pytest.param("訂單編號,訂單狀態,訂單總金額,商品資訊\n".encode("big5"), "big5", id="Shopee"),
        pytest.param(generic({"title": "Café"}).decode().encode("cp1252"), "cp1252", id="cp1252"),
    ],
)
def test_the_hint_names_the_codec_that_fits_the_header(content: bytes, named: str) -> None:
    error = refusal(content)
    assert error.code == "E-ENC-INVALID"
    assert f"--encoding {named}" in (error.hint or "")


def test_no_codec_is_named_where_none_fits() -> None:
    assert "name its encoding" in (refusal(b"\xff\xff\n\xfe").hint or "")


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [("cp1252", "cp1252"), ("utf-16", "utf-16"), ("latin-1", "latin-1"), ("utf-8", "utf-8")],
)
def test_a_named_encoding_is_used(encoding: str, codec: str) -> None:
    content = generic({"title": "Café"}).decode().encode(codec)
    found = read(content, options=ReadOptions(currency="USD", encoding=encoding))
    assert found.order.lines[0].title == "Café"


def test_gbk_reads_the_wider_gb18030() -> None:
    content = generic({"title": "䶮茶"}).decode().encode("gb18030")
    with read_orders([io.BytesIO(content)], ReadOptions(encoding="gbk")) as reading:
        assert next(iter(reading)).lines[0].title == "䶮茶"
        assert reading.files[0].encoding == "gb18030"


def test_bytes_outside_a_named_encoding_are_refused() -> None:
    error = refusal(b"\x81\x30" * 3, options=ReadOptions(encoding="shift_jis"))
    assert error.code in {"E-ENC-INVALID", "E-FORMAT-UNKNOWN"}
    error = refusal(PLAIN, options=ReadOptions(encoding="ascii"))
    assert (error.code, error.where) == ("E-ENC-INVALID", "-:2")
    assert "ascii" in error.message


@pytest.mark.parametrize("encoding", ["no-such", "rot13", "base64", "x\0y"])
def test_an_unknown_encoding_is_wrong_usage(encoding: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(PLAIN, options=ReadOptions(encoding=encoding))
    assert (caught.value.exit, caught.value.code) == (Exit.USAGE, "E-USAGE")


@pytest.mark.parametrize("source_format", ["nonsense", "shopify-payouts"])
def test_a_format_the_command_does_not_read_is_wrong_usage(source_format: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(PLAIN, options=ReadOptions(source_format=source_format))
    hint = caught.value.hint or ""
    assert "generic, gumroad" in hint
    assert "shopify-payouts" not in hint


def test_a_file_of_payments_is_sent_to_the_command_that_reads_it() -> None:
    with pytest.raises(FileRefused) as caught:
        find_header(
            ["Transaction Date,Type,Order,Payout Status,Amount,Fee,Net"], "orders import", None
        )
    assert caught.value.problem.code == "E-FORMAT-COMMAND"
    assert "a Shopify payouts export" in caught.value.problem.message
    assert caught.value.problem.hint == "Use: returns refunds reconcile"


def test_a_wrong_date_format_is_wrong_usage_before_any_file_is_read() -> None:
    with pytest.raises(UsageError):
        read(b"", options=ReadOptions(date_format="whenever"))


def test_a_tie_between_formats_is_refused_and_settled_by_name() -> None:
    names = "Sale Date,Item Name,Item Total,Order ID,Order Number,Item Number,Quantity,Sold For\n"
    assert refusal(names.encode()).code == "E-FORMAT-AMBIGUOUS"
    options = ReadOptions(currency="USD", source_format="ebay")
    assert read(names.encode(), options=options).figures.format == "ebay"


def test_a_repeated_column_that_is_not_read_is_only_flagged() -> None:
    content = table([*LINE, "x", "y"], LINE).replace(b"x,y", b"Note,note")
    found = read(content)
    assert found.codes == [("W-CSV-DUP-HEADER", 1, "Note")]
    assert len(found.orders) == 1


def test_nameless_columns_are_nothing() -> None:
    content = table([*LINE, "x", "y"], LINE).replace(b"x,y", b",")
    assert read(content).codes == []


def test_a_header_alone_is_accepted_all_zeros() -> None:
    figures = read(generic()).figures
    assert (figures.rows, figures.orders, figures.totals) == (0, 0, {})


@pytest.mark.parametrize("given", ["missing.csv", "."])
def test_a_path_that_cannot_be_read_is_wrong_usage(tmp_path: Path, given: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path / given)
    assert caught.value.code == "E-FILE-UNREADABLE"
    assert caught.value.where == str(tmp_path / given)


def test_one_refused_file_refuses_the_call_and_all_are_named(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(PLAIN)
    bad.write_bytes(b"PK\x03\x04")
    error = refusal(good, bad, b"")
    assert (error.code, error.where) == ("E-FILE-NOT-TEXT", "bad.csv:1")
    assert [(one.file, one.code) for one in error.problems] == [
        ("bad.csv", "E-FILE-NOT-TEXT"),
        ("-", "E-FILE-EMPTY"),
    ]


def test_several_files_are_read_in_order(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(shopify_order(Total="1.00"))
    second.write_bytes(generic({"quantity": "x"}, {"order_id": "2"}))
    found = read(first, second)
    assert [order.source_file for order in found.orders] == ["a.csv", "b.csv"]
    assert found.figures.format == "shopify,generic"
    assert found.figures.files == ("a.csv", "b.csv")
    assert [(one.file, one.code) for one in found.figures.problems] == [
        ("a.csv", "W-TOTAL-MISMATCH"),
        ("b.csv", "E-QTY"),
    ]
    assert list(found.rejects) == ["b.rejects.csv"]


def test_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "orders"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(PLAIN,))
    writer.start()
    assert len(read(pipe).orders) == 1
    writer.join()


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_bytes(PLAIN)
    with read_orders([path], USD) as reading:
        orders = iter(reading)
        next(orders)
        with path.open("ab") as more:
            more.write(b"x" * 10)
        with pytest.raises(InvalidError) as caught:
            list(orders)
    assert caught.value.code == "E-FILE-CHANGED"


def test_a_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "abc"
    path.write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2
    assert file_digest(path) == digest
    path.write_bytes(PLAIN)
    with read_orders([path], USD) as reading:
        assert reading.files[0].sha256 == file_digest(path)
        assert reading.files[0].columns[:2] == ("order_id", "placed_at")
        assert (reading.files[0].delimiter, reading.files[0].header_line) == (",", 1)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("returns_cli.intake.encoding._MAX_STRETCH", 1 << 20)
    error = refusal(generic({"title": "x" * (2 << 20)}))
    assert error.code == "E-FILE-NOT-TEXT"
