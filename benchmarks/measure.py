"""Run commands in turn (A B C A B C …) and compare their medians; ratios hold when speeds drift."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

# pip compiles what it installs. A checkout is compiled when it first runs, unless this forbids it,
# and then every run would be measured with the compiler.
_ENVIRON = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass
class Command:
    """One command of a comparison.

    Args:
        name: how the table calls it.
        words: the command line.
        prepare: puts the starting state back before each run, not measured.
        exits: statuses that count as done.
    """

    name: str
    words: Sequence[str]
    prepare: Callable[[], object] | None = None
    exits: tuple[int, ...] = (0,)
    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)

    def run(self, *, counts: bool) -> None:
        """Run once as a whole process; the system's own accounting of it counts."""
        if self.prepare is not None:
            self.prepare()
        start = time.perf_counter()
        process = subprocess.Popen(
            self.words, env=_ENVIRON, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in self.exits:
            raise SystemExit(f"{self.name} failed with {process.returncode}: {self.words}")
        if counts:
            unit = 1024 if sys.platform == "linux" else 1024 * 1024
            self.wall_s.append(wall)
            self.cpu_s.append(used.ru_utime + used.ru_stime)
            self.peak_mb.append(used.ru_maxrss / unit)


def compare(title: str, commands: Sequence[Command], runs: int) -> None:
    """Print a table of medians and of each command's ratio to the first."""
    for number in range(runs + 1):
        for command in commands:
            command.run(counts=number > 0)
    base = commands[0]
    print(f"\n{title} (median of {runs}, ratios against {base.name})")
    print(f"{'':34} {'wall':>9} {'ratio':>6} {'cpu':>9} {'ratio':>6} {'peak':>8}")
    for one in commands:
        wall, cpu = statistics.median(one.wall_s), statistics.median(one.cpu_s)
        wall_ratio = statistics.median(
            [a / b for a, b in zip(one.wall_s, base.wall_s, strict=True)]
        )
        cpu_ratio = statistics.median(
            [a / max(b, 1e-6) for a, b in zip(one.cpu_s, base.cpu_s, strict=True)]
        )
        print(
            f"{one.name:34} {wall * 1000:6.0f} ms {wall_ratio:6.2f} "
            f"{cpu * 1000:6.0f} ms {cpu_ratio:6.2f} {max(one.peak_mb):5.0f} MB"
        )
