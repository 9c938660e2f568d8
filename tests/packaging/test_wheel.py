"""The wheel: what a shop installs carries the policies, the examples and the command."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest


def build(source: Path, target: str, out: Path) -> Path:
    """Build one artifact with the locked backend: no network, nothing written to the source."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)],
        cwd=source,
        capture_output=True,
        check=True,
    )
    return next(out.glob("*.whl" if target == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(root, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked, which is what installing a pure wheel does."""
    place = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def run(installed: Path, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_the_wheel_carries_every_shipped_file(committed: list[Path], names: set[str]) -> None:
    moved = {"policies": "returns_cli/data/policies", "examples": "returns_cli/data/examples"}
    expected = {
        "/".join((moved.get(path.parts[0], path.parts[0]), *path.parts[1:]))
        for path in committed
        if path.parts[0] in {"policies", "examples", "returns_cli"}
    }
    assert expected - names == set()


def test_the_wheel_carries_nothing_else(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    code = {top for top in tops if not top.endswith((".dist-info", ".data"))}
    assert code == {"returns_cli"}
    assert [name for name in names if "__pycache__" in name] == []


def test_the_wheel_installs_one_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/entry_points.txt"))
        assert archive.read(name).decode().split("\n")[:2] == [
            "[console_scripts]",
            "returns = returns_cli.__main__:main",
        ]


def test_the_wheel_puts_the_manual_page_where_man_looks(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if ".data/" in name)
        assert name.endswith(".data/data/share/man/man1/returns.1")
        assert archive.read(name) == (root / "docs/returns.1").read_bytes()


@pytest.mark.parametrize("name", ["policies", "examples"])
def test_an_installed_package_finds_its_own_files(installed: Path, name: str) -> None:
    code = f"from returns_cli.data import shipped; print(shipped({name!r}))"
    assert run(installed, "-c", code) == str(installed / "returns_cli" / "data" / name)


def test_an_installed_package_tells_its_version(installed: Path) -> None:
    from returns_cli import __version__

    assert __version__ in run(installed, "-m", "returns_cli", "--version")


def test_a_wheel_built_from_the_source_archive_is_the_same(
    root: Path, names: set[str], tmp_path: Path
) -> None:
    with tarfile.open(build(root, "sdist", tmp_path)) as archive:
        # Python 3.11.4 brought the filter, 3.12 warns without one.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        archive.extractall(tmp_path)
    source = next(path for path in tmp_path.iterdir() if path.is_dir())
    with zipfile.ZipFile(build(source, "wheel", tmp_path)) as again:
        assert set(again.namelist()) == names
