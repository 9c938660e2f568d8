"""A policy that extends another, from the first judgement to the proof of the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.explain_return import explain_return
from returns_cli.operations.prove_store import check_shop
from tests.operations.desk import POLICY, inspected, on, opened, received, small_shop

EXTENDING = """\
policy: narrow
title: Narrow
currency: USD
extends: plain
applies_to: {countries: [US, RO]}
"""


def test_a_return_keeps_the_text_that_its_policy_extends(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    (shop.folder / "policies" / "narrow.yaml").write_text(EXTENDING, encoding="utf-8")
    rma = opened(shop, "1001", "2=style")
    received(shop, rma)
    (shop.folder / "policies" / "plain.yaml").write_text(
        POLICY.replace("days: 30", "days: 1").replace(
            "opened: {refund: 100%", "opened: {refund: 9%"
        ),
        encoding="utf-8",
    )

    later = on(shop, "2026-03-25")
    inspected(later, rma, "2=opened")
    answer: Any = evaluate_returns(later, [rma])[0]
    (line,) = answer["lines"]
    explained: Any = explain_return(later, rma)

    assert line["verdict"] == "approve"
    assert {one["name"]: one["value"] for one in line["settings"]}["window.days"] == "30"
    assert "    final-sale: does not apply  (policies/plain.yaml:19)" in explained["explanation"]
    assert check_shop(later)["ok"]


def test_a_stored_text_reads_though_the_shop_has_no_such_grade_any_more(tmp_path: Path) -> None:
    policy = POLICY.replace("damaged: {refund: 50%", "dented: {refund: 50%")
    shop = small_shop(tmp_path)
    settings = shop.folder / "shop.yaml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before + "grades: {dented: {text: Dented}}\n", encoding="utf-8")
    (shop.folder / "policies" / "plain.yaml").write_text(policy, encoding="utf-8")
    rma = opened(on(shop, "2026-03-20"), "1001", "2=style")
    received(on(shop, "2026-03-21"), rma)
    settings.write_text(before, encoding="utf-8")
    (shop.folder / "policies" / "plain.yaml").write_text(POLICY, encoding="utf-8")

    later = on(shop, "2026-03-25")

    assert evaluate_returns(later, [rma])[0]["verdict"] == "approve"
    explained: Any = explain_return(later, rma)
    assert "  Rules, from the top:" in explained["explanation"]
    assert check_shop(later)["ok"]
