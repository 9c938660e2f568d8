"""Serial numbers: the same one however it is written, and whether what came is what was sold."""

from __future__ import annotations

from collections.abc import Iterable


def plain_serial(text: str) -> str:
    """A serial number as it is compared: its letters and digits alone, in capitals.

    A keyboard layout other than the scanner's makes another sign of ``-``.

    >>> plain_serial(" sn-47 11"), plain_serial("—")
    ('SN4711', '—')
    """
    stripped = "".join(text.split()).upper()
    return "".join(one for one in stripped if one.isalnum()) or stripped


def is_mismatch(sold: Iterable[str], seen: Iterable[str], units: int) -> bool | None:
    """Whether units that were looked at are others than were sold; None where one is not known.

    Args:
        sold: serial numbers of the order line, plain; none where nobody said them.
        seen: serial numbers of the units, plain.
        units: that were looked at.

    >>> is_mismatch(["A1"], ["B2"], 1), is_mismatch(["A1"], [], 1), is_mismatch([], ["B2"], 1)
    (True, None, False)
    """
    known, found = set(sold), set(seen)
    if not known:
        return False
    if found - known:
        return True
    return None if units > len(found) else False
