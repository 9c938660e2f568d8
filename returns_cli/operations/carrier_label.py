"""A label bought from a carrier, which goes onto the parcel with ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from returns_cli.domain.check_digits import is_s10, looks_like_s10
from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations.paper_batch import PaperRequest

if TYPE_CHECKING:
    from returns_cli.documents import LabelFacts

_MOST_BYTES = 20_000_000


def read_carrier(request: PaperRequest) -> bytes:
    """The file that ``--carrier`` names, for the one return of the request.

    Raises:
        UsageError: not exactly one return, no tracking number, or a file that cannot be read.
        InvalidError: a mistyped postal number (``E-TRACKING-CHECK``), a file that is too large.
    """
    path = request.carrier
    if path is None or len(request.rmas) != 1 or not request.tracking:
        raise UsageError(
            "E-USAGE",
            "A carrier's label goes with one return, and has a number.",
            where="--carrier",
            hint="Name one return: returns label RMA-7F3K2QX --carrier dhl.pdf --tracking NO.",
        )
    _check_number(request.tracking)
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            "E-FILE-UNREADABLE",
            f"Cannot read {path.name}: {(error.strerror or 'the system refused').lower()}.",
            where=str(path),
            hint="Name the file that the carrier gave.",
        ) from error
    if not data or len(data) > _MOST_BYTES:
        raise InvalidError(
            "E-CARRIER-FILE",
            f"The carrier's label cannot be used: {path.name} is empty or larger than 20 MB.",
            where=str(path),
            hint="Download it from the carrier again, as PDF or PNG.",
        )
    return data


def with_postage(facts: LabelFacts, request: PaperRequest) -> LabelFacts:
    """The label that names the carrier's one beside it instead of saying that it pays nothing."""
    if request.carrier is None:
        if request.tracking:
            raise UsageError(
                "E-USAGE",
                "A tracking number belongs to a carrier's label.",
                where="--tracking",
                hint="Name its file with --carrier.",
            )
        return facts
    return replace(facts, postage=True, tracking=request.tracking)


def _check_number(number: str) -> None:
    squeezed = "".join(number.split()).upper()
    if looks_like_s10(squeezed) and not is_s10(squeezed):
        raise InvalidError(
            "E-TRACKING-CHECK",
            f"{number} looks like a postal number, but its check digit does not fit.",
            where="--tracking",
            hint="Read it again from the carrier's label.",
        )
