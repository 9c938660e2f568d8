from __future__ import annotations

import json
from datetime import date

import pytest

from returns_cli.domain.decision_json import (
    both_to_json,
    decision_from_json,
    decision_to_json,
    judgement_to_json,
)
from returns_cli.domain.model import Decision, LineDecision, Setting, Window
from returns_cli.domain.vocabulary import Fault, Verdict

LINE = LineDecision(
    line=2,
    sku="TEE-M",
    title="Tee “Größe M”",
    quantity=1,
    reason="too_small",
    fault=Fault.CUSTOMER,
    resolution="refund",
    verdict=Verdict.DENY,
    codes=("window_expired",),
    deadline_on=date(2026, 4, 4),
    window=Window("delivered", date(2026, 3, 5), 30, assumed=True),
    settings=(
        Setting("window.days", "30", None, "policies/standard.yaml:10"),
        Setting("resolutions", ("refund", "exchange"), "r-1", "policies/standard.yaml:17"),
    ),
    nearest_miss="2 days late; passes under gold-window",
    trace=({"rule": "r-1", "holds": True, "tests": ("a", None)},),
)
DECISION = Decision(
    policy_id="standard",
    policy_version="0a1b2c3d",
    policy_sha256="0a1b2c3d" * 8,
    as_of="2026-04-06T12:00:00-04:00",
    verdict=Verdict.DENY,
    lines=(LINE,),
    label_kind="prepaid",
    label_valid_days=21,
    facts={"order": {"placed": "2026-03-01", "tags": ("gift", "vip")}, "lines": ({"photos": 0},)},
)
NO_POLICY = Decision(
    None, None, None, "2026-04-06T12:00:00+00:00", Verdict.REVIEW, (), "none", None, {}
)
NO_WINDOW = LINE._replace(deadline_on=None, window=None, nearest_miss=None, trace=(), settings=())
NO_ANCHOR = LINE._replace(window=Window("shipped", None, 14))


@pytest.mark.parametrize(
    "decision",
    [
        pytest.param(DECISION, id="a denied line with everything set"),
        pytest.param(NO_POLICY, id="no policy fits"),
        pytest.param(DECISION._replace(lines=(NO_WINDOW, NO_ANCHOR)), id="dates not known"),
    ],
)
def test_a_decision_comes_back_equal_and_its_text_comes_back_the_same(decision: Decision) -> None:
    text = decision_to_json(decision)

    assert decision_from_json(text) == decision
    assert decision_to_json(decision_from_json(text)) == text


def test_the_text_is_sorted_without_spaces_and_keeps_every_script() -> None:
    assert decision_to_json(NO_POLICY) == (
        '{"as_of":"2026-04-06T12:00:00+00:00","facts":{},"label":{"kind":"none","valid_days":null},'
        '"lines":[],"policy":[null,null,null],"verdict":"review"}'
    )
    assert "Tee “Größe M”" in decision_to_json(DECISION)


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"price": 1.5}, id="a float"),
        pytest.param({"placed": date(2026, 3, 1)}, id="a date"),
        pytest.param({1: "one"}, id="a key that is no text"),
    ],
)
def test_what_would_not_come_back_equal_is_refused(facts: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="a decision"):
        decision_to_json(DECISION._replace(facts=facts))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("[]", id="a list"),
        pytest.param('{"policy":[1]}', id="a policy without its three parts"),
        pytest.param('{"policy":[null,null,null]}', id="keys missing"),
        pytest.param(decision_to_json(DECISION).replace('"deny"', '"maybe"'), id="a new verdict"),
    ],
)
def test_a_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not the text of a decision"):
        decision_from_json(text)


@pytest.mark.parametrize("decision", [DECISION, DECISION._replace(lines=(NO_WINDOW,))])
def test_both_texts_at_once_are_the_two_texts(decision: Decision) -> None:
    whole, said = both_to_json(decision)
    assert (whole, said) == (decision_to_json(decision), judgement_to_json(decision))
    silent = decision._replace(
        as_of="", facts={}, lines=tuple(one._replace(trace=()) for one in decision.lines)
    )
    assert said == decision_to_json(silent)


def test_a_text_with_its_keys_in_another_order_is_read_as_it_stands() -> None:
    data = json.loads(decision_to_json(DECISION))
    (line,) = data["lines"]
    line["settings"] = line.pop("settings")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    assert decision_from_json(text) == DECISION


def test_a_trace_that_looks_like_the_settings_of_a_line_is_left_alone() -> None:
    trace = ({"a": 1, "settings": ("x",), "sku": "y"},)
    decision = DECISION._replace(lines=(LINE._replace(trace=trace),))
    assert decision_from_json(decision_to_json(decision)) == decision


def test_facts_that_look_like_the_settings_of_a_line_are_left_alone() -> None:
    facts = {"lines": ({"a": 1, "settings": ("x",), "sku": "y"},)}
    decision = DECISION._replace(facts=facts)
    assert decision_from_json(decision_to_json(decision)) == decision


@pytest.mark.parametrize("facts", ["[1]", '{"a":}', "7"])
def test_damaged_facts_are_refused_by_whoever_looks_at_them(facts: str) -> None:
    text = decision_to_json(DECISION._replace(facts={})).replace("{}", facts, 1)

    decision = decision_from_json(text)

    assert decision.verdict is Verdict.DENY
    assert decision_to_json(decision) == text
    with pytest.raises(ValueError, match=r"decision|Expecting"):
        decision.facts.get("order")
