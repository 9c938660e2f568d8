"""``python -m benchmarks [startup …]``: run the named benchmarks, or all."""

from __future__ import annotations

import importlib
import sys

NAMES = ("startup", "orders_import", "labels", "policy")


def main(wanted: list[str]) -> None:
    """Run each named benchmark; all of them where none is named."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        raise SystemExit(f"no benchmark {unknown[0]}; there are {', '.join(NAMES)}")
    for name in wanted or NAMES:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
