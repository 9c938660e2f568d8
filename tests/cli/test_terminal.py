"""A real pseudo-terminal: colour is ours alone, hostile text stays text, nothing waits unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Station

HOSTILE = "[/x] [red]:smile: \x1b]8;;http://x\x07\x1b]52;c;eA==\x07\x9b31m \u202egpj \x1b[2J"
ORDERS = (
    "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at,customer_name,title\n"
    f'#1,2026-03-01,USD,1,"A{HOSTILE}",1,10.00,2026-03-05,"{HOSTILE}","{HOSTILE}"\n'
)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """One shop for all: the tests look at what is shown, in any order."""
    folder = tmp_path_factory.mktemp("station")
    station = Station(folder)
    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    code, shown = station.run("init", "--no-input")
    assert code == 0, shown
    code, shown = station.run("orders", "import", "orders.csv")
    assert code == 0, shown
    return station


def test_markup_and_emoji_codes_are_shown_as_they_are(station: Station) -> None:
    _, shown = station.run("orders", "show", "1")
    assert "[/x] [red]:smile: \\x1b]8;;http://x\\x07" in shown.replace("\r\n", "")


def test_colour_can_be_switched_off(station: Station) -> None:
    assert "\x1b[1m" in station.run("orders", "list")[1]
    assert "\x1b" not in station.run("orders", "list", "--no-color")[1]
    assert "\x1b" not in station.run("orders", "list", NO_COLOR="1")[1]
    assert "\x1b" not in station.run("orders", "list", TERM="dumb")[1]


def test_a_changing_command_suggests_the_next_one(station: Station) -> None:
    code, shown = station.run("open", "1", "--item", "1=too_small")
    assert code == 0
    assert "next: returns label RMA-" in shown
    assert "next:" not in station.run("list", "--quiet")[1]


def test_init_asks_and_takes_the_usual_for_an_empty_answer(tmp_path: Path) -> None:
    station = Station(tmp_path)
    answers = b"Lamp & Co\nDE\n\nEurope/Berlin\n" + 10 * b"\n"
    code, shown = station.run("init", "new", typed=answers, TZ="Asia/Tokyo")
    assert code == 0
    assert "The shop's name [My shop]: " in shown
    assert "Country, two letters [JP]: " in shown
    settings = (tmp_path / "new" / "shop.yaml").read_text()
    assert "Lamp & Co" in settings
    assert "currency: EUR" in settings
    assert "timezone: Europe/Berlin" in settings


def test_ctrl_c_at_a_question_leaves_nothing_half_made(tmp_path: Path) -> None:
    code, shown = Station(tmp_path).run(
        "init", "new", typed=b"Lamp & Co\n", at=b"[US]: ", then=b"\x03"
    )
    assert code == 130
    assert "E-INTERRUPTED" in shown
    assert list(tmp_path.iterdir()) == []


def test_no_input_never_asks(tmp_path: Path) -> None:
    code, shown = Station(tmp_path).run("init", "new", "--no-input")
    assert code == 0
    assert "[My shop]" not in shown
