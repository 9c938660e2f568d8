"""Commands that may ask: they do at a terminal, and never where nobody is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from returns_cli.__main__ import run
from returns_cli.cli import registry
from tests.cli.conftest import Outcome, Terminal, make_invocation
from tests.faults.commands import CLOCK, Stand, stand

CLI = Path(registry.__file__).parent


class Asking(NamedTuple):
    """A command line that asks.

    Attributes:
        stage: of the shop that it starts from.
        question: how the first question begins.
        unasked: the exit status where nobody can be asked and no answer is given: 11, or 0 for
            what has a usual answer.
        prepare: what else the shop needs.
    """

    stage: str
    line: str
    question: str
    unasked: int = 11
    prepare: Callable[[Path], object] = Path.exists


def _has_no_coats(folder: Path) -> None:
    (folder / "stock.csv").write_text("sku,quantity\nCOAT,0\n", encoding="utf-8")
    with (folder / "shop.yaml").open("a", encoding="utf-8") as settings:
        settings.write("stock_file: stock.csv\n")


ASKING = {
    "init": Asking("new", "init elsewhere", "The shop's name", 0),
    "policy new": Asking("new", "policy new summer", "Days to return goods", 0),
    "orders add": Asking("new", "orders add 77 --item MUG:1001@1.00", "Keep 1001 units of MUG"),
    "customers erase": Asking("confirmed", "customers erase ann@example.com", "Erase"),
    "refund": Asking("inspected", "refund {rma} --goodwill 99.00 --why late", "Give 99.00 USD"),
    "exchanges send": Asking("swapping", "exchanges send {rma}", "Send it", 11, _has_no_coats),
}
every_one = pytest.mark.parametrize("name", ASKING)


def at_a_terminal(shop: Stand, line: str, typed: str = "y\n") -> tuple[Outcome, bool]:
    """What a command line left behind, and whether it waited for the keyboard."""
    keyboard, out, err = Terminal(typed), Terminal(), Terminal()
    environ = {"RETURNS_SALT": "flow", "PAGER": "cat"}
    call = make_invocation(shop.folder, environ, stdin=keyboard, stdout=out, stderr=err)
    words = ["--shop", str(shop.folder), "--as-of", CLOCK, *shop.words(line)]
    code = run(call, words)
    return Outcome(code, out.getvalue(), err.getvalue()), keyboard.tell() > 0


@pytest.fixture
def shop(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    made = stand(tmp_path / "shop", ASKING[name].stage)
    ASKING[name].prepare(made.folder)
    monkeypatch.chdir(made.folder)
    return made


@every_one
def test_it_asks_a_person_at_a_terminal(shop: Stand, name: str) -> None:
    outcome, was_read = at_a_terminal(shop, ASKING[name].line, typed="no\n" * 40)
    assert was_read
    assert ASKING[name].question in outcome.err


@every_one
def test_it_never_asks_with_no_input(shop: Stand, name: str) -> None:
    outcome, was_read = at_a_terminal(shop, f"{ASKING[name].line} --no-input")
    assert not was_read
    assert outcome.code == ASKING[name].unasked, outcome
    assert ("E-CANNOT-ASK" in outcome.err) is (outcome.code == 11)


@every_one
def test_yes_answers_it_also_without_a_question(shop: Stand, name: str) -> None:
    outcome, was_read = at_a_terminal(shop, f"{ASKING[name].line} --yes --no-input")
    assert not was_read
    assert outcome.code == 0, outcome


def test_the_table_names_every_command_that_may_ask() -> None:
    asks = re.compile(r"\bcall\.(confirm|ask_for)\b|\banswered\(call\b")
    modules = {path.stem for path in CLI.glob("*.py") if asks.search(path.read_text("utf-8"))}
    places = {name: place.split(":")[0] for name, place, _ in registry.commands()}
    assert modules & set(places.values()) == {places[name] for name in ASKING}
