"""The language as a JSON Schema (draft 2020-12), so that editors complete and check while typing.

It is made from the declaration that the loader reads by: ``schema``, ``fact_table``, ``operators``.
An editor sees YAML's own types, the loader sees text, so a number may come as either. What hangs
on other values (the currency's decimals, names that a shop added to its tables) only the loader
checks.
"""

from __future__ import annotations

from collections.abc import Mapping

from returns_cli.domain.money import CURRENCIES
from returns_cli.notation.shapes import Field, Group, ListOf, MapOf, Scalar, Shape
from returns_cli.policy import schema
from returns_cli.policy.conditions import NESTING
from returns_cli.policy.fact_table import ANSWERS, FACTS, Fact
from returns_cli.policy.operators import OPERATORS
from returns_cli.policy.tables import default_tables

Json = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALAR_OF_FACT = {"words": "text", "category": "text", "reason": "text", "day": "edge"}
_LISTED = frozenset({"not", "any_of", "all_of", "none_of", "matches"})

_AMOUNT = r"^[0-9]+(\.[0-9]+)?( [A-Z]{3})?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MONTH_DAY = r"^[0-9]{2}-[0-9]{2}$"
_PERCENT = r"^(0?[0-9]{1,2}(\.[0-9]{1,2})?|100(\.0{1,2})?) ?%$"
_FACT_PERCENT = r"^[0-9]{1,3}(\.[0-9]{1,10})? ?%$"
_WEIGHT = r"^([0-9]{1,7} ?g|[0-9]{1,7}(\.[0-9]{1,3})? ?kg)$"


def policy_schema() -> Json:
    """The JSON Schema of a policy file."""
    fields = schema.POLICY.fields
    properties = {name: _described(one) for name, one in fields.items()}
    properties["terms"] = {"description": fields["terms"].about}
    properties["rules"] = {
        "description": fields["rules"].about,
        "type": "array",
        "items": _ref("rule"),
    }
    return {
        "$schema": DIALECT,
        "title": "A returns policy",
        "description": "Terms hold when nothing else is said; rules are the exceptions, read from "
        "the top. Made by `returns policy schema`.",
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, one in fields.items() if one.is_required and name != "terms"],
        "properties": properties,
        "if": {"required": ["extends"]},
        "then": {"properties": {"terms": _ref("changes")}},
        "else": {"required": ["terms"], "properties": {"terms": _ref("terms")}},
        "$defs": {
            "terms": _group(schema.TERMS),
            "changes": _group(schema.relaxed(schema.TERMS)),
            "rule": _rule(),
            "when": _when(),
            "grade": _group(schema.GRADE),
            "grade_part": _group(schema.relaxed(schema.GRADE)),
            **{f"fact_{kind}": _tests_of(kind) for kind in _kinds()},
            **VALUES,
        },
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _described(field: Field) -> Json:
    return {"description": field.about, **_shape(field.shape)}


def _shape(shape: Shape) -> Json:
    if isinstance(shape, Group):
        return _group(shape)
    if isinstance(shape, MapOf):
        return _map(shape)
    if isinstance(shape, ListOf):
        item = scalar_schema(shape.item)
        return {"anyOf": [item, {"type": "array", "items": item, "minItems": shape.at_least}]}
    if isinstance(shape, Scalar):
        return scalar_schema(shape)
    return {}  # Other: a part with a reader of its own, described where it stands


def _group(group: Group) -> Json:
    required = [name for name, one in group.fields.items() if one.is_required]
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": {name: _described(one) for name, one in group.fields.items()},
    }


def _map(shape: MapOf) -> Json:
    """Keys are the writer's; those that the shipped tables know are offered."""
    value = _shape(shape.value)
    if shape.value == schema.GRADE:
        value = _ref("grade")
    elif shape.value == schema.relaxed(schema.GRADE):
        value = _ref("grade_part")
    known = getattr(default_tables(), shape.key.table) if shape.key.table else {}
    return {
        "type": "object",
        "propertyNames": scalar_schema(shape.key._replace(table="")),
        "properties": {code: {"description": entry.text, **value} for code, entry in known.items()},
        "additionalProperties": value,
    }


def scalar_schema(shape: Scalar) -> Json:
    """What a single value may be.

    Args:
        shape: its kind is a key of ``notation.scalars.READERS``.

    Raises:
        KeyError: a kind that no policy uses.
    """
    if shape.kind == "word":
        return _word(shape.choices)
    if shape.kind in ("count", "days"):
        return _count(shape, or_none=shape.kind == "days")
    return _ref(f"value_{shape.table or shape.kind}")


def _word(choices: tuple[str, ...]) -> Json:
    typed = [one == "true" for one in choices if one in ("true", "false")]
    return {"enum": [*choices, *typed]}


def _count(shape: Scalar, *, or_none: bool) -> Json:
    number: Json = {"type": "integer", "minimum": shape.low, "maximum": shape.high}
    written: Json = {"type": "string", "pattern": "^[0-9]{1,7}$"}
    return {"anyOf": [number, written, *([{"const": "none"}] if or_none else [])]}


def _pattern(*patterns: str) -> Json:
    found: list[Json] = [{"type": "string", "pattern": one} for one in patterns]
    return found[0] if len(found) == 1 else {"anyOf": found}


def _any_of(*options: Json) -> Json:
    return {"anyOf": list(options)}


def _known(table: str) -> Json:
    """Names of a table, of which a shop may have more."""
    named: Json = {"enum": list(getattr(default_tables(), table))}
    return _any_of(named, _ref("value_name"))


_MONEY = _any_of({"type": "number", "minimum": 0}, _pattern(_AMOUNT))
_NONE: Json = {"const": "none"}
VALUES: Mapping[str, Json] = {
    "value_text": {"type": ["string", "number", "boolean"], "pattern": r"\S", "maxLength": 2000},
    "value_name": _any_of({"type": "number"}, _pattern("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")),
    "value_code": _pattern("^[a-z][a-z0-9_]{0,63}$"),
    "value_country": {"type": "string", "pattern": "^[A-Z]{2}$", "not": {"const": "UK"}},
    "value_currency": {"enum": sorted(CURRENCIES)},
    "value_flag": {"enum": [True, False, "true", "false", "yes", "no"]},
    "value_amount": _MONEY,
    "value_limit": _any_of(_MONEY, _NONE),
    "value_percent": _pattern(_PERCENT),
    "value_fee": _any_of(_pattern(_PERCENT), _MONEY),
    "value_share": _pattern(_FACT_PERCENT),
    "value_weight": _pattern(_WEIGHT),
    "value_day": _pattern(_DAY),
    "value_edge": _pattern(_DAY, _MONTH_DAY),
    "value_until": _any_of(_pattern(_DAY), _pattern(_MONTH_DAY), _NONE),
    "value_grades": _known("grades"),
    "value_dispositions": _known("dispositions"),
}
"""What each kind of single value may be, as definitions that the rest refers to."""


def _rule() -> Json:
    rule = _group(schema.RULE)
    properties = rule["properties"]
    if isinstance(properties, dict):
        properties["set"] = {"description": schema.RULE.fields["set"].about, **_ref("changes")}
        properties["when"] = {"description": schema.RULE.fields["when"].about, **_ref("when")}
    return {**rule, "anyOf": [{"required": [effect]} for effect in schema.EFFECTS]}


def _when() -> Json:
    several: Json = _any_of(_ref("when"), {"type": "array", "items": _ref("when"), "minItems": 1})
    nesting = {
        "any": "One of these holds.",
        "all": "All of these hold.",
        "not": "These do not hold together.",
    }
    facts = [one for one in FACTS.values() if one.is_testable]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{name: {"description": nesting[name], **several} for name in NESTING},
            **{one.name: _fact(one) for one in facts},
        },
        "patternProperties": {
            f"^{ANSWERS[:-1]}\\.": {"description": "The customer's answer.", **_ref("fact_text")}
        },
    }


def _fact(fact: Fact) -> Json:
    if fact.choices:
        return {"description": fact.about, **_tests("word", _word(fact.choices))}
    return {"description": fact.about, **_ref(f"fact_{fact.kind}")}


def _kinds() -> tuple[str, ...]:
    """Kinds of the facts that rules may test and that any value of the kind fits."""
    found = (one.kind for one in FACTS.values() if one.is_testable and not one.choices)
    return tuple(sorted(set(found)))


def _tests_of(kind: str) -> Json:
    return _tests(kind, scalar_schema(Scalar(_SCALAR_OF_FACT.get(kind, kind))))


def _tests(kind: str, value: Json) -> Json:
    """A value (equals), a list (any of), or operators that fit the kind of fact."""
    several: Json = {"type": "array", "items": value, "minItems": 1}
    operators = {
        name: _wanted(name, value, several) for name, kinds in OPERATORS.items() if kind in kinds
    }
    return _any_of(
        value,
        several,
        {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": operators,
        },
    )


def _wanted(operator: str, value: Json, several: Json) -> Json:
    if operator == "known":
        return _ref("value_flag")
    if operator == "matches":
        glob = _pattern(r"\S")
        return _any_of(glob, {"type": "array", "items": glob, "minItems": 1})
    return _any_of(value, several) if operator in _LISTED else value
