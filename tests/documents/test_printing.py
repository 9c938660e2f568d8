from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from returns_cli.documents import (
    LabelFacts,
    PaperAddress,
    Printed,
    SlipFacts,
    print_labels,
    print_slips,
)
from returns_cli.domain.errors import Exit, InvalidError
from tests.documents.fontmaker import make_font
from tests.documents.samples import (
    ANA,
    BOTH_CODES,
    SHOP,
    codes,
    label_facts,
    page_texts,
    picture,
    slip_facts,
    slip_line,
)

PRIVATE = "\ue000"  # a sign that no font is ever looked for


def broken(rma: str = "RMA-0000012") -> LabelFacts:
    return label_facts(rma=rma, sender=replace(ANA, name=f"Ana {PRIVATE}"))


def test_a_batch_is_one_file_in_the_given_order() -> None:
    printed = print_labels([label_facts(rma=rma) for rma in ("RMA-BBB", "RMA-AAA", "RMA-CCC")])
    assert (printed.pages, printed.rmas) == (3, ("RMA-BBB", "RMA-AAA", "RMA-CCC"))
    for text, rma in zip(page_texts(printed.data), printed.rmas, strict=True):
        assert rma in text


def test_no_facts_make_no_file() -> None:
    assert print_labels([]) == Printed(b"", 0, (), ())
    assert print_slips([]) == Printed(b"", 0, (), ())


def test_the_file_says_what_it_is_and_names_no_person() -> None:
    document = pypdfium2.PdfDocument(print_labels([label_facts()]).data)
    meta = document.get_metadata_dict()
    assert meta["Title"] == "Return label RMA-7F3K2QX"
    assert meta["Creator"].startswith("returns ")
    assert meta["Author"] == ""
    several = pypdfium2.PdfDocument(print_slips([slip_facts(), slip_facts(rma="RMA-2")]).data)
    assert several.get_metadata_dict()["Title"] == "2 packing slips, first RMA-7F3K2QX"


def test_viewers_are_told_the_language_and_not_to_scale() -> None:
    data = print_labels([label_facts(language="en-GB")]).data
    assert b"/Lang (en)" in data
    assert b"/PrintScaling /None" in data


def test_all_that_cannot_be_printed_is_told_at_once_and_nothing_is_made() -> None:
    lines = (slip_line(1, title=f"Socks {PRIVATE}"), slip_line(2, reason="\ue001"))
    batch = [
        slip_facts(rma="RMA-1", lines=lines),
        slip_facts(rma="RMA-2"),
        slip_facts(rma="RMA-3", customer_name=f"{PRIVATE}x"),
    ]
    with pytest.raises(InvalidError) as caught:
        print_slips(batch)
    error = caught.value
    assert (error.code, error.exit) == ("E-GLYPH-MISSING", Exit.INVALID)
    assert [problem.column for problem in error.problems] == [
        "lines[1].title", "lines[2].reason", "ship_name",
    ]  # fmt: skip
    assert error.problems[0].message == f"RMA-1 lines[1].title: no font for U+E000 {PRIVATE}."
    assert error.problems[1].message.startswith("RMA-1 lines[2].reason: no font for U+E001")
    assert error.message.endswith("(3 problems in all)")
    assert '--on-missing replace prints "?" and warns' in (error.hint or "")


def test_keep_going_prints_the_good_ones_and_tells_of_the_rest() -> None:
    printed = print_labels(
        [label_facts(rma="RMA-1"), broken("RMA-2"), label_facts(rma="RMA-3")], keep_going=True
    )
    assert (printed.pages, printed.rmas) == (2, ("RMA-1", "RMA-3"))
    assert [(problem.code, problem.column) for problem in printed.problems] == [
        ("E-GLYPH-MISSING", "ship_name")
    ]


def test_nothing_good_makes_no_file() -> None:
    printed = print_labels([broken()], keep_going=True)
    assert (printed.data, printed.pages, printed.rmas) == (b"", 0, ())


def test_replace_prints_a_question_mark_and_warns() -> None:
    printed = print_labels([broken()], on_missing="replace")
    assert "Ana ?" in page_texts(printed.data)[0]
    (problem,) = printed.problems
    assert (problem.code, problem.is_error) == ("W-GLYPH-REPLACED", False)


def test_a_named_font_is_used_in_the_file(tmp_path: Path) -> None:
    # Glyph 40 of the core family: any outline will do, as long as it is embedded.
    font = make_font(tmp_path / "private.ttf", "TestPrivateUse", {PRIVATE: 40})
    printed = print_labels([broken()], fonts=[font])
    assert printed.problems == ()
    assert b"TestPrivateUse" in printed.data
    assert f"Ana {PRIVATE}" in page_texts(printed.data)[0]


@pytest.mark.parametrize(
    ("changes", "code", "column", "message"),
    [
        pytest.param(
            {"travels": "none"},
            "E-LABEL-NONE",
            "travels",
            "RMA-7F3K2QX: this return needs no label, the customer keeps the goods.",
            id="nothing to send",
        ),
        pytest.param(
            {"sender": replace(ANA, name="N" * 120)},
            "E-PAPER-FIT",
            "ship address",
            "RMA-7F3K2QX ship address: the text is too long for its place even at 6 pt (120 "
            "characters in its longest line).",
            id="an unbroken name",
        ),
        pytest.param(
            {"sender": replace(ANA, name="N" * 300)},
            "E-TEXT-TOO-LONG",
            "ship_name",
            "RMA-7F3K2QX ship_name: 300 characters, more than the 200 that are printed.",
            id="a name that is no name",
        ),
        pytest.param(
            {"destination": replace(SHOP, street=tuple("abcdefghi"))},
            "E-TEXT-TOO-LONG",
            "return_to.street",
            "RMA-7F3K2QX return_to.street: 9 lines, more than the 8 that fit.",
            id="nine lines of street",
        ),
        pytest.param(
            {"sender": replace(ANA, city="\ud800")},
            "E-TEXT-INVALID",
            "ship_city",
            "RMA-7F3K2QX ship_city: U+D800 is half a character.",
            id="half a character.",
        ),
        pytest.param(
            {"lane": "L" * 60},
            "E-PAPER-FIT",
            "lane",
            "RMA-7F3K2QX lane: the lane is too long for the head of a label.",
            id="a lane wider than the head",
        ),
        pytest.param(
            {"qr_text": "ș"},
            "E-PAPER-FIT",
            "qr_text",
            "RMA-7F3K2QX qr_text: a QR code of ours holds printable ASCII only.",
            id="a QR text that is no address",
        ),
    ],
)
def test_what_has_no_place_is_refused_in_words(
    changes: dict[str, Any], code: str, column: str, message: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        print_labels([label_facts(**changes)])
    (problem,) = caught.value.problems
    assert (problem.code, problem.column, problem.message) == (code, column, message)
    assert problem.hint


def test_a_number_wider_than_the_paper_says_what_it_needs() -> None:
    with pytest.raises(InvalidError) as caught:
        print_labels([label_facts(rma="RMA-" + "X" * 40)])
    # (start + 44 signs + check) × 11 + 13 + 20 quiet = 539 modules of 2 dots, 8 dots a mm
    assert caught.value.message.endswith(" rma: its code does not fit: needs 134.8 mm, has 95.6.")


def test_five_hundred_rows_are_the_most() -> None:
    with pytest.raises(InvalidError, match="501 lines, more than the 500"):
        print_slips([slip_facts(501)])


def test_two_thousand_pages_are_the_most() -> None:
    with pytest.raises(InvalidError, match="More than 2,000 pages") as caught:
        print_labels([label_facts()] * 2001)
    assert caught.value.code == "E-PAPER-TOO-MANY"


HOSTILE = [
    ") Tj ET (", "\\) ( \\", "<img src=\"secret.png\"/>", "<b>B and C >", "{rma} %s {0.__class__}",
    "\x1b]8;;https://example.com\x07x", "a\x00b\r\nc", "=cmd|' /C calc'!A0", "/JS (app.alert(1))",
    "endstream endobj", "../../etc/passwd", "\u202eevil\u2066", "A" * 200, "mot " * 50,
    "(مرحبا \u202e 1) [x", "م" * 200, "क्" * 90, "ि", "\u200d\u200c", "e" + "\u0301" * 150, "ที่" * 60,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    printed = print_slips([slip_facts(lines=(slip_line(1, title=text, reason=text),))])
    assert codes(picture(printed.data, dpi=300)) == BOTH_CODES
    if text.isascii() and text.isprintable():
        assert text.split()[0][:10] in page_texts(printed.data)[0]


@pytest.mark.parametrize("length", [10_000, 100_000])
def test_very_long_titles_are_cut_without_reading_all_of_them(length: int) -> None:
    printed = print_slips([slip_facts(lines=(slip_line(1, title="x" * length),))])
    assert printed.pages == 1


def digest(made: Callable[[], Printed]) -> str:
    return hashlib.sha256(made().data).hexdigest()


def both() -> tuple[str, str]:
    """One digest of labels and one of slips, over batches with several scripts."""
    names = ["Ana Țăranu", "Ελένη Παπαδοπούλου", "Олена Шевченко", "Đặng Thị Ngọc Ánh"]
    labels = [
        label_facts(rma=f"RMA-{i}", sender=PaperAddress(name, ("1 Main St",), "Town"))
        for i, name in enumerate(names)
    ]
    slips: list[SlipFacts] = [slip_facts(n, rma=f"RMA-{n}") for n in (1, 7)]
    return digest(lambda: print_labels(labels)), digest(lambda: print_slips(slips))


def test_the_same_facts_make_the_same_bytes_in_any_process() -> None:
    program = "from tests.documents.test_printing import both; print(*both())"
    root = Path(__file__).parents[2]
    found = set()
    for seed, zone in (("0", "Pacific/Kiritimati"), ("12345", "Pacific/Niue")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=environment,
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(tuple(done.stdout.split()))
    assert found == {both()}
    assert both() == both()


def test_what_was_printed_before_leaves_no_trace_in_the_bytes() -> None:
    alone = digest(lambda: print_labels([label_facts()]))
    print_labels([label_facts(reason="Ωμέγα Київ ẹ́")])
    assert digest(lambda: print_labels([label_facts()])) == alone


def test_importing_the_package_loads_no_drawing_library() -> None:
    program = (
        "import sys, returns_cli.documents; "
        "heavy = 'reportlab segno babel PIL tomllib subprocess tempfile'.split(); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
