"""Paper: labels and packing slips. The only place that knows reportlab, segno and fonts.

Facts in, one PDF in memory out: facts (frozen) → template (pure) → operations in printer dots →
backend. Importing this package loads none of the drawing libraries.
"""

from __future__ import annotations

from returns_cli.documents.facts import (
    LabelFacts,
    LabelKind,
    PaperAddress,
    Promise,
    SlipAmount,
    SlipFacts,
    SlipLine,
    Trigger,
)
from returns_cli.documents.files import file_name, write_file
from returns_cli.documents.printing import MAX_PAGES, Printed, print_labels, print_slips

__all__ = [
    "MAX_PAGES",
    "LabelFacts",
    "LabelKind",
    "PaperAddress",
    "Printed",
    "Promise",
    "SlipAmount",
    "SlipFacts",
    "SlipLine",
    "Trigger",
    "file_name",
    "print_labels",
    "print_slips",
    "write_file",
]
