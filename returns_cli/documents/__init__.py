"""Paper: labels and packing slips. The only place that knows reportlab, segno and fonts.

Facts in, one PDF in memory out: facts (frozen) → template (pure) → operations in printer dots →
backend. Importing this package loads none of the drawing libraries.
"""

from __future__ import annotations

from returns_cli.documents.facts import (
    CommandCard,
    InsertFacts,
    LabelFacts,
    LabelKind,
    PaperAddress,
    Promise,
    SlipAmount,
    SlipFacts,
    SlipLine,
    StickerFacts,
    Trigger,
)
from returns_cli.documents.files import file_name, write_file, write_pieces
from returns_cli.documents.press import MAX_PAGES, Form, Printed
from returns_cli.documents.printing import (
    has_place_for_label,
    print_calibration,
    print_cards,
    print_inserts,
    print_labels,
    print_slips,
    print_stickers,
)

__all__ = [
    "MAX_PAGES",
    "CommandCard",
    "Form",
    "InsertFacts",
    "LabelFacts",
    "LabelKind",
    "PaperAddress",
    "Printed",
    "Promise",
    "SlipAmount",
    "SlipFacts",
    "SlipLine",
    "StickerFacts",
    "Trigger",
    "file_name",
    "has_place_for_label",
    "print_calibration",
    "print_cards",
    "print_inserts",
    "print_labels",
    "print_slips",
    "print_stickers",
    "write_file",
    "write_pieces",
]
