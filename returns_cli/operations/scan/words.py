"""Every answer of the scanning station, in one table; docs/warehouse.md shows each at work.

``OK``: done, and on the disk where it says so; ``STOP``: refused, nothing was recorded; ``ASK``:
the next scan must say more, or a person must look.
"""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.errors import ReturnsError
from returns_cli.domain.model import OrderLine
from returns_cli.operations.return_view import Json


class Said(NamedTuple):
    """The answer to one scan.

    Attributes:
        word: ``OK``, ``STOP`` or ``ASK``.
        message: one line for the clerk.
    """

    word: str
    message: str
    rma: str | None = None
    line: int | None = None
    sku: str | None = None

    def view(self, scanned: str) -> Json:
        """As a JSON line."""
        return {"scanned": scanned, **self._asdict()}


class StopError(ReturnsError):
    """A scan that is refused, in the words of its answer."""


class Saying(NamedTuple):
    """One answer: its word, and its sentence with names for what differs."""

    word: str
    text: str

    def said(self, rma: str | None, line: OrderLine | None = None, /, **facts: object) -> Said:
        """The answer, of a return and of one of its lines where it is about one."""
        number, sku = (None, None) if line is None else (line.line, line.sku)
        message = self.text.format_map({"rma": rma, "sku": sku, **facts})
        return Said(self.word, message, rma, number, sku)

    def refusal(self, **facts: object) -> StopError:
        """The answer as what ends a scan that is refused."""
        return StopError("E-SCAN", self.text.format_map(facts))


class Words:
    """The table, in the order of a clerk's day."""

    NO_RETURN = Saying("STOP", "Scan the return's number first.")
    NO_RETURN_YET = Saying(
        "STOP", "Scan the return's number first. EXTRA keeps {code} as unexpected."
    )
    SEVERAL = Saying("STOP", "{code} is {count} returns: {rmas}. Scan one.")
    NO_RETURN_OF_ORDER = Saying("STOP", "No return was opened for order {order}.")
    PARCEL_OF_NOBODY = Saying(
        "STOP",
        "No return was opened for order {order}. EXTRA, then the goods: kept as unexpected.",
    )
    NOT_YET = Saying("STOP", "{why} Until then: EXTRA, then the goods.")
    ASIDE = Saying("OK", "Put aside. A person decides.")
    UNKNOWN = Saying("STOP", "Nothing is known of {code}.")
    DOUBLE = Saying("OK", "The same code at once again: ignored.")
    SWAPPED = Saying("OK", "{message} (The keyboard swaps Y and Z.)")

    AWAITED = Saying("OK", "{units} awaited. Scan the goods, then DONE.")
    BLIND = Saying("OK", "Scan what is in the parcel, then DONE.")
    ALL_CAME_BEFORE = Saying("ASK", "Everything has arrived before. {last}.")
    RECEIVED = Saying("OK", "{goods}: {count} of {units}")
    RECEIVED_BLIND = Saying("OK", "{goods}")
    NOT_IN = Saying("STOP", "{code} is not in {rma}. EXTRA keeps it as unexpected.")
    ELSEWHERE = Saying("ASK", "{code} is awaited by {rmas}, not here. Scan that number, or EXTRA.")
    NOT_APPROVED = Saying(
        "STOP", "{sku} of {rma} is not approved. EXTRA keeps this one as unexpected."
    )
    ALL_HERE = Saying("STOP", "{sku}: {units} here. {last}. EXTRA keeps this one as unexpected.")
    EXTRA_NEXT = Saying("ASK", "Scan the goods that nobody announced.")
    KEPT = Saying("OK", "{code}: kept as unexpected.")
    EXTRA_ELSEWHERE = Saying("STOP", "EXTRA is for receiving.")
    COMPLETE = Saying("OK", "Complete.")
    STILL_AWAITED = Saying("ASK", "Still awaited: {goods}.")

    NOTHING_CAME = Saying("STOP", "Nothing of {rma} has arrived. Receive it first.")
    ALL_INSPECTED = Saying("ASK", "Everything of {rma} is inspected.")
    WAITING = Saying("OK", "{units}. Scan an item, then its grade.")
    NOT_IN_HERE = Saying("STOP", "{code} is not in {rma}.")
    NONE_WAITS = Saying("STOP", "No unit of {sku} waits for inspection.")
    SERIAL_NEXT = Saying(
        "ASK", "{goods}: scan its serial number, or its grade where it bears none."
    )
    SERIAL_GIVEN = Saying("ASK", "{sku} {serial}: scan its grade.")
    SERIAL_OTHER = Saying(
        "ASK", "{serial} is not the {sku} that was sold ({sold}). Scan it again, or its grade."
    )
    SERIAL_TWICE = Saying("STOP", "{serial} is inspected already.")
    SERIAL_HERE = Saying("STOP", "{serial} is here already. {last}.")
    GRADE_NEXT = Saying("ASK", "{goods}: scan its grade.")
    ITEM_FIRST = Saying("STOP", "Scan the item before its grade.")
    GRADED = Saying("OK", "{sku}: {grade}, to {place}. {left} more.")
    GRADED_LAST = Saying("OK", "{sku}: {grade}, to {place}. Nothing more waits.")
    TO_PERSON = Saying("OK", "{message} A person decides: {codes}.")
    DENIED = Saying("OK", "{message} It pays nothing: {codes}.")
    GRADE_ELSEWHERE = Saying("STOP", "A grade is for inspecting.")
    INSPECTED = Saying("OK", "Everything is inspected.")
    NOT_INSPECTED = Saying("ASK", "Not inspected: {goods}.")

    COUNT = Saying("OK", "Scan everything in the parcel, then DONE.")
    COUNTED = Saying("OK", "{sku}: {count}")
    COUNTED_STRANGE = Saying("ASK", "{code}: {count}. It is not in this return.")
    AS_AWAITED = Saying("OK", "As awaited. Nothing was recorded.")
    DIFFERS = Saying("ASK", "{differences}.")
    TOLD = Saying("OK", "{state}, order {order}: {goods}.")

    NOTE_NEXT = Saying("ASK", "Type the note.")
    PHOTO_NEXT = Saying("ASK", "Scan or type the name of the photo's file.")
    NOTE_KEPT = Saying("OK", "Note kept: {text}")
    PHOTO_KEPT = Saying("OK", "Photo kept: {text}")
    NO_PHOTO = Saying("STOP", "{why} Scan PHOTO again.")
    NOT_HERE = Saying("STOP", "{card} is for receiving and inspecting.")
    UNDONE = Saying("OK", "Undone: {what}.")
    FORGOTTEN = Saying("OK", "Forgotten: {what}. Nothing was recorded.")
    NOTHING_TO_UNDO = Saying("STOP", "Nothing to undo in this return.")


SAYINGS: dict[str, Saying] = {
    name: one for name, one in vars(Words).items() if isinstance(one, Saying)
}
"""The table by the names of its answers."""

REFUSED_BY_OTHERS = {
    "E-RMA-MISTYPED": "is not a return number.",
    "E-RMA-UNKNOWN": "There is no return",
    "E-STATE": "is approved.",
    "E-GRADE-UNKNOWN": "has no grade",
    "E-OVER-INSPECTED": "arrived and",
}
"""What stops a scan in the words of the typed commands, by code: a piece of each sentence."""
