from __future__ import annotations

from dataclasses import replace

import pytest

from returns_cli.documents.checking import checked, clean_or_empty, shop_words
from returns_cli.documents.facts import LabelFacts
from returns_cli.documents.text import Typesetter
from returns_cli.domain.errors import Problem
from tests.documents.samples import ANA, label_facts, slip_facts, slip_line


def look_through(facts: LabelFacts, *, replaced: bool = False) -> list[Problem]:
    typesetter = Typesetter(finder=lambda _: iter(()))
    return checked(facts, typesetter, "replace" if replaced else "fail")[1]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        pytest.param(
            "王 小明",
            "RMA-7F3K2QX ship_name: no font for U+738B 王, U+5C0F 小, U+660E 明 (Han).",
            "Install Debian fonts-wqy-microhei, or name a font with --font; "
            '--on-missing replace prints "?" and warns.',
            id="Han: the package to install",
        ),
        pytest.param(
            "מרים",
            "RMA-7F3K2QX ship_name: no font for U+05DE מ, U+05E8 ר, U+05D9 י, U+05DD ם (Hebrew).",
            "Install Debian fonts-noto-core, or name a font with --font; "
            '--on-missing replace prints "?" and warns.',
            id="Hebrew: the package to install",
        ),
        pytest.param(
            "Ana ★",
            "RMA-7F3K2QX ship_name: no font for U+2605 ★.",
            'Name a font that has it with --font; --on-missing replace prints "?" and warns.',
            id="a sign of no script",
        ),
        pytest.param(
            "".join(chr(0x4E00 + i) for i in range(8)),
            "RMA-7F3K2QX ship_name: no font for U+4E00 一, U+4E01 丁, U+4E02 丂, U+4E03 七, "
            "U+4E04 丄 and 3 more (Han).",
            "Install Debian fonts-wqy-microhei, or name a font with --font; "
            '--on-missing replace prints "?" and warns.',
            id="many: the first five and how many more",
        ),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(name: str, message: str, hint: str) -> None:
    (problem,) = look_through(label_facts(sender=replace(ANA, name=name)))
    assert (problem.code, problem.column) == ("E-GLYPH-MISSING", "ship_name")
    assert (problem.message, problem.hint) == (message, hint)


def test_each_script_of_a_field_has_its_own_problem() -> None:
    problems = look_through(label_facts(reason="王 א"))
    assert [problem.message.split(": ", 1)[1][:12] for problem in problems] == [
        "no font for ", "no font for ",
    ]  # fmt: skip


def test_without_the_extra_for_joining_scripts_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("text", "checking"):
        monkeypatch.setattr(f"returns_cli.documents.{module}.can_shape", lambda: False)
    (problem,) = look_through(label_facts(sender=replace(ANA, name="สมชาย")))
    assert problem.message == (
        "RMA-7F3K2QX ship_name: Thai needs libraries that are not installed: U+0E2A ส, U+0E21 ม, "
        "U+0E0A ช, U+0E32 า, U+0E22 ย."
    )
    assert (problem.hint or "").startswith(
        'Install the extra [intl]: pip install "returns-cli[intl]"'
    )


def test_a_replaced_sign_is_a_warning_and_a_question_mark() -> None:
    typesetter = Typesetter(finder=lambda _: iter(()))
    facts, problems = checked(label_facts(reason="王 or so"), typesetter, "replace")
    assert facts.reason == "? or so"
    (problem,) = problems
    assert problem.code == "W-GLYPH-REPLACED"
    assert problem.message.endswith('(Han); "?" was printed.')


def test_facts_come_back_clean_and_plain_ones_are_the_same_object() -> None:
    typesetter = Typesetter(finder=lambda _: iter(()))
    plain = label_facts()
    assert checked(plain, typesetter, "fail")[0] is plain
    dirty = slip_facts(lines=(slip_line(1, title=" So\tcks\x00"), slip_line(2)))
    facts, problems = checked(dirty, typesetter, "fail")
    assert facts.lines[0].title == "So cks"
    assert facts.lines[1] == dirty.lines[1]
    assert problems == []


def test_titles_are_cut_and_numbers_are_not() -> None:
    typesetter = Typesetter(finder=lambda _: iter(()))
    facts, problems = checked(
        slip_facts(lines=(slip_line(1, title="t" * 201, sku="s" * 201),)), typesetter, "fail"
    )
    assert facts.lines[0].title == "t" * 199 + "…"
    assert [(one.code, one.column) for one in problems] == [("E-TEXT-TOO-LONG", "lines[1].sku")]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("sender.name", "ship_name"), ("sender.street[1]", "ship_street[1]"),
        ("destination.city", "return_to.city"), ("customer_name", "ship_name"),
        ("sender", "ship address"), ("destination", "return_to"), ("order_id", "order_id"),
    ],
)  # fmt: skip
def test_fields_are_called_as_the_shop_calls_them(field: str, name: str) -> None:
    assert shop_words(field) == name


def test_a_number_that_cannot_be_cleaned_is_left_out_of_the_message() -> None:
    assert clean_or_empty("\ud800") == ""
    (problem,) = look_through(label_facts(rma="\ud800"))
    assert problem.code == "E-TEXT-INVALID"
