"""The source tree: what may stand at its top, how long a module is, what no file may name."""

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import returns_cli

TOP_LEVEL = {
    *(".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "SECURITY.md"),
    *("pyproject.toml", "requirements.lock", "requirements-dev.lock"),
    *("benchmarks", "docs", "examples", "policies", "returns_cli", "tests"),
}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc"}

# Written in two parts, so that this file does not name what it forbids.
UNWANTED = re.compile(
    "|".join(
        [
            r"https?://\S*(py" + r"pi|/sim" + r"ple/)",
            r"ind" + r"ex-url",
            r"find" + r"-links",
            r"trusted" + r"-host",
            r"(?<![\w.~])/ro" + r"ot/",
        ]
    )
)


def test_the_top_level_holds_only_what_belongs_there(committed: list[Path]) -> None:
    assert {path.parts[0] for path in committed} - TOP_LEVEL == set()


def test_no_module_is_longer_than_400_lines(root: Path, committed: list[Path]) -> None:
    modules = [path for path in committed if path.parts[0] == "returns_cli"]
    lengths = {
        str(path): len((root / path).read_text().splitlines())
        for path in modules
        if path.suffix == ".py"
    }
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_no_module_has_a_vague_name(committed: list[Path]) -> None:
    ours = [path for path in committed if path.parts[0] == "returns_cli"]
    assert [str(path) for path in ours if VAGUE & {*path.parent.parts, path.stem}] == []


def test_no_committed_file_names_an_index_or_a_path_of_one_machine(
    root: Path, committed: list[Path]
) -> None:
    found = []
    for path in committed:
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, or an export in another encoding
        lines = enumerate(text.splitlines(), start=1)
        found += [
            f"{path}:{number}: {line.strip()[:100]}"
            for number, line in lines
            if UNWANTED.search(line) or f"{root}/" in line
        ]
    assert found == []


def test_the_installed_version_is_the_one_in_the_package() -> None:
    try:
        installed = version("returns-cli")
    except PackageNotFoundError:
        pytest.skip("returns-cli is not installed here: run through `make test`")
    assert installed == returns_cli.__version__
