"""A decision as canonical JSON text, and back: what the store keeps and what is compared.

Canonical means sorted keys, no spaces, text as it is (UTF-8), days as ``YYYY-MM-DD``. The same
decision always gives the same text, and the text gives back an equal decision: that is how a
stored decision is shown to re-derive byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from returns_cli.domain.model import Decision, Fault, LineDecision, Setting, Verdict, Window


def decision_to_json(decision: Decision) -> str:
    """The canonical text of a decision.

    ``facts`` and ``trace`` may hold text, integers, Booleans, None, tuples and mappings with text
    keys. Lists come back as tuples, so that an equal decision comes back only for tuples.

    Raises:
        TypeError: a float, a date or another object in ``facts`` or ``trace``.
    """
    data = {
        "as_of": decision.as_of,
        "facts": _plain(decision.facts),
        "label": {"kind": decision.label_kind, "valid_days": decision.label_valid_days},
        "lines": [_line_to_data(line) for line in decision.lines],
        "policy": [decision.policy_id, decision.policy_version, decision.policy_sha256],
        "verdict": decision.verdict.value,
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decision_from_json(text: str) -> Decision:
    """The decision that :func:`decision_to_json` wrote.

    Raises:
        ValueError: not such a text: the store was changed by something else.
    """
    try:
        data = json.loads(text)
        policy_id, version, sha256 = data["policy"]
        return Decision(
            policy_id=policy_id,
            policy_version=version,
            policy_sha256=sha256,
            as_of=data["as_of"],
            verdict=Verdict(data["verdict"]),
            lines=tuple(_line_from_data(line) for line in data["lines"]),
            label_kind=data["label"]["kind"],
            label_valid_days=data["label"]["valid_days"],
            facts=_frozen(data["facts"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not the text of a decision: {error}") from error


def _line_to_data(line: LineDecision) -> dict[str, object]:
    window = line.window
    return {
        "codes": list(line.codes),
        "deadline": _day_text(line.deadline_on),
        "fault": line.fault.value,
        "line": line.line,
        "nearest_miss": line.nearest_miss,
        "quantity": line.quantity,
        "reason": line.reason,
        "resolution": line.resolution,
        "settings": [[one.name, _plain(one.value), one.rule, one.at] for one in line.settings],
        "sku": line.sku,
        "title": line.title,
        "trace": _plain(line.trace),
        "verdict": line.verdict.value,
        "window": None
        if window is None
        else [window.start, _day_text(window.anchor_on), window.days, window.assumed],
    }


def _line_from_data(data: Mapping[str, Any]) -> LineDecision:
    return LineDecision(
        line=data["line"],
        sku=data["sku"],
        title=data["title"],
        quantity=data["quantity"],
        reason=data["reason"],
        fault=Fault(data["fault"]),
        resolution=data["resolution"],
        verdict=Verdict(data["verdict"]),
        codes=tuple(data["codes"]),
        deadline_on=_day(data["deadline"]),
        window=_window(data["window"]),
        settings=tuple(
            Setting(name, _frozen(value), rule, at) for name, value, rule, at in data["settings"]
        ),
        nearest_miss=data["nearest_miss"],
        trace=_frozen(data["trace"]),
    )


def _window(data: Any) -> Window | None:
    if data is None:
        return None
    start, anchor_on, days, assumed = data
    return Window(start, _day(anchor_on), days, assumed)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


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


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(one) for one in value)
    if isinstance(value, dict):
        return {key: _frozen(one) for key, one in value.items()}
    return value
