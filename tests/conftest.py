"""Every answer is held to its schema; property tests judge results, never the machine's speed.

A fast run draws the same examples each time, so that it says the same of the same code; a soak
(``RETURNS_SOAK_SECONDS``) draws new ones.
"""

import json
import os
import signal
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator

from returns_cli.cli.context import Invocation
from returns_cli.cli.direct import command_of
from returns_cli.cli.hoist import hoist
from returns_cli.cli.schemas.commands import schema_of
from returns_cli.cli.serial import json_text

# A shell ignores Ctrl-C for what it starts in the background, and children inherit that: the tests
# of signals would wait for nothing.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "patient",
    deadline=None,
    derandomize="RETURNS_SOAK_SECONDS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("patient")


@pytest.fixture(autouse=True, scope="session")
def _answers_keep_their_schema() -> Iterator[None]:
    """Hold every answer that a test sees in this process to its command's JSON Schema."""
    show, show_each = Invocation.show, Invocation.show_each

    def show_checked(self: Invocation, answer: object, *, dry_run: bool = False) -> None:
        check_answer(self, answer)
        show(self, answer, dry_run=dry_run)

    def show_each_checked(self: Invocation, answers: Iterable[object]) -> None:
        show_each(self, (_checked(self, one) for one in answers))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Invocation, "show", show_checked)
        patch.setattr(Invocation, "show_each", show_each_checked)
        yield


def _checked(call: Invocation, answer: object) -> object:
    check_answer(call, answer if call.output.format == "jsonl" else [answer])
    return answer


def check_answer(call: Invocation, answer: object) -> None:
    """Fail where a command answers what its schema does not allow."""
    found = command_of(hoist(call.words)[1])
    if found is None:
        return  # a made-up command of a test
    validator = _validator(found[0])
    if found[0] == "run" and isinstance(answer, list):
        (answer,) = answer
    for error in validator.iter_errors(json.loads(json_text(answer))):
        place = "/".join(map(str, error.absolute_path))
        raise AssertionError(f"returns {found[0]} --json, at {place}: {error.message[:500]}")


@cache
def _validator(command: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(command))
