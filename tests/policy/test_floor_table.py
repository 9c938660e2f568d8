from __future__ import annotations

import hashlib

import pytest

from returns_cli.data import shipped
from returns_cli.domain.errors import InvalidError
from returns_cli.policy.floor_table import FILE, SHOWN_AS, read_floors, shipped_floors
from returns_cli.policy.language import ENFORCE
from returns_cli.policy.minimums import COMPARE
from tests.policy.made import HEAD, policy_of

ROWS = [
    pytest.param(floor, right, row, id=row.id)
    for floor in shipped_floors().floors
    for right in floor.rights
    for row in right.rows
]


def test_the_table_is_known_by_the_sha256_of_its_bytes() -> None:
    data = shipped(FILE).read_bytes()

    assert shipped_floors().sha256 == hashlib.sha256(data).hexdigest()
    assert shipped_floors().text == data


@pytest.mark.parametrize(("floor", "right", "row"), ROWS)
def test_every_row_says_its_rule_and_source(floor: object, right: object, row: object) -> None:
    assert row.rule.endswith(".")  # type: ignore[attr-defined]  # a row
    assert row.source  # type: ignore[attr-defined]  # the same


def test_row_ids_are_their_own() -> None:
    ids = [param.id for param in ROWS]

    assert len(ids) == len(set(ids)) > 15


def test_every_member_state_of_the_union_is_there_once() -> None:
    places = {one.id: one.countries for one in shipped_floors().floors}

    assert len({*places["EU"], *places["RO"]}) == 27
    assert not set(places["EU"]) & set(places["RO"])


@pytest.mark.parametrize(
    ("place", "days"),
    [("EU", 14), ("RO", 14), ("UK", 14), ("JP", 8), ("CN", 7), ("US-CA", 30), ("US-NY", 30)],
)
def test_the_days_of_each_place(place: str, days: int) -> None:
    (floor,) = (one for one in shipped_floors().floors if one.id == place)

    assert floor.rights[0].least["window.days"][0].value == days
    assert floor.rule == f"legal-floor:{place}"


def test_everything_that_a_law_asks_for_can_be_compared() -> None:
    names = {
        name
        for floor in shipped_floors().floors
        for right in floor.rights
        for name in right.least
        if not name.startswith("window.")
    }

    assert all(name in COMPARE or name.rpartition(".")[2] in COMPARE for name in names)


def test_a_policy_that_enforces_records_the_facts_that_laws_look_at() -> None:
    plain = policy_of(head=HEAD)
    held = policy_of(head=HEAD + f"legal_floor: {ENFORCE}\n")

    assert plain.floor is None
    assert held.floor is shipped_floors()
    assert {"order.country", "order.is_business", "item.personalised"} <= held.fact_names


BROKEN = """\
floors:
  XX:
    title: Nowhere
    countries: [ZZ]
    rights:
      withdrawal:
        title: A right
        when: {item.colour: red}
        rows:
          X-1:
            rule: A rule.
            source: A law
            checked: soon
            opened: true
            least: {window: {days: many}}
            excludes: {item.digital: true}
"""


def test_every_problem_of_a_table_is_told() -> None:
    with pytest.raises(InvalidError) as caught:
        read_floors(BROKEN.encode(), SHOWN_AS)

    assert [(one.code, one.line) for one in caught.value.problems] == [
        ("E-POLICY-FACT", 8),
        ("E-POLICY-DATE", 13),
        ("E-POLICY-VALUE", 15),
        ("E-POLICY-TYPE", 16),
    ]


def test_a_table_without_floors_is_refused() -> None:
    with pytest.raises(InvalidError, match="2 problems"):
        read_floors(b"florrs: {}\n", SHOWN_AS)
