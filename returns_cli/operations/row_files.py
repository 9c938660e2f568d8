"""Files of rows: each row stands or falls alone, good ones are committed, bad ones kept aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from returns_cli.domain.errors import InvalidError, Problem, UsageError
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from returns_cli.intake import ReadOptions, RowReading
    from returns_cli.intake.rejects import RejectFile


@dataclass
class Tally:
    """What became of the rows; ``file_id``: of their file, where something refers to it."""

    new: int = 0
    same: int = 0
    rmas: dict[str, None] = field(default_factory=dict)
    file_id: int | None = None

    def add(self, new: int, same: int, rmas: Iterable[str], file_id: int | None) -> None:
        """Count what a part brought."""
        self.new += new
        self.same += same
        self.rmas |= dict.fromkeys(rmas)
        self.file_id = file_id

    def count(self, outcome: str, rma: str | None) -> None:
        """Count one ``new`` or ``same`` thing of a return, or of none."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        if rma is not None:
            self.rmas[rma] = None


def read_options(
    shop: Shop | None, *, command: str = "", map_file: Path | None = None, **given: Any
) -> ReadOptions:
    """How to read a file: options that were given win over a mapping, and that over ``shop.yaml``.

    Args:
        shop: None where there is none: UTC, no currency.
        command: that reads; needed with a mapping.
        map_file: ``--map``.

    Raises:
        UsageError: the mapping file cannot be read; ``--decimal`` is neither dot nor comma.
        InvalidError: ``E-MAP``, with every problem of the mapping.
    """
    from returns_cli.intake import ReadOptions

    if given.get("decimal") not in (None, "dot", "comma"):
        raise UsageError(
            "E-USAGE",
            f"`{given['decimal'][:20]}` is no decimal mark.",
            where="--decimal",
            hint="Write dot or comma.",
        )
    options: dict[str, Any] = {}
    if shop is not None:
        config = shop.config
        options = {
            "zone": config.zone,
            "currency": config.currency,
            "tax": config.tax,
            "gift_tags": config.gift_tags,
        }
    if map_file is not None:
        from returns_cli.intake.mapped.mapping_file import read_mapping

        mapping = read_mapping(map_file, command, shop.config.tables if shop else None)
        options |= {**mapping.options(), "mapping": mapping}
    return ReadOptions(**options | {name: one for name, one in given.items() if one})


def read_zone(name: str) -> ZoneInfo:
    """The time zone that ``--timezone`` names.

    Raises:
        UsageError: there is none of that name.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(
            "E-USAGE-ZONE",
            f"`{name}` is no time zone.",
            where="--timezone",
            hint="Write a name such as Europe/Bucharest or America/New_York.",
        ) from None


def refused_by_strict(problems: tuple[Problem, ...]) -> InvalidError:
    """The refusal of a whole file because one row of it was refused under ``--strict``."""
    return InvalidError(
        "E-STRICT",
        "A row was refused and --strict was given: nothing was written.",
        where=_first_place(problems),
        hint="Mend the rows named, or leave --strict out to take the good ones.",
        problems=problems,
    )


def view_rows(reading: RowReading[Any], tally: Tally) -> Json:
    """The answer of an import of rows."""
    return {
        "rows": reading.rows,
        "new": tally.new,
        "same": tally.same,
        "rejected": reading.log.rejected,
        "returns": list(tally.rmas),
        "problems": [view_problem(one) for one in reading.problems],
    }


def finish(shop: Shop, reading: RowReading[Any], tally: Tally) -> Json:
    """Write the reject files and build the answer.

    Raises:
        InvalidError: every row was refused, not only as conflicts; carries the answer.
    """
    answer = view_rows(reading, tally)
    if not shop.dry_run:
        write_reject_files(shop, reading.reject_files())
    if is_nothing_left(reading):
        raise nothing_left(reading.rows, answer, reading.problems)
    return answer


def is_nothing_left(reading: RowReading[Any]) -> bool:
    """Whether every row was refused, and not only as conflicts."""
    rejected = reading.log.rejected
    return bool(rejected) and rejected == reading.rows and not reading.log.only_conflicts


def _first_place(problems: Sequence[Problem]) -> str | None:
    first = next((one for one in problems if one.is_error), None)
    return f"{first.file}:{first.line}" if first else None


def nothing_left(rows: int, answer: Json, problems: Sequence[Problem]) -> InvalidError:
    """Every row was refused, not only as conflicts; the answer goes with the error."""
    return InvalidError(
        "E-NOTHING-LEFT",
        f"Every row was refused ({rows} of {rows}); nothing was written.",
        where=_first_place(problems),
        hint="Each row's own problem says what to mend.",
        result=answer,
    )


def view_problem(problem: Problem) -> Json:
    """A problem as JSON; nulls are kept."""
    return {
        "code": problem.code,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
        "hint": problem.hint,
        "count": problem.count,
    }


def write_reject_files(shop: Shop, files: Iterable[RejectFile]) -> None:
    """Put refused rows with their reasons into ``outbox/rejects/`` and note where they are."""
    from returns_cli.documents import write_file

    folder = Path("outbox", "rejects")
    for file in files:
        (shop.folder / folder).mkdir(parents=True, exist_ok=True)
        rejected = "".join(file.lines).encode()
        path = folder / _free_name(shop.folder / folder, file.name, rejected)
        write_file(shop.folder / path, rejected)
        said = f"The refused row of {file.source}, with its reason"
        if file.rows > 1:
            said = f"The {file.rows} refused rows of {file.source}, each with its reason"
        shop.notes.append(f"{said}: {path.as_posix()}")


def _free_name(folder: Path, name: str, content: bytes) -> str:
    """The name itself, or with a number: yesterday's refused rows of a like-named file stay."""
    first = Path(name)
    for number in count(2):
        place = folder / name
        if not place.exists() or place.read_bytes() == content:
            break
        name = f"{first.stem}-{number}{first.suffix}"
    return name
