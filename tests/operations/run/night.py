"""A shop with an inbox, and runs of it whose clocks stand where a test puts them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from returns_cli.operations.run.desk import RunRequest
from returns_cli.operations.run.run_desk import run_desk
from returns_cli.operations.shop import Shop
from tests.operations.desk import small_shop

NOW = 2_000_000_000.0
"""Seconds since the epoch, far behind every file of a test: none is still growing."""

REQUESTS = "order_id,line_no,reason,quantity,request_id\n"


def night_shop(folder: Path, **made: str) -> Shop:
    """The small shop with an empty inbox."""
    shop = small_shop(folder, **made)
    (folder / "inbox").mkdir(exist_ok=True)
    return shop


def dropped(shop: Shop, name: str, text: str) -> Path:
    """A file in the inbox."""
    path = shop.folder / "inbox" / name
    path.write_text(text, encoding="utf-8")
    return path


def ran(shop: Shop, *steps: str, **asked: Any) -> list[Any]:
    """The lines of a run."""
    clocks = {"clock": lambda: NOW, "pause": _never, **asked}
    return list(run_desk(shop, RunRequest(steps, **clocks)))


def step(lines: list[Any], name: str) -> tuple[int, int, list[str]]:
    """What a step did: done, failed, files."""
    (line,) = (one for one in lines if one["type"] == "step" and one["step"] == name)
    return line["done"], line["failed"], line["files"]


def codes(lines: list[Any]) -> list[tuple[str, str, str | None]]:
    """Step, code and file of each problem."""
    return [(one["step"], one["code"], one["file"]) for one in lines if one["type"] == "problem"]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and what it holds."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


def _never(seconds: float) -> None:
    raise AssertionError(f"the run waits for {seconds} s")
