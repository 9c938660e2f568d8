"""A command, its shop before and after it, and what must hold of a shop that a fault has met.

Whatever happened: the store is sound and holds all of the command or nothing of it, what was
printed is there, every output is the old file or the whole new one, and the same command again
ends where it would have ended.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.faults.commands import CLOCK, COMMANDS, stand, typed
from tests.faults.shops import ENVIRONMENT, RETURNS
from tests.flow.conftest import Answer

CALLS = (
    *("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "unlinkat"),
    *("rename", "renameat", "renameat2", "link", "linkat", "sendfile", "copy_file_range"),
)
_TABLES = """
SELECT name, sql FROM sqlite_schema
WHERE type = 'table' AND name <> '_sqlite_migrations' AND name NOT LIKE 'run%' ORDER BY name
"""
DONE = (0, 3)  # 3: rows were rejected, the others are recorded


class Point(NamedTuple):
    """The n-th call of a name that the undisturbed command makes."""

    call: str
    n: int


class Case:
    """A command under test: its shop before, after, and after a second time.

    Args:
        root: an empty folder for its shops.
        name: of the command in the table.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.name = name
        self.command = COMMANDS[name]
        self.shop = root / "shop"
        made = stand(self.shop, self.command.stage)  # where it will stand: paths are recorded
        self.words = made.words(self.command.line)
        self.stdin = self.command.typed.format_map(made.names)
        self.seed = root / "seed"
        shutil.copytree(self.shop, self.seed)
        self.before = content(self.shop)
        first = self.type()
        assert first.code in DONE, first
        self.code = first.code
        self.after = content(self.shop)
        self.outputs = {
            path.relative_to(self.shop).as_posix(): path.read_bytes()
            for pattern in self.command.outputs
            for path in self.shop.glob(pattern)
        }
        assert len(self.outputs) >= len(self.command.outputs), "an output is missing"
        self.again_code = self.type().code
        self.twice = content(self.shop)

    def type(self) -> Answer:
        """The command in this process."""
        return typed(self.shop, *self.words, stdin=self.stdin)

    def process(self, *before: str) -> list[str]:
        """The words of the command as a process, after those of a program that watches it."""
        common = ("--shop", str(self.shop), "--as-of", CLOCK, "--actor", "test", "--json")
        return [*before, *RETURNS, *common, *self.words]

    def reset(self) -> None:
        """Put the shop back to what it was before the command."""
        shutil.rmtree(self.shop, ignore_errors=True)
        shutil.copytree(self.seed, self.shop)

    def run(self, *before: str) -> subprocess.CompletedProcess[str]:
        """The command as a process in a fresh shop."""
        self.reset()
        return subprocess.run(
            self.process(*before),
            cwd=self.shop,
            env=ENVIRONMENT,
            input=self.stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    def points(self) -> list[Point]:
        """Every call by which the undisturbed command writes."""
        trace = self.seed.with_name("trace")
        trace.unlink(missing_ok=True)
        watch = ("strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={','.join(CALLS)}")
        done = self.run(*watch)
        assert done.returncode == self.code, done.stderr
        seen: dict[str, int] = {}
        points = []
        for line in trace.read_text(errors="replace").splitlines():
            call = line.partition(" ")[2].strip().partition("(")[0]
            if call in CALLS:
                seen[call] = seen.get(call, 0) + 1
                points.append(Point(call, seen[call]))
        return points

    def strike(self, point: Point, fault: str, when: str = "") -> subprocess.CompletedProcess[str]:
        """The command in a fresh shop, a fault in one call; with ``when="+"`` also in all later."""
        what = f"inject={point.call}:{fault}:when={point.n}{when}"
        trace = ("-e", f"trace={point.call}", "-e", what)
        return self.run("strace", "-f", "-qq", "-o", "/dev/null", *trace)

    def problems(self, *, is_told: bool) -> Iterator[str]:
        """What does not hold of the shop now; ``is_told``: the command said that it was done."""
        found = content(self.shop)
        is_new = found == self.after
        if found is not None and typed(self.shop, "check").code != 0:
            yield "the store is not sound"
        if not self.command.is_batch:
            if found not in (self.before, self.after):
                yield "neither before nor after"
            if is_told and not is_new:
                yield "what was said to be done is not there"
            yield from self._half_files(is_told=is_told)
        again = self.type()
        if again.code not in (self.code, self.again_code):
            yield f"the same command again ends with {again.code}: {again.err}"
        if content(self.shop) not in ((self.after, self.twice) if is_new else (self.after,)):
            yield "the same command again ends elsewhere"
        for name, whole in self.outputs.items():
            if _bytes(self.shop / name) != whole:
                yield f"the same command again does not make {name}"
        if self.command.gone and self.command.gone in (self.shop / "returns.db").read_bytes():
            yield f"{self.command.gone!r} is still in the store"

    def _half_files(self, *, is_told: bool) -> Iterator[str]:
        for name, whole in self.outputs.items():
            there = _bytes(self.shop / name)
            if there not in (_bytes(self.seed / name), whole):
                yield f"{name} is half a file"
            if is_told and there != whole:
                yield f"{name} is missing"


def content(shop: Path) -> list[object] | None:
    """Every row of every table but the log of runs; None without a store."""
    path = shop / "returns.db"
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as store:
        found: list[object] = store.execute("PRAGMA user_version").fetchall()
        for name, sql in store.execute(_TABLES).fetchall():
            found += [(name, sql), *store.execute(f'SELECT * FROM "{name}"')]
    return found if len(found) > 1 else None


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
