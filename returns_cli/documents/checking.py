"""Every text of a return looked through before the first page is drawn.

Facts come back cleaned, beside all that is wrong with them; nothing is thrown one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, Literal, TypeVar

from returns_cli.documents.shaping import can_shape
from returns_cli.documents.text import Missing, Typesetter, clean
from returns_cli.domain.errors import Problem
from returns_cli.messages.catalogue import FALLBACK, signs_of

OnMissing = Literal["fail", "replace"]

MAX_LINE = 200  # characters of a field
MAX_STREET_LINES = 8
MAX_ROWS = 500  # return lines of a slip
_SHOWN = 5  # signs named in one message

# Fields that end in an ellipsis where they are long; all others are refused.
_CUTTABLE = frozenset({"title", "reason", "shop_name", "answers_due", "text"})
# Facts as orders and shop.yaml call them.
_NAMES = (("sender.", "ship_"), ("destination.", "return_to."), ("customer_name", "ship_name"))

F = TypeVar("F")


def checked(facts: F, typesetter: Typesetter, on_missing: OnMissing) -> tuple[F, list[Problem]]:
    """The facts with clean texts, and the problems of all their fields.

    Args:
        facts: label or slip facts, with an ``rma``.
        typesetter: the fonts there are.
        on_missing: ``replace`` prints ``?`` for a sign without a font and warns.

    Returns:
        Problems whose code begins with ``E-`` mean that these facts must not be drawn.
    """
    rma = clean_or_empty(str(getattr(facts, "rma", "")))
    check = _Check(rma, typesetter, on_missing)
    cleaned: F = check.walk(facts, "")
    return check.spoken(cleaned), check.problems


def clean_or_empty(text: str) -> str:
    """The cleaned text, empty where it cannot be cleaned; for naming a return in a message."""
    try:
        return clean(text)
    except ValueError:
        return ""


def shop_words(field: str) -> str:
    """A fact's name as exports and ``shop.yaml`` write it.

    >>> shop_words("sender.street"), shop_words("order_id")
    ('ship_street', 'order_id')
    """
    field = field.removeprefix("label.")
    for ours, theirs in _NAMES:
        if field.startswith(ours):
            return theirs + field.removeprefix(ours)
    return {"sender": "ship address", "destination": "return_to"}.get(field, field)


class _Check:
    """One walk through one return's facts."""

    def __init__(self, rma: str, typesetter: Typesetter, on_missing: OnMissing) -> None:
        self._rma = rma
        self._type = typesetter
        self._on_missing = on_missing
        self.problems: list[Problem] = []

    def walk(self, value: Any, field: str) -> Any:
        """A text, a tuple or a dataclass with every text in it cleaned."""
        if value is None:
            return None
        if isinstance(value, str):
            return self._text(value, field)
        if isinstance(value, tuple):
            self._count(value, field)
            return tuple(
                self.walk(item, f"{field}[{i}]") for i, item in enumerate(value[:MAX_ROWS], 1)
            )
        changed = dict(self._changed(value, field))
        return replace(value, **changed) if changed else value

    def spoken(self, facts: F) -> F:
        """The facts in a language whose own texts the fonts can print; else in English, and said.

        The customer's words are another matter: these texts can be had in English.
        """
        changed = {}
        for name in ("language", "bench_language"):
            language = getattr(facts, name, "")
            missing = self._type.missing(signs_of(language)) if language else []
            if missing:
                message, hint = _glyph_words(_of_one_script(missing))
                said = f"{message}; the texts were printed in English"
                self._add("W-GLYPH-REPLACED", name, said, hint)
                changed[name] = FALLBACK
        # the facts are a dataclass: every kind of paper has one
        return replace(facts, **changed) if changed else facts  # type: ignore[type-var]

    def _changed(self, value: Any, field: str) -> Iterator[tuple[str, Any]]:
        for name in _texts_of(value.__class__):
            old = getattr(value, name)
            new = self.walk(old, f"{field}.{name}" if field else name)
            if new is not old and new != old:
                yield name, new

    def _count(self, value: tuple[Any, ...], field: str) -> None:
        limit = MAX_STREET_LINES if field.endswith("street") else MAX_ROWS
        if len(value) > limit:
            self._refuse(
                "E-TEXT-TOO-LONG",
                field,
                f"{len(value)} lines, more than the {limit} that fit",
                "Shorten it in the order, or print this return by hand.",
            )

    def _text(self, text: str, field: str) -> str:
        try:
            line = clean(text)
        except ValueError as error:
            self._refuse("E-TEXT-INVALID", field, str(error), "Correct the text in the order.")
            return ""
        if len(line) > MAX_LINE:
            if _last_name(field) not in _CUTTABLE:
                self._refuse(
                    "E-TEXT-TOO-LONG",
                    field,
                    f"{len(line)} characters, more than the {MAX_LINE} that are printed",
                    "Shorten it in the order.",
                )
            line = line[: MAX_LINE - 1] + "…"
        missing = self._type.missing(line)
        if missing:
            self._report(missing, field)
            line = self._type.replaced(line)
        return line

    def _report(self, missing: list[Missing], field: str) -> None:
        by_script: dict[str, list[Missing]] = {}
        for one in missing:
            by_script.setdefault(one.script.name, []).append(one)
        replaced = self._on_missing == "replace"
        for signs in by_script.values():
            message, hint = _glyph_words(signs)
            if replaced:
                self._add("W-GLYPH-REPLACED", field, f'{message}; "?" was printed', hint)
            else:
                more = '--on-missing replace prints "?" and warns'
                self._add("E-GLYPH-MISSING", field, message, f"{hint}; {more}.")

    def _refuse(self, code: str, field: str, message: str, hint: str) -> None:
        self._add(code, field, message, hint)

    def _add(self, code: str, field: str, message: str, hint: str) -> None:
        name = shop_words(field)
        self.problems.append(
            Problem(code, f"{self._rma} {name}: {message}.", column=name, hint=hint)
        )


def _of_one_script(missing: list[Missing]) -> list[Missing]:
    """The signs of the script that most of them belong to: its font has the others as well."""
    names = [one.script.name for one in missing]
    return [one for one in missing if one.script.name == max(names, key=names.count)]


def _glyph_words(signs: list[Missing]) -> tuple[str, str]:
    """What is missing, and what to install or do."""
    script = signs[0].script
    named = ", ".join(_code_points(one.sign) for one in signs[:_SHOWN])
    more = f" and {len(signs) - _SHOWN} more" if len(signs) > _SHOWN else ""
    if script.needs_shaping and not can_shape():
        return (
            f"{script.name} needs libraries that are not installed: {named}{more}",
            'Install the extra [intl]: pip install "returns-cli[intl]"',
        )
    of_script = "" if script.name == "sign" else f" ({script.name})"
    if script.install:
        hint = f"Install {script.install}, or name a font with --font"
    else:
        hint = "Name a font that has it with --font"
    return f"no font for {named}{more}{of_script}", hint


def _code_points(sign: str) -> str:
    return f"{' '.join(f'U+{ord(one):04X}' for one in sign)} {sign}"


def _last_name(field: str) -> str:
    return field.rpartition(".")[2].partition("[")[0]


@lru_cache(maxsize=32)
def _texts_of(kind: Any) -> tuple[str, ...]:
    """Fields that may hold text, by their annotation."""
    plain = {"int", "bool", "int | None", "date", "date | None", "Logo | None"}
    return tuple(one.name for one in fields(kind) if str(one.type) not in plain)
