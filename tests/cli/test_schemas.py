"""The JSON Schemas of answers: one for each command, sound, and tight enough to find a slip."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from returns_cli.cli import registry
from returns_cli.cli.schemas.commands import WITHOUT, schema_of
from returns_cli.cli.schemas.records import RECORDS
from tests.cli.conftest import Run

ANSWERING = [name for name, _, _ in registry.commands() if name not in WITHOUT]


@pytest.mark.parametrize("command", ANSWERING)
def test_every_command_that_answers_json_has_a_sound_schema(command: str) -> None:
    Draft202012Validator.check_schema(schema_of(command))


def test_every_record_is_spoken_of_by_some_command() -> None:
    named = {name for command in ANSWERING for name in schema_of(command)["$defs"]}
    assert named == set(RECORDS) - {"found"}


@pytest.mark.parametrize("command", ["refunds show", "journal balances"])
def test_help_prints_the_schema_of_a_command(run_cli: Run, command: str) -> None:
    said = run_cli("help", *command.split(), "--json-schema")

    assert (said.code, json.loads(said.out)) == (0, schema_of(command))


@pytest.mark.parametrize("command", ["", "help", "policy schema", "fly"])
def test_what_answers_no_json_has_no_schema(run_cli: Run, command: str) -> None:
    assert run_cli("help", *command.split(), "--json-schema").code == 2


def refund(**changed: object) -> dict[str, object]:
    return {
        "refund": "RF-1",
        "rma": "RMA-7F3K2QX",
        "order": "#1042",
        "state": "submitted",
        "amount": "13.31",
        "currency": "USD",
        "tender": "original_payment",
        "reference": None,
        "key": "RMA-7F3K2QX#1",
        "journal_seq": 1,
        "decision": 2,
        "replayed": False,
        **changed,
    }


def test_a_refund_as_the_contract_writes_it_is_allowed() -> None:
    Draft202012Validator(schema_of("refunds show")).validate(refund())


@pytest.mark.parametrize(
    "slip",
    [
        pytest.param({"amount": 13.31}, id="a float"),
        pytest.param({"amount": "13,31"}, id="a comma"),
        pytest.param({"currency": "usd"}, id="small letters"),
        pytest.param({"state": "paid"}, id="a state that is none"),
        pytest.param({"replayed": "no"}, id="a word for a truth"),
        pytest.param({"extra": 1}, id="a key too many"),
        pytest.param({"key": None}, id="a null where there is always something"),
    ],
)
def test_a_slip_in_a_refund_is_found(slip: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Draft202012Validator(schema_of("refunds show")).validate(refund(**slip))
