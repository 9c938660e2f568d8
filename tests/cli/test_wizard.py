"""What `init` asks at a terminal; the terminal itself is in test_terminal.py."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from returns_cli.__main__ import run
from returns_cli.cli.wizard import answered
from returns_cli.domain.errors import DeclinedError
from returns_cli.operations.new_shop import NewShop
from returns_cli.policy.shop_file import load_shop
from tests.cli.conftest import Outcome, Terminal, make_invocation

AT_HOME = {"TZ": "Europe/Berlin", "LANG": "de_DE.UTF-8", "LOGNAME": "ann"}
ALL = 14  # questions


class Keyboard(TextIOWrapper):
    """What a person types, line by line."""

    def __init__(self, *lines: str | bytes) -> None:
        data = [line if isinstance(line, bytes) else line.encode() for line in lines]
        super().__init__(BytesIO(b"".join(line + b"\n" for line in data)), encoding="utf-8")

    def isatty(self) -> bool:
        return True


def begun(folder: Path, *lines: str | bytes, words: tuple[str, ...] = ()) -> Outcome:
    out, err = Terminal(), Terminal()
    call = make_invocation(folder, AT_HOME, stdin=Keyboard(*lines), stdout=out, stderr=err)
    code = run(call, ["init", str(folder / "shop"), *words])
    return Outcome(code, out.getvalue(), err.getvalue())


def test_enter_takes_what_the_machine_tells(tmp_path: Path) -> None:
    outcome = begun(tmp_path, *[""] * ALL)
    assert outcome.code == 0
    config = load_shop(tmp_path / "shop" / "shop.yaml")
    assert (config.name, config.currency, config.timezone) == ("My shop", "EUR", "Europe/Berlin")
    assert (config.country, config.paper["label"], config.paper["slip"]) == ("DE", "100x150", "a4")
    assert config.addresses["main"].city == "Your city"
    policy = (tmp_path / "shop" / "policies" / "standard.yaml").read_text(encoding="utf-8")
    for line in ("days: 30", "restocking: 0%", "label: {kind: customer}", "currency: EUR"):
        assert line in policy


def test_every_answer_lands_in_the_files(tmp_path: Path) -> None:
    answers = ["Lamp & Co", "gb", "", "Europe/London", "en", "1 High St", "Leeds", "-", "LS1 1AA"]
    outcome = begun(tmp_path, *answers, "4x6", "a4", "14", "2.90", "10%")
    assert outcome.code == 0
    assert "Currency [GBP]: " in outcome.err
    config = load_shop(tmp_path / "shop" / "shop.yaml")
    assert (config.name, config.currency, config.country) == ("Lamp & Co", "GBP", "GB")
    main = config.addresses["main"]
    assert (main.address1, main.city, main.region, main.postcode) == (
        "1 High St", "Leeds", "", "LS1 1AA",
    )  # fmt: skip
    policy = (tmp_path / "shop" / "policies" / "standard.yaml").read_text(encoding="utf-8")
    assert "days: 14" in policy
    assert "restocking: 10%" in policy
    assert "return_shipping: 2.90" in policy
    assert "REPLACE" not in (tmp_path / "shop" / "shop.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "wrong", "right", "said"),
    [
        pytest.param(1, "Germany", "DE", "country", id="a country by its name"),
        pytest.param(2, "euros", "EUR", "no currency", id="no currency"),
        pytest.param(3, "Berlin", "Europe/Berlin", "Berlin", id="no zone"),
        pytest.param(9, "5x7", "4x6", "5x7", id="no size of labels"),
        pytest.param(11, "two weeks", "14", "not a number of days", id="no number"),
        pytest.param(12, "somebody", "shop", "somebody", id="nobody who pays"),
        pytest.param(0, b"\xff\xfe", "Lamp", "control sign", id="not UTF-8"),
        pytest.param(0, "La\x1b[2Jmp", "Lamp", "control sign", id="an escape"),
    ],
)
def test_an_answer_that_cannot_be_is_asked_for_again(
    tmp_path: Path, before: int, wrong: str | bytes, right: str, said: str
) -> None:
    answers = ["", "", "", "", "", "1 St", "City", "-", "1000", *[""] * 5]
    outcome = begun(tmp_path, *answers[:before], wrong, right, *answers[before + 1 :])
    assert outcome.code == 0
    assert said in outcome.err
    assert "\x1b" not in outcome.err
    assert "\\n" not in outcome.err  # the question comes again on a line of its own


def test_an_option_is_not_asked_for(tmp_path: Path) -> None:
    words = ("--name", "Lamp", "--currency", "chf", "--address", "1 St", "--days", "7")
    outcome = begun(tmp_path, *[""] * ALL, words=words)
    assert outcome.code == 0
    assert "name [" not in outcome.err
    assert "City [later]" in outcome.err
    assert load_shop(tmp_path / "shop" / "shop.yaml").currency == "CHF"


@pytest.mark.parametrize("words", [("--no-input",), ("--yes",)], ids=" ".join)
def test_nobody_is_asked_where_that_is_not_wanted(tmp_path: Path, words: tuple[str, ...]) -> None:
    outcome = begun(tmp_path, words=words)
    assert outcome.code == 0
    assert "[" not in outcome.err
    assert load_shop(tmp_path / "shop" / "shop.yaml").timezone == "UTC"


def test_a_shop_that_is_there_is_not_asked_about(tmp_path: Path) -> None:
    begun(tmp_path, words=("--no-input",))
    outcome = begun(tmp_path)
    assert outcome.code == 0
    assert "nothing was changed" in outcome.out


def test_a_keyboard_that_is_closed_leaves_nothing_behind(tmp_path: Path) -> None:
    outcome = begun(tmp_path, "Lamp", "DE")
    assert outcome.code == 11
    assert "nothing was made" in outcome.err
    assert not (tmp_path / "shop").exists()


def test_without_a_keyboard_at_all_nobody_waits(tmp_path: Path) -> None:
    call = make_invocation(tmp_path, AT_HOME, stdin=None)
    assert answered(call, NewShop(name="x"), tmp_path) == NewShop(name="x")
    terminal = make_invocation(tmp_path, AT_HOME, stdin=Keyboard(), stderr=Terminal())
    with pytest.raises(DeclinedError):
        answered(terminal, NewShop(), tmp_path)
