"""What carriers' event codes mean: the shipped table and carriers' own lists."""

from __future__ import annotations

import io
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.domain.parcels import Meaning
from returns_cli.intake.own.carrier_code_lists import codes_of, read_code_lists
from returns_cli.intake.own.carrier_codes import (
    CarrierCode,
    CodeTable,
    meaning_of_words,
    shipped_lists,
)
from returns_cli.intake.records import ReadOptions

TABLE = CodeTable()
HERMES = (
    "3x3 Code;2x2 Code;2x2 -> 3x3 Mapping default;zusätzliche Erklärung DE;textLang DE;"
    "zusätzliche Erklärung EN;textLang EN"
)
DHL = (
    "ice_event_code;ice_ric_code;ttpro_event_code;ice_event_name;ice_ric_name;ice_event_name_de;"
    "ice_ric_name_de;ttpro_standardereignis_bedeutung;ttpro_event_code_meaning;dhl_paket;"
    "dhl_paket_international;dhl_europaket"
)
MYDHL = "Service;Status;Description;Remark"


@pytest.mark.parametrize(
    ("event", "carrier", "meaning"),
    [
        pytest.param("shipped", "", "shipped", id="our own word"),
        pytest.param("Delivered", "", "delivered", id="in any case"),
        pytest.param("First scan", "UPS", "first_scan", id="with a space, whoever carries"),
        pytest.param("first-scan", "", "first_scan", id="with a hyphen"),
        pytest.param("returned", "", "returned", id="came back"),
        pytest.param("unknown", "", "unknown", id="unknown is no word of ours"),
        pytest.param("0000", "Hermes", "announced", id="codes are text"),
        pytest.param("0", "Hermes", "unknown", id="0 is not 0000"),
        pytest.param("2400", "HERMES Germany", "first_scan", id="handed in at a shop"),
        pytest.param("3530", "hermes", "delivered", id="collected by the consignee"),
        pytest.param("3410", "hermes", "in_transit", id="waiting at a shop is not delivered"),
        pytest.param("3731", "hermes", "in_transit", id="nobody at home"),
        pytest.param("7500", "hermes", "returned", id="a return arrived at the shop"),
        pytest.param("090005004", "hermes", "delivered", id="nine digits by their first three"),
        pytest.param("100090003", "hermes", "information", id="the longer beginning decides"),
        pytest.param("045001008", "hermes", "first_scan", id="the whole code decides"),
        pytest.param("045001002", "hermes", "in_transit", id="its neighbour is another event"),
        pytest.param("999001002", "hermes", "unknown", id="nine digits of no event"),
        pytest.param("09000500", "hermes", "unknown", id="eight digits are no code"),
        pytest.param("DLVRD", "DHL", "delivered", id="an event of DHL"),
        pytest.param("dlvrd", "DHL Paket", "delivered", id="in small letters"),
        pytest.param("DLVRD/ACCPT", "DHL", "delivered", id="an event with its detail"),
        pytest.param("DLVRD/CODAR", "DHL", "information", id="a detail that says otherwise"),
        pytest.param("DSPSD/NTCLM", "DHL", "information", id="destroyed is not delivered"),
        pytest.param("PARCV", "DHL", "announced", id="data alone are no scan"),
        pytest.param("ZU", "dhl-parcel-de", "delivered", id="the older two letters"),
        pytest.param("OK", "DHL Express", "delivered", id="a checkpoint of DHL Express"),
        pytest.param("OK", "DHL", "delivered", id="DHL means all lists of DHL"),
        pytest.param("101", "DHL Express", "delivered", id="one list"),
        pytest.param("101", "DHL", "unknown", id="two lists of DHL that disagree"),
        pytest.param("DD", "DHL", "unknown", id="delivered damaged, or a data service"),
        pytest.param("DD", "DHL Express", "delivered", id="until the carrier is named"),
        pytest.param("600", "DHL eCommerce", "delivered", id="a status number"),
        pytest.param("600", "dhl e-commerce", "delivered", id="the other spelling"),
        pytest.param("3500", "", "delivered", id="no carrier: the only list that has it"),
        pytest.param("3500", "UPS", "unknown", id="another carrier's code"),
        pytest.param("", "", "unknown", id="nothing"),
    ],
)
def test_an_event_means_what_a_table_says(event: str, carrier: str, meaning: str) -> None:
    assert TABLE.meaning(event, carrier) == Meaning(meaning)


def test_what_the_shop_learned_comes_first() -> None:
    table = CodeTable(
        [
            CarrierCode("ups", "KB", Meaning.DELIVERED),
            CarrierCode("hermes", "3410", Meaning.DELIVERED),
        ]
    )
    assert table.meaning("KB", "UPS") is Meaning.DELIVERED
    assert table.meaning("3410", "Hermes") is Meaning.DELIVERED
    assert table.meaning("3500", "Hermes") is Meaning.DELIVERED
    assert table.meaning("KB", "Hermes") is Meaning.UNKNOWN


def test_the_shipped_lists_are_whole() -> None:
    names = [one.name for one in shipped_lists()]
    assert names == ["hermes", "dhl parcel de", "dhl express", "dhl ecommerce"]
    for one in shipped_lists():
        assert Meaning.UNKNOWN not in {*one.codes.values(), *one.prefixes.values()}
        assert all(code == code.upper() for code in one.codes)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Die Sendung wurde zugestellt.", "delivered"),
        ("DELIVERED", "delivered"),
        ("Delivered  damaged", None),
        ("", None),
    ],
)
def test_words_are_taken_whole(text: str, meaning: str | None) -> None:
    assert meaning_of_words(text) == (meaning and Meaning(meaning))


def learned(*lines: str, encoding: str | None = None) -> dict[tuple[str, str], str]:
    """Carrier and code to meaning, of a list with Windows line ends."""
    data = "".join(f"{line}\r\n" for line in lines).encode(encoding or "utf-8")
    with read_code_lists([io.BytesIO(data)], ReadOptions(encoding=encoding)) as reading:
        codes = codes_of(reading)
        assert reading.problems == ()
    return {(code.carrier, code.code): code.meaning.value for code in codes}


def test_a_list_of_hermes() -> None:
    assert learned(
        HERMES,
        "000000000;0000;true;;Die Sendung wurde Hermes elektronisch angekündigt.;;",
        "090005004;3511;true;;Die Sendung wurde im Briefkasten zugestellt.;;",
        "777001000;9990;true;neu;Die Sendung wurde zugestellt.;;",
        "777002000;9990;false;neu;Etwas anderes.;;",
        "778001000;9991;false;neu;Etwas anderes.;;",
        "779001000;;;;;;Delivered.",
        encoding="cp1252",
    ) == {
        ("hermes", "000000000"): "announced",
        ("hermes", "0000"): "announced",
        ("hermes", "090005004"): "delivered",
        ("hermes", "3511"): "delivered",
        ("hermes", "777001000"): "delivered",
        ("hermes", "9990"): "delivered",
        ("hermes", "777002000"): "information",
        ("hermes", "778001000"): "information",
        ("hermes", "9991"): "information",
        ("hermes", "779001000"): "delivered",
    }


def test_a_list_of_dhl_parcel() -> None:
    assert learned(
        DHL,
        "DLVRD;ACCPT;ZU;Delivered;Accepted;;;Zugestellt;Delivery successful;1;1;1",
        "DLVRD;CODAR;GT;Delivered;COD;;;Geld-Transfer;Money transfer;1;0;0",
        "NEWEV;AAAAA;ZU;New;;;;Zugestellt;Delivery successful;1;0;0",
        "NEWEV;BBBBB;ZN;New;;;;;Delivery attempt not successful;1;0;0",
        "ODDEV;;;New;;;;;;1;0;0",
        "NEWTT;CCCCC;XX;New;;;;Zugestellt;;1;0;0",
    ) == {
        ("dhl parcel de", "DLVRD/ACCPT"): "delivered",
        ("dhl parcel de", "DLVRD"): "delivered",
        ("dhl parcel de", "ZU"): "delivered",
        ("dhl parcel de", "DLVRD/CODAR"): "information",
        ("dhl parcel de", "GT"): "information",
        ("dhl parcel de", "NEWEV/AAAAA"): "delivered",
        ("dhl parcel de", "NEWEV/BBBBB"): "in_transit",
        ("dhl parcel de", "NEWEV"): "information",
        ("dhl parcel de", "ZN"): "in_transit",
        ("dhl parcel de", "ODDEV"): "information",
        ("dhl parcel de", "NEWTT/CCCCC"): "delivered",
        ("dhl parcel de", "NEWTT"): "delivered",
        ("dhl parcel de", "XX"): "delivered",
    }


def test_a_list_of_mydhl() -> None:
    assert learned(
        MYDHL,
        "express;OK;Delivery;no EDD",
        "parcel-nl;DELIVERED;Delivered;",
        "parcel-nl;0042;Something else;",
        "parcel-de;ZU;Something else;",
    ) == {
        ("dhl express", "OK"): "delivered",
        ("dhl parcel nl", "DELIVERED"): "delivered",
        ("dhl parcel nl", "0042"): "information",
        ("dhl parcel de", "ZU"): "delivered",
    }


def test_a_column_of_ours_settles_any_list() -> None:
    assert learned(
        f"{MYDHL};meaning", "parcel-nl;0042;Something else;;First scan", "express;OK;x;;returned"
    ) == {("dhl parcel nl", "0042"): "first_scan", ("dhl express", "OK"): "returned"}
    assert learned(
        f"{HERMES};meaning", "777001000;9990;true;;;;;shipped", "777002000;9990;false;;;;;returned"
    ) == {
        ("hermes", "777001000"): "shipped",
        ("hermes", "9990"): "shipped",
        ("hermes", "777002000"): "returned",
    }
    found = learned(f"{DHL};meaning", "DLVRD;;;;;;;;;1;1;1;returned", "A;B;;;;;;;;1;1;1;shipped")
    assert found == {
        ("dhl parcel de", "DLVRD"): "returned",
        ("dhl parcel de", "A/B"): "shipped",
        ("dhl parcel de", "A"): "information",
    }


def test_a_list_of_ones_own() -> None:
    assert learned("carrier,code,meaning", "Sendle,pickup ok,First Scan", "UPS,007,delivered") == {
        ("sendle", "PICKUP OK"): "first_scan",
        ("ups", "007"): "delivered",
    }


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        pytest.param(
            ("carrier,code,meaning", "UPS,KB,arrived"), ("E-VALUE", 2, "meaning"), id="no such word"
        ),
        pytest.param(("carrier,code,meaning", "UPS,KB,"), ("E-VALUE", 2, "meaning"), id="no word"),
        pytest.param(
            ("carrier,code,meaning", "UPS,,shipped"), ("E-VALUE", 2, "code"), id="no code"
        ),
        pytest.param((MYDHL, ";OK;Delivery;"), ("E-VALUE", 2, "Service"), id="no service"),
        pytest.param((HERMES, "1;2;maybe;;;;"), ("E-VALUE", 2, None), id="neither yes nor no"),
    ],
)
def test_a_row_that_says_too_little_is_refused(
    lines: tuple[str, ...], problem: tuple[Any, ...]
) -> None:
    data = "\n".join(lines).encode()
    with read_code_lists([io.BytesIO(data)], ReadOptions()) as reading:
        assert list(reading) == []
        (found,) = reading.problems
    expected = (problem[0], problem[1], problem[2] or "2x2 -> 3x3 Mapping default")
    assert (found.code, found.line, found.column) == expected


def test_a_list_in_another_encoding_wants_it_named() -> None:
    data = f"{HERMES}\r\n000000000;0000;true;;angekündigt;;\r\n".encode("cp1252")
    with pytest.raises(InvalidError) as caught:
        read_code_lists([io.BytesIO(data)], ReadOptions())
    assert caught.value.code == "E-ENC-INVALID"
    assert "--encoding cp1252" in (caught.value.hint or "")
