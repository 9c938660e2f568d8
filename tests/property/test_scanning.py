"""Every code of every paper read back from black and white dots, wherever the dots begin.

`make test` takes two offsets of each paper; a soak takes twenty, and draws the ZPL with a renderer
of somebody else where one is there.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from returns_cli.documents import (
    CommandCard,
    Printed,
    StickerFacts,
    print_cards,
    print_labels,
    print_slips,
    print_stickers,
)
from returns_cli.documents.sizes import sheets
from tests.documents.samples import ANA, QR_TEXT, RMA, SHOP, label_facts, picture, slip_facts

DOTS = {203: 203.2, 300: 300.0}
UNIT = StickerFacts(RMA, 2, 1, "TEE", "RESTOCK", "Opened", "B-04", date(2026, 3, 20), "ann")
CARDS = [CommandCard(f"*{word}*", word) for word in ("DONE", "UNDO", "EXTRA", "GRADE-WRONG-ITEM")]
ON_LABELS = {RMA, QR_TEXT}

Paper = Callable[[int], Printed]


def _papers() -> dict[str, tuple[Paper, set[str]]]:
    papers: dict[str, tuple[Paper, set[str]]] = {}
    for name, sheet in sheets().items():
        if "label" in sheet.uses:
            papers[f"label {name}"] = (
                lambda dpi, name=name: print_labels([label_facts()], size=name, dpi=dpi),  # type: ignore[misc]  # a default binds the name
                ON_LABELS,
            )
        if "sticker" in sheet.uses:
            papers[name] = (
                lambda dpi, name=name: print_stickers([UNIT], size=name, dpi=dpi),  # type: ignore[misc]  # as above
                {UNIT.code},
            )
    for size in ("a4", "letter"):
        papers[f"slip {size}"] = (
            lambda dpi, size=size: print_slips([slip_facts(3)], size=size, dpi=dpi),  # type: ignore[misc]  # as above
            {RMA},
        )
        papers[f"cards {size}"] = (
            lambda dpi, size=size: print_cards(CARDS, size=size, dpi=dpi),  # type: ignore[misc]  # as above
            {card.code for card in CARDS},
        )
    return papers


PAPERS = _papers()


def read(data: bytes, dpi: int, offset: float) -> set[str]:
    return {
        code.text for code in zxingcpp.read_barcodes(picture(data, dpi=DOTS[dpi], offset=offset))
    }


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_code_reads_at_two_offsets(paper: str, dpi: int) -> None:
    make, wanted = PAPERS[paper]
    data = make(dpi).data
    for offset in (0.15, 0.55):
        assert wanted <= read(data, dpi, offset)


@pytest.mark.soak
@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_code_reads_at_twenty_offsets(paper: str, dpi: int) -> None:
    make, wanted = PAPERS[paper]
    data = make(dpi).data
    unread = [n / 20 for n in range(20) if not wanted <= read(data, dpi, n / 20)]
    assert unread == []


RENDERER = os.environ.get("RETURNS_ZPL_RENDERER", "")
PROGRAM = """
import { ready } from "zpl-renderer-js"; import fs from "node:fs";
const { api } = await ready;
const [width, height, dots] = process.argv.slice(2).map(Number);
const labels = await api.zplToBase64MultipleAsync(fs.readFileSync(0, "utf8"), width, height, dots);
console.log(JSON.stringify(labels));
"""


@pytest.mark.soak
@pytest.mark.skipif(not RENDERER, reason="RETURNS_ZPL_RENDERER names no folder of zpl-renderer-js")
@pytest.mark.parametrize(("dpi", "per_mm"), [(203, 8), (300, 12)])
@pytest.mark.parametrize("size", ["4x6", "100x150", "a6"])
@pytest.mark.parametrize(
    "sender", [pytest.param(SHOP, id="native"), pytest.param(ANA, id="picture")]
)
def test_a_renderer_of_somebody_else_draws_the_same_codes(
    sender: object, size: str, dpi: int, per_mm: int
) -> None:
    data = print_labels([label_facts(sender=sender)], size=size, dpi=dpi, form="zpl").data
    sheet = sheets()[size]
    # It knows 12 dots a millimetre, a printer of 300 dpi has 11.8: the paper counts in dots.
    high = sheet.height * (300 / 25.4 / 12 if dpi == 300 else 1)
    wide = sheet.width * (300 / 25.4 / 12 if dpi == 300 else 1)
    program = Path(RENDERER) / "returns-zpl.mjs"
    program.write_text(PROGRAM, encoding="utf-8")
    words = ["node", str(program), str(wide), str(high), str(per_mm)]
    done = subprocess.run(words, input=data, capture_output=True, check=True, cwd=RENDERER)
    (drawn,) = json.loads(done.stdout)
    image = Image.open(BytesIO(base64.b64decode(drawn))).convert("L")
    assert {code.text for code in zxingcpp.read_barcodes(image)} == ON_LABELS
