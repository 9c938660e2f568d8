"""The page on mapping files names every key and every column that only a mapping knows."""

from __future__ import annotations

import re

from returns_cli.intake.mapped.mapping_columns import (
    COMMANDS,
    EXTRA_SUMS,
    LINE_TOTAL,
    shape_of_file,
)
from tests.docs.pages import ROOT


def test_every_key_of_a_mapping_is_on_the_page() -> None:
    text = (ROOT / "docs/mapping.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE)
    named = {word for row in rows for word in re.findall(r"`(\w+)`", row)}
    assert set(shape_of_file(COMMANDS["orders"]).fields) - named == set()
    assert {LINE_TOTAL, *EXTRA_SUMS} - named == set()
