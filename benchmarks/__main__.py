"""``python -m benchmarks [startup …]``: run the named benchmarks, or all.

A single one takes options: ``python -m benchmarks import --lines 100000``.
"""

from __future__ import annotations

import importlib
import sys
from itertools import takewhile

NAMES = ("startup", "import", "paper", "policy", "evaluate", "find", "scan", "report", "predict")


def main(words: list[str]) -> None:
    """Run each named benchmark; all of them where none is named."""
    wanted = list(takewhile(lambda word: not word.startswith("-"), words))
    options = words[len(wanted) :]
    if options and len(wanted) != 1:
        raise SystemExit("options are for a single benchmark")
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        raise SystemExit(f"no benchmark {unknown[0]}; there are {', '.join(NAMES)}")
    for name in wanted or NAMES:
        run = importlib.import_module(f"benchmarks.{name}").main
        run(options) if options else run()


if __name__ == "__main__":
    main(sys.argv[1:])
