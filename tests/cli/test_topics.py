"""The pages of ``returns help TOPIC``: short, and true."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import pytest

from returns_cli.cli import registry
from returns_cli.cli.direct import command_of, read_arguments
from returns_cli.cli.hoist import hoist
from returns_cli.cli.parameters import PARAMETERS
from returns_cli.cli.topics import NAMES, topic_page
from returns_cli.data import shipped
from returns_cli.domain.errors import Exit
from returns_cli.domain.lifecycle import ReturnState
from returns_cli.domain.shop import Tables
from returns_cli.domain.vocabulary import RefundState, Resolution
from returns_cli.intake.formats import FORMATS
from returns_cli.operations.scan.bench import MODES
from returns_cli.policy.tables import default_tables
from tests.cli.conftest import Run

every_topic = pytest.mark.parametrize("topic", NAMES)
OPTIONS = set(re.findall(r"--[a-z][a-z-]+", " ".join(PARAMETERS.values()))) | {
    name for name, _, _ in registry.GLOBAL_OPTIONS
}


@every_topic
def test_a_topic_is_one_screen_of_ascii(run_cli: Run, topic: str) -> None:
    outcome = run_cli("help", topic)
    assert outcome == (0, topic_page(topic), "")
    assert outcome.out.isascii()
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert len(outcome.out.splitlines()) <= 27
    heading = outcome.out.splitlines()[:2]
    assert heading[1] == ""


def test_the_overview_lists_the_topics_and_each_has_its_page(run_cli: Run) -> None:
    listed = run_cli("help").out.partition("Topics, as returns help TOPIC\n")[2].splitlines()
    assert [line.split()[0] for line in listed[: listed.index("")]] == list(NAMES)
    pages = {path.stem for path in shipped("topics").glob("*.txt")}
    assert pages == set(NAMES)
    assert all(name in run_cli("help", "help").out.replace("\n", " ") for name in NAMES)


def commands_in(page: str) -> Iterator[str]:
    """Every command line of a page, without what is said of it behind two blanks."""
    for line in page.splitlines():
        if line.startswith("  returns ") or re.match(r"  [0-9*]+ .* returns ", line):
            text = line[line.index("returns ") :]
            yield re.split(r"  | \| ", text)[0]


@every_topic
def test_every_command_of_a_topic_is_one_that_the_program_takes(topic: str) -> None:
    for line in commands_in(topic_page(topic)):
        program, *words = shlex.split(line)
        _, rest = hoist(words)
        if rest[0] == "help":
            continue
        found = command_of(rest)
        assert program == "returns"
        assert found is not None, line
        assert read_arguments(found[0], rest[found[2] :]) is not None, line


@every_topic
def test_every_option_and_page_that_a_topic_names_is_there(topic: str) -> None:
    page = topic_page(topic)
    assert set(re.findall(r"--[a-z][a-z-]+", page)) <= OPTIONS
    assert set(re.findall(r"help ([a-z][a-z-]+)", page)) <= set(NAMES)


def test_most_topics_show_commands_to_copy() -> None:
    without = {name for name in NAMES if not list(commands_in(topic_page(name)))}
    assert without == {"reasons", "items", "states", "output", "exit-codes"}


def words_after(page: str, head: str) -> list[str]:
    """The words of the lines behind a line that begins so, up to an empty one."""
    lines = page.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(head))
    end = lines.index("", at) if "" in lines[at:] else len(lines)
    return " ".join(lines[at + 1 : end]).split()


def test_the_words_of_the_shop_are_those_of_its_tables() -> None:
    page = topic_page("reasons")
    tables: Tables = default_tables()
    by_fault: dict[str, list[str]] = {}
    for code, reason in tables.reasons.items():
        by_fault.setdefault(reason.fault.value, []).append(code)
    said = words_after(page, "Reasons (")
    starts = [said.index(fault) for fault in by_fault] + [len(said)]
    for fault, start, end in zip(by_fault, starts, starts[1:], strict=False):
        if fault != "unknown":
            assert said[start + 1 : end] == by_fault[fault]
    assert by_fault["unknown"] == ["other"]
    assert words_after(page, "Grades (") == list(tables.grades)
    places = [
        f"{name}*" if place.is_sellable else name for name, place in tables.dispositions.items()
    ]
    assert words_after(page, "Places, ") == places
    assert words_after(page, "What a customer wants") == list(Resolution)


def test_the_states_are_those_of_the_program() -> None:
    page = topic_page("states")
    listed = [line.split()[0] for line in page.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(state.value for state in ReturnState)
    assert page.rstrip().endswith(", ".join(RefundState))


def test_the_exit_codes_are_those_of_the_program() -> None:
    listed = re.findall(r"^ +([0-9]+)  ", topic_page("exit-codes"), re.MULTILINE)
    assert [int(one) for one in listed] == sorted(int(one) for one in Exit)


@pytest.mark.parametrize(
    "command", ["orders import", "requests import", "shipments import", "refunds reconcile"]
)
def test_the_formats_are_those_that_each_command_reads(command: str) -> None:
    known = {one.name for one in FORMATS if one.command == command}
    lines = topic_page("formats").splitlines()
    at = lines.index(f"  returns {command} FILE")
    told: list[str] = []
    for line in lines[at + 1 :]:
        if not line.startswith("      "):
            break
        told += line.split()
    assert sorted(told) == sorted(known)


def test_the_modes_and_words_of_the_station_are_told() -> None:
    page = topic_page("scan")
    assert all(mode == "receive" or f"--mode {mode}" in page for mode in MODES)


def test_a_topic_comes_before_a_command_or_group_of_its_name(run_cli: Run) -> None:
    assert run_cli("help", "policy").out.startswith("Policy: ")
    assert run_cli("help", "scan").out.startswith("Scan: ")
    assert run_cli("policy", "--help").out.startswith("Usage: returns policy COMMAND")
    assert run_cli("scan", "--help").out.startswith("Usage: returns scan")
