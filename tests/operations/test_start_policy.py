from __future__ import annotations

import json
from pathlib import Path

import pytest

from returns_cli.domain.errors import ConflictError, InvalidError, OutputError, UsageError
from returns_cli.operations.check_policies import check_policies, run_policy_cases
from returns_cli.operations.print_policy_schema import policy_schema_text
from returns_cli.operations.shop import Shop
from returns_cli.operations.start_policy import (
    MOST_BYTES,
    StartRequest,
    option_values,
    start_policy,
)
from tests.operations.desk import small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def test_a_policy_and_its_cases_are_written_and_hold(tmp_path: Path) -> None:
    answer = start_policy(
        StartRequest(
            "mine", days=45, return_shipping="4.90", restocking="10%", countries=("US",),
            refund_days=7, title="My returns", folder=tmp_path,
        )
    )  # fmt: skip
    files = [tmp_path / "mine.yaml", tmp_path / "mine.cases.yaml"]
    made = [str(one) for one in (*files, tmp_path / "policy.schema.json")]
    assert answer == {"policy": "mine", "files": made, "not_taken": []}
    text = files[0].read_text()
    for said in (
        "title: My returns", "days: 45", "restocking: 10%", "return_shipping: 4.90",
        "label: {kind: prepaid}", "within_days: 7", "applies_to: {countries: [US]}",
    ):  # fmt: skip
        assert said in text
    assert run_policy_cases(files)["ok"]
    assert check_policies(files)["ok"]


@pytest.mark.parametrize(
    ("paid", "label", "amount"),
    [("shop", "prepaid", "0"), ("customer", "customer", "0"), ("5.00", "prepaid", "5.00")],
)
def test_who_pays_the_way_back(tmp_path: Path, paid: str, label: str, amount: str) -> None:
    start_policy(StartRequest("mine", return_shipping=paid, folder=tmp_path))
    text = (tmp_path / "mine.yaml").read_text()
    assert f"  label: {{kind: {label}}}" in text
    assert f"return_shipping: {amount}\n" in text


def test_a_shop_gives_its_folder_its_currency_and_its_country(shop: Shop) -> None:
    start_policy(StartRequest("mine"), shop)
    text = (shop.folder / "policies" / "mine.yaml").read_text()
    assert "currency: USD" in text
    assert "applies_to: {countries: [US]}" in text


def test_an_editor_finds_the_schema_beside_every_new_policy(tmp_path: Path) -> None:
    start_policy(StartRequest("mine", folder=tmp_path))
    schema = tmp_path / "policy.schema.json"
    assert schema.read_text(encoding="utf-8") == policy_schema_text()
    schema.write_text("{}")
    answer = start_policy(StartRequest("other", folder=tmp_path))
    files = [str(tmp_path / name) for name in ("other.yaml", "other.cases.yaml")]
    assert (schema.read_text(), answer["files"]) == ("{}", files)
    for name in ("mine", "other"):
        first = (tmp_path / f"{name}.yaml").read_text().splitlines()[0]
        assert first == "# yaml-language-server: $schema=policy.schema.json"


@pytest.mark.parametrize("name", ["mine.yaml", "mine.cases.yaml"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(ConflictError) as caught:
        start_policy(StartRequest("mine", folder=tmp_path))
    assert caught.value.code == "E-POLICY-THERE"
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    start_policy(StartRequest("mine", folder=tmp_path, dry_run=True))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        start_policy(StartRequest("mine", folder=tmp_path / "none"))


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(StartRequest("../mine"), id="a way out"),
        pytest.param(StartRequest("a b"), id="a space"),
        pytest.param(StartRequest("mine.cases"), id="the name of cases"),
        pytest.param(StartRequest(restocking="ten"), id="no fee"),
        pytest.param(StartRequest(restocking="10%\nrules: []"), id="a second line"),
        pytest.param(StartRequest(return_shipping="4.905"), id="too many decimals"),
        pytest.param(StartRequest(days=99_999), id="too many days"),
        pytest.param(StartRequest(currency="EURO"), id="no currency"),
        pytest.param(StartRequest(countries=("UK",)), id="no country"),
        pytest.param(StartRequest(title="  "), id="no title"),
    ],
)
def test_an_answer_that_no_policy_can_hold_is_refused(
    tmp_path: Path, request_: StartRequest
) -> None:
    from dataclasses import replace

    with pytest.raises(UsageError) as caught:
        start_policy(replace(request_, folder=tmp_path))
    assert caught.value.code == "E-USAGE-POLICY"
    assert list(tmp_path.iterdir()) == []


MARKUP = {
    "@type": "MerchantReturnPolicy",
    "name": "Old site",
    "applicableCountry": "DE",
    "merchantReturnDays": "14",
    "returnFees": "FreeReturn",
    "returnShippingFeesAmount": {"value": 0, "currency": "EUR"},
    "merchantReturnLink": "https://x.example.com",
}


def test_markup_starts_a_policy_and_answers_beside_it_win(tmp_path: Path) -> None:
    page = tmp_path / "page.jsonld"
    page.write_text(json.dumps(MARKUP))
    answer = start_policy(StartRequest("old", markup=page, days=21, folder=tmp_path))
    text = (tmp_path / "old.yaml").read_text()
    for said in ("title: Old site", "days: 21", "currency: EUR", "countries: [DE]", "prepaid"):
        assert said in text
    assert answer["not_taken"] == [
        {"name": "merchantReturnLink", "why": "It is the shop's: `return_page` in shop.yaml."}
    ]
    assert run_policy_cases([tmp_path / "old.yaml"])["ok"]


def test_markup_in_another_currency_than_the_shops_is_a_contradiction(shop: Shop) -> None:
    page = shop.folder / "page.jsonld"
    page.write_text(json.dumps(MARKUP))
    with pytest.raises(InvalidError) as caught:
        start_policy(StartRequest("old", markup=page), shop)
    assert caught.value.code == "E-MARKUP-CONTRADICTION"
    assert not (shop.folder / "policies" / "old.yaml").exists()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        start_policy(StartRequest(markup=tmp_path / "none.jsonld", folder=tmp_path))
    large = tmp_path / "large.html"
    large.write_bytes(b" " * (MOST_BYTES + 1))
    with pytest.raises(InvalidError, match="more than 4096 KiB"):
        start_policy(StartRequest(markup=large, folder=tmp_path))


def test_repeated_options_may_be_typed_as_one_list() -> None:
    assert option_values(None) == ()
    assert option_values(["us, ca", "DE"]) == ("US", "CA", "DE")


def test_a_policy_that_would_fight_with_another_is_not_written(shop: Shop) -> None:
    start_policy(StartRequest("mine", countries=("US",)), shop)
    with pytest.raises(InvalidError, match="second and mine would fit the same orders") as refused:
        start_policy(StartRequest("second", countries=("US",)), Shop(shop.folder, "ann"))
    assert refused.value.code == "E-POLICY-OVERLAP"
    assert not (shop.folder / "policies" / "second.yaml").exists()
    start_policy(StartRequest("second", countries=("US",), folder=shop.folder), shop)


def test_a_narrower_policy_says_from_which_ones_it_takes_orders(shop: Shop) -> None:
    start_policy(StartRequest("mine", countries=("US", "CA")), shop)
    assert shop.notes[-1] == (
        "mine now judges orders to US, CA in place of plain: the narrower policy decides."
    )
