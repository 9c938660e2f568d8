"""The locks: exact, hashed, free of addresses, inside the ranges, above the known advisories."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PIN = re.compile(r"([a-z0-9-]+)==([^ ]+)( ; [^\\]+)? \\")
HASH = re.compile(r" {4}--hash=sha256:([0-9a-f]{64})( \\)?")
COMMENT = re.compile(r" *#.*")


class Pin(NamedTuple):
    version: Version
    hashes: int


def read_lock(path: Path) -> dict[str, Pin]:
    """The pins of a lock; a line of any other kind fails the test."""
    pins: dict[str, Pin] = {}
    name = ""
    for line in path.read_text().splitlines():
        if pin := PIN.fullmatch(line):
            name = pin[1]
            assert name not in pins, f"{path.name} pins {name} twice"
            pins[name] = Pin(Version(pin[2]), 0)
        elif HASH.fullmatch(line):
            pins[name] = Pin(pins[name].version, pins[name].hashes + 1)
        else:
            assert COMMENT.fullmatch(line) or line == "-r requirements.lock", (
                f"{path.name} holds more than pins and hashes: {line}"
            )
    return pins


@pytest.fixture(scope="module")
def runtime(root: Path) -> dict[str, Pin]:
    return read_lock(root / "requirements.lock")


@pytest.fixture(scope="module")
def everything(root: Path, runtime: dict[str, Pin]) -> dict[str, Pin]:
    return {**read_lock(root / "requirements-dev.lock"), **runtime}


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, list[Requirement]]:
    """The requirements of pyproject.toml by the lock that must hold them."""
    read = tomllib.loads((root / "pyproject.toml").read_text())
    extras = read["project"]["optional-dependencies"]
    base = [*read["project"]["dependencies"], *extras["intl"], *read["dependency-groups"]["build"]]
    dev = [*extras["test"], *extras["dev"]]
    return {
        "runtime": [Requirement(text) for text in base],
        "dev": [Requirement(text) for text in dev if not text.startswith("returns-cli")],
    }


def outside(required: list[Requirement], pins: dict[str, Pin]) -> list[str]:
    """The requirements that no pin satisfies."""
    return [
        str(one)
        for one in required
        if (name := canonicalize_name(one.name)) not in pins
        or pins[name].version not in one.specifier
    ]


def test_every_pin_has_hashes(everything: dict[str, Pin]) -> None:
    assert [name for name, pin in everything.items() if pin.hashes == 0] == []


@pytest.mark.parametrize("name", ["pillow", "pyyaml", "uharfbuzz", "python-bidi"])
def test_a_compiled_package_has_the_hashes_of_every_platform(
    runtime: dict[str, Pin], name: str
) -> None:
    # Linux and macOS, two processors each, three versions of Python, and the source.
    assert runtime[name].hashes >= 13


def test_the_runtime_lock_meets_the_ranges_of_the_project(
    project: dict[str, list[Requirement]], runtime: dict[str, Pin]
) -> None:
    assert outside(project["runtime"], runtime) == []


def test_both_locks_together_meet_the_ranges_of_the_tests(
    project: dict[str, list[Requirement]], everything: dict[str, Pin]
) -> None:
    assert outside(project["dev"], everything) == []


def test_no_package_is_pinned_in_both_locks(root: Path, runtime: dict[str, Pin]) -> None:
    assert set(read_lock(root / "requirements-dev.lock")) & set(runtime) == set()


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        pytest.param("reportlab", "5.1", id="reportlab: remote code below 3.6.13, we need 5.1"),
        pytest.param("pyyaml", "5.4", id="pyyaml: code execution below 5.4"),
        pytest.param("pillow", "12.2", id="pillow: image parsers below 12.2"),
        pytest.param("pygments", "2.20", id="pygments: slow patterns below 2.20"),
        pytest.param("click", "8.3.3", id="click comes with sqlite-utils"),
        pytest.param("pip", "26", id="pip 26 writes a console script without re"),
    ],
)
def test_a_pin_is_not_below_its_floor(runtime: dict[str, Pin], name: str, floor: str) -> None:
    assert runtime[name].version >= Version(floor)


@pytest.mark.parametrize("name", ["jinja2", "numpy", "pandas", "pydantic", "sqlalchemy"])
def test_the_core_does_without(runtime: dict[str, Pin], name: str) -> None:
    assert name not in runtime
