"""A decision as canonical JSON text, and back: what the store keeps and what is compared.

Canonical means sorted keys, no spaces, text as it is (UTF-8), days as ``YYYY-MM-DD``. The same
decision always gives the same text, and the text gives back an equal decision: that is how a
stored decision is shown to re-derive byte for byte.

Most of a decision are its settings, and decisions by the same rules share them: their text is
written once, and equal texts give one tuple.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial
from json.encoder import encode_basestring as quoted
from typing import Any

from returns_cli.domain.late_record import LateRecord
from returns_cli.domain.model import Decision, LineDecision, Setting, Window
from returns_cli.domain.remembered import Remembered
from returns_cli.domain.vocabulary import Fault, Verdict

Settings = tuple[Setting, ...]

_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_LEAVES = frozenset({str, type(None)})
_FAULTS = {one.value: one for one in Fault}
_VERDICTS = {one.value: one for one in Verdict}
_MOST = 2048


def decision_to_json(decision: Decision) -> str:
    """The canonical text of a decision.

    ``facts`` and ``trace`` may hold text, integers, Booleans, None, tuples and mappings with text
    keys. Lists come back as tuples, so that an equal decision comes back only for tuples.

    Raises:
        TypeError: a float, a date or another object in ``facts`` or ``trace``.
    """
    return _whole(quoted(decision.as_of), decision.facts, _said(decision))


def judgement_to_json(decision: Decision) -> str:
    """The canonical text of what a decision says: without its moment, its facts and its traces."""
    return _whole('""', {}, _said(decision, with_trace=False))


def both_to_json(decision: Decision) -> tuple[str, str]:
    """The texts of a decision and of what it says, which is most of it."""
    if any(line.trace for line in decision.lines):
        return decision_to_json(decision), judgement_to_json(decision)
    said = _said(decision)
    whole = _whole(quoted(decision.as_of), decision.facts, said)
    return whole, _whole('""', {}, said)


def _whole(as_of: str, facts: Mapping[str, object], said: str) -> str:
    if isinstance(facts, LateRecord) and facts.write is not None:
        told = facts.write()
    else:
        told = canonical(dict(facts))
    return f'{{"as_of":{as_of},"facts":{told},{said}}}'


def _said(decision: Decision, *, with_trace: bool = True) -> str:
    """The members after the facts, in their order."""
    lines = ",".join([_line_text(line, with_trace=with_trace) for line in decision.lines])
    return (
        f'"label":{{"kind":{quoted(decision.label_kind)},'
        f'"valid_days":{_number(decision.label_valid_days)}}},"lines":[{lines}],'
        f'"policy":[{_or_null(decision.policy_id)},{_or_null(decision.policy_version)},'
        f'{_or_null(decision.policy_sha256)}],"verdict":{quoted(decision.verdict.value)}'
    )


def _line_text(line: LineDecision, *, with_trace: bool) -> str:
    codes = ",".join(map(quoted, line.codes))
    window = line.window
    traced = canonical(line.trace) if with_trace and line.trace else "[]"
    counted = "null"
    if window is not None:
        assumed = "true" if window.assumed else "false"
        counted = (
            f"[{quoted(window.start)},{_day_text(window.anchor_on)},{window.days!r},{assumed}]"
        )
    return (
        f'{{"codes":[{codes}],"deadline":{_day_text(line.deadline_on)},'
        f'"fault":{quoted(line.fault.value)},"line":{line.line!r},'
        f'"nearest_miss":{_or_null(line.nearest_miss)},"quantity":{line.quantity!r},'
        f'"reason":{quoted(line.reason)},"resolution":{quoted(line.resolution)},'
        f'"settings":{_settings_text(line.settings)},"sku":{quoted(line.sku)},'
        f'"title":{quoted(line.title)},"trace":{traced},'
        f'"verdict":{quoted(line.verdict.value)},"window":{counted}}}'
    )


def _text_of_settings(settings: Settings) -> str:
    return canonical([[one.name, one.value, one.rule, one.at] for one in settings])


_settings_text = Remembered(_text_of_settings, _MOST)


def canonical(value: object) -> str:
    """The canonical text of plain data.

    Raises:
        TypeError: a float, a date or another object in it.
    """
    return _encoded(value if _is_plain(value) else _plain(value))


def _is_plain(value: object) -> bool:
    """Whether a value is nothing but texts and None in dictionaries, lists and tuples."""
    kind = type(value)
    if kind is dict:
        members: Mapping[object, object] = value  # type: ignore[assignment]  # it is one
        for key in members:
            if type(key) is not str:
                return False
        value = members.values()
    elif kind is not tuple and kind is not list:
        return kind in _LEAVES
    for one in value:  # type: ignore[attr-defined]  # noqa: SIM110 - a sequence; `all` takes longer
        if type(one) not in _LEAVES and not _is_plain(one):
            return False
    return True


def _plain(value: object) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {_text_key(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    raise TypeError(f"a decision cannot hold {value!r}")


def _text_key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a decision's keys are text, not {key!r}")
    return key


def decision_from_json(text: str) -> Decision:
    """The decision that :func:`decision_to_json` wrote; its facts are read when one is looked at.

    Raises:
        ValueError: not such a text: the store was changed by something else. Of the facts it is
            raised by the look.
    """
    try:
        data = _read(text)
        policy_id, version, sha256 = data["policy"]
        return Decision(
            policy_id=policy_id,
            policy_version=version,
            policy_sha256=sha256,
            as_of=data["as_of"],
            verdict=_VERDICTS[data["verdict"]],
            lines=tuple([_line_from_data(line) for line in data["lines"]]),
            label_kind=data["label"]["kind"],
            label_valid_days=data["label"]["valid_days"],
            facts=_facts_of(data["facts"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not the text of a decision: {error}") from error


def _read(text: str) -> Any:
    """The text's data, settings as tuples that equal texts share, facts as their text.

    Both are cut out before the rest is read. Between ``,"settings":[`` and ``],"sku":`` of a
    canonical text lies one line's list, before ``,"label":{"kind":`` lie the facts: a quote within
    a text is never bare. Where what was cut out is not exactly that, the whole is read as it
    stands.
    """
    head, *rest = text.split(',"settings":[')
    moment, _, facts = head.partition(',"facts":')
    facts, labelled, head = facts.partition(',"label":{"kind":')
    if not labelled:
        return json.loads(text)
    pieces, found = [moment, ',"facts":null,"label":{"kind":', head], []
    for number, part in enumerate(rest):
        listed, ends, after = part.partition('],"sku":')
        if not ends:
            return json.loads(text)
        found.append(listed)
        pieces.append(f',"settings":{number},"sku":{after}')
    data = json.loads("".join(pieces))
    lines = data["lines"]
    if [line["settings"] for line in lines] != list(range(len(found))):
        return json.loads(text)
    for line, listed in zip(lines, found, strict=True):
        line["settings"] = _shared(listed)
    data["facts"] = facts
    return data


def _facts_of(data: str | Mapping[str, Any]) -> Mapping[str, object]:
    """The facts of their text, which is written again as it stands, or of what was already read."""
    if isinstance(data, str):
        return LateRecord(partial(_read_facts, data), partial(str, data))
    return _frozen({**data})  # type: ignore[no-any-return]  # a dictionary stays one


def _read_facts(text: str) -> Mapping[str, object]:
    facts = _frozen(json.loads(text))
    if not isinstance(facts, dict):
        raise ValueError("not the facts of a decision")
    return facts


@lru_cache(_MOST)
def _shared(listed: str) -> Settings:
    return _settings_of(json.loads(f"[{listed}]"))


def _settings_of(data: Any) -> Settings:
    return tuple([Setting(name, _frozen(value), rule, at) for name, value, rule, at in data])


def _line_from_data(line: Mapping[str, Any]) -> LineDecision:
    settings = line["settings"]
    return LineDecision(
        line["line"],
        line["sku"],
        line["title"],
        line["quantity"],
        line["reason"],
        _FAULTS[line["fault"]],
        line["resolution"],
        _VERDICTS[line["verdict"]],
        tuple(line["codes"]),
        _day(line["deadline"]),
        _window(line["window"]),
        settings if isinstance(settings, tuple) else _settings_of(settings),
        line["nearest_miss"],
        _frozen(line["trace"]),
    )


def _window(data: Any) -> Window | None:
    if data is None:
        return None
    start, anchor_on, days, assumed = data
    return Window(start, _day(anchor_on), days, assumed)


def _day_text(day: date | None) -> str:
    return "null" if day is None else f'"{day.isoformat()}"'


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _or_null(text: str | None) -> str:
    return "null" if text is None else quoted(text)


def _number(value: int | None) -> str:
    return "null" if value is None else repr(value)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_frozen(one) for one in value])
    if isinstance(value, dict):
        return {key: _frozen(one) for key, one in value.items()}
    return value
