from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.domain.reasons import find_reason, reason_index
from returns_cli.domain.vocabulary import Fault
from returns_cli.notation.read import read_yaml
from returns_cli.notation.shapes import Group
from returns_cli.notation.typed import Reading
from returns_cli.policy.schema import TABLES
from returns_cli.policy.tables import completed, default_tables

INDEX = reason_index(default_tables())


def test_the_default_reasons_are_those_of_the_language() -> None:
    by_fault: dict[Fault, list[str]] = {}
    for one in default_tables().reasons.values():
        by_fault.setdefault(one.fault, []).append(one.code)

    assert by_fault == {
        Fault.CUSTOMER: (
            "too_small too_large style color changed_mind better_price ordered_by_mistake "
            "unwanted_gift no_reason"
        ).split(),
        Fault.MERCHANT: "defective not_as_described wrong_item missing_parts poor_quality".split(),
        Fault.CARRIER: "damaged_in_transit never_arrived arrived_late".split(),
        Fault.UNKNOWN: ["other"],
    }


def test_the_default_grades_and_dispositions_are_those_of_the_language() -> None:
    tables = default_tables()

    assert list(tables.grades) == "new opened used damaged defective wrong_item".split()
    assert (
        list(tables.dispositions)
        == (
            "restock open_box refurbish quarantine return_to_vendor return_to_customer donate "
            "recycle scrap"
        ).split()
    )
    assert [one.code for one in tables.dispositions.values() if one.is_sellable] == [
        "restock",
        "open_box",
    ]


SHOPIFY = {
    "COLOR": "color",
    "DEFECTIVE": "defective",
    "NOT_AS_DESCRIBED": "not_as_described",
    "OTHER": "other",
    "SIZE_TOO_LARGE": "too_large",
    "SIZE_TOO_SMALL": "too_small",
    "STYLE": "style",
    "UNKNOWN": "other",
    "UNWANTED": "changed_mind",
    "WRONG_ITEM": "wrong_item",
}
AMAZON = {
    "APPAREL_STYLE": "style",
    "APPAREL_TOO_LARGE": "too_large",
    "APPAREL_TOO_SMALL": "too_small",
    "DAMAGED_BY_CARRIER": "damaged_in_transit",
    "DAMAGED_BY_FC": "defective",
    "DEFECTIVE": "defective",
    "DID_NOT_LIKE_COLOR": "color",
    "DID_NOT_LIKE_FABRIC": "style",
    "EXCESSIVE_INSTALLATION": "changed_mind",
    "EXTRA_ITEM": "wrong_item",
    "FOUND_BETTER_PRICE": "better_price",
    "MISORDERED": "ordered_by_mistake",
    "MISSED_ESTIMATED_DELIVERY": "arrived_late",
    "MISSING_PARTS": "missing_parts",
    "NEVER_ARRIVED": "never_arrived",
    "NO_REASON_GIVEN": "no_reason",
    "NOT_AS_DESCRIBED": "not_as_described",
    "NOT_COMPATIBLE": "ordered_by_mistake",
    "ORDERED_WRONG_ITEM": "ordered_by_mistake",
    "PART_NOT_COMPATIBLE": "ordered_by_mistake",
    "QUALITY_UNACCEPTABLE": "poor_quality",
    "SWITCHEROO": "wrong_item",
    "UNAUTHORIZED_PURCHASE": "other",
    "UNDELIVERABLE_UNKNOWN": "other",
    "UNWANTED_ITEM": "changed_mind",
    "AMZ-PG-APP-TOO-SMALL": "too_small",
    "AMZ-PG-BAD-DESC": "not_as_described",
}


@pytest.mark.parametrize(("alias", "code"), sorted({**SHOPIFY, **AMAZON}.items()))
def test_every_reason_of_a_platform_is_known(alias: str, code: str) -> None:
    for text in (alias, f"CR-{alias}", alias.lower()):
        found = find_reason(INDEX, text)
        assert found is not None
        assert found.code == code


def test_damaged_tables_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "tables.yaml"
    place.write_text("reason: {}\n", encoding="utf-8")
    monkeypatch.setattr("returns_cli.policy.tables.shipped", lambda _: place)

    with pytest.raises(InvalidError) as caught:
        default_tables.__wrapped__()

    assert caught.value.code == "E-POLICY-KEY"


def test_a_file_adds_entries_and_may_replace_one() -> None:
    text = (
        "reasons: {itchy: {text: It itches, fault: merchant}, style: {text: S, fault: unknown}}\n"
        "grades: {b_ware: {text: B ware}}\n"
        "dispositions: {outlet: {text: Outlet, sellable: true}, scrap: {text: Gone}}\n"
    )
    reading = Reading("x", "POLICY")
    tables = completed(
        default_tables(), reading.group(read_yaml(text.encode(), "x"), Group("x", TABLES))
    )

    assert not reading.problems
    assert tables.reasons["itchy"].fault is Fault.MERCHANT
    assert tables.reasons["style"].fault is Fault.UNKNOWN
    assert tables.grades["b_ware"].text == "B ware"
    assert tables.dispositions["outlet"].is_sellable
    assert tables.dispositions["scrap"].text == "Gone"
    assert "b_ware" not in default_tables().grades
