from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from returns_cli.domain.errors import ConflictError
from returns_cli.operations.explain_return import digest_of_return, explain_return
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.shop import Shop
from tests.operations.desk import POLICY, opened, small_shop

PAYS = "pays 29.05 USD: 40.00 items, -4.00 restocking fee ({fees}), -6.95 return shipping ({fees})"
REPAIR = (
    "MUG, itchy, repair: deny, resolution_not_offered ({offer}), last day 2026-04-04 ({window})"
)
KEPT = (
    "CNDL, damaged_in_transit: approve, last day 2026-04-05 ({window}), "
    "the customer keeps it ({keep}, rule keep-it)"
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def cited(text: str) -> str:
    """The citation of the first line of the policy that holds a text."""
    number = next(i for i, line in enumerate(POLICY.splitlines(), 1) if text in line)
    return f"policies/plain.yaml:{number}"


def test_each_rule_is_told_with_what_it_asked_and_what_the_answer_was(shop: Shop) -> None:
    rma = opened(shop, "1006", "1=itchy")
    text = "\n".join(cast("list[str]", explain_return(shop, rma)["explanation"]))
    assert f"final-sale: applies  ({cited('id: final-sale')})" in text
    assert "Final sale items stay sold." in text
    assert "keep-it: does not apply" in text


@pytest.mark.parametrize(
    ("order", "item", "want", "said"),
    [
        pytest.param(
            "1001",
            "2=too_small",
            "refund",
            [
                "2 × TEE, too_small: approve, last day 2026-04-04 ({window})",
                PAYS,
            ],
            id="what is approved, with each part of the money",
        ),
        pytest.param(
            "1006",
            "1=itchy",
            "refund",
            ["CAP, itchy: deny, final_sale ({deny}), last day 2026-04-05 ({window})"],
            id="the rule behind a code of the policy's own",
        ),
        pytest.param(
            "1001",
            "1=itchy",
            "repair",
            [REPAIR],
            id="the setting behind a standard code",
        ),
        pytest.param(
            "1005",
            "1=damaged_in_transit",
            "refund",
            [
                KEPT,
                "pays 8.00 USD: 8.00 items",
            ],
            id="a rule that lets the customer keep it",
        ),
        pytest.param(
            "1004",
            "1=itchy",
            "refund",
            ["MUG, itchy: review, no_policy", "pays 12.50 EUR: 12.50 items"],
            id="no policy to cite",
        ),
    ],
)
def test_a_digest_cites_the_line_behind_every_part(
    shop: Shop, order: str, item: str, want: str, said: list[str]
) -> None:
    at = {
        "window": cited("  window:"),
        "fees": cited("  fees:"),
        "offer": cited("  resolutions:"),
        "deny": cited("deny: final_sale"),
        "keep": cited("keep_item: true"),
    }
    rma = opened(shop, order, item, want=want)
    assert digest_of_return(shop, rma) == [one.format(**at) for one in said]


def test_what_was_not_judged_yet_cannot_be_explained(shop: Shop) -> None:
    requests = shop.folder / "requests.csv"
    requests.write_text("order_id,line_no,reason\n1001,1,itchy\n", encoding="utf-8")
    (rma,) = cast("list[str]", import_requests(shop, [requests])["returns"])
    with pytest.raises(ConflictError):
        explain_return(shop, rma)
    assert digest_of_return(shop, rma) == []
