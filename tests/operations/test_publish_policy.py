from __future__ import annotations

import json
from pathlib import Path

import pytest

from returns_cli.domain.errors import InvalidError, NotFoundError, OutputError, UsageError
from returns_cli.operations.explain_policy import explain_policies
from returns_cli.operations.publish_policy import PublishRequest, publish_policies
from returns_cli.operations.shop import Shop
from tests.operations.desk import POLICY, small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def test_without_a_file_every_policy_of_the_shop_is_explained(shop: Shop) -> None:
    (answer,) = explain_policies((), shop)
    assert (answer["policy"], answer["title"], answer["language"]) == (
        "plain", "Plain returns", "en",
    )  # fmt: skip


def test_the_shops_language_is_spoken_unless_another_is_asked_for(shop: Shop) -> None:
    settings = shop.folder / "shop.yaml"
    settings.write_text(settings.read_text() + "language: ro\n")
    again = Shop(shop.folder, "kim")
    (answer,) = explain_policies((), again)
    assert answer["language"] == "ro"
    (answer,) = explain_policies((), again, language="zh-TW")
    assert answer["language"] == "zh-Hant"


def test_cases_stand_for_their_policy_and_no_policy_comes_twice(shop: Shop) -> None:
    folder = shop.folder / "policies"
    answers = explain_policies([folder / "plain.yaml", folder / "plain.cases.yaml"])
    assert [one["policy"] for one in answers] == ["plain"]


def test_a_shop_without_a_policy_says_so(shop: Shop) -> None:
    for path in (shop.folder / "policies").iterdir():
        path.unlink()
    with pytest.raises(NotFoundError) as caught:
        explain_policies((), shop)
    assert caught.value.code == "E-POLICY-NONE"


def test_the_problems_of_all_files_are_told(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("policy: x\n")
    with pytest.raises(InvalidError) as caught:
        explain_policies([tmp_path / "one.yaml", tmp_path / "two.yaml"])
    assert {one.file for one in caught.value.problems} == {
        f"{tmp_path.name}/one.yaml", f"{tmp_path.name}/two.yaml",
    }  # fmt: skip


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        explain_policies([tmp_path / "none.yaml"])


def test_the_shop_says_where_it_is(shop: Shop) -> None:
    answer = publish_policies(PublishRequest("jsonld"), shop)
    markup = json.loads(str(answer["content"]))
    assert markup["applicableCountry"] == "US"
    assert markup["returnPolicyCountry"] == "US"
    assert markup["merchantReturnLink"] == "https://r.example.com"
    assert answer["language"] is None
    unsaid = answer["not_said"]
    assert isinstance(unsaid, list)
    line = next(i for i, text in enumerate(POLICY.splitlines(), 1) if "id: final-sale" in text)
    assert {
        "at": f"policies/plain.yaml:{line}",
        "name": "final-sale",
        "why": "The rule has no field: Final sale items stay sold.",
    } in unsaid


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_page_says_everything(shop: Shop, form: str) -> None:
    answer = publish_policies(PublishRequest(form, language="ja"), shop)
    assert answer["not_said"] == []
    assert answer["language"] == "ja"
    assert "返品の期限" in str(answer["content"])


def test_a_file_is_replaced_whole_and_a_dry_run_writes_none(shop: Shop, tmp_path: Path) -> None:
    target = tmp_path / "returns.html"
    publish_policies(PublishRequest("html", target=target, dry_run=True), shop)
    assert not target.exists()
    answer = publish_policies(PublishRequest("html", target=target), shop)
    assert target.read_text(encoding="utf-8") == answer["content"]
    assert answer["path"] == str(target)
    with pytest.raises(OutputError):
        publish_policies(PublishRequest("html", target=tmp_path / "no" / "x.html"), shop)


def test_the_clock_chooses_the_season(tmp_path: Path) -> None:
    text = POLICY.replace("rules:\n", "rules:\n" + SEASON)
    place = tmp_path / "plain.yaml"
    place.write_text(text)
    answers = [
        publish_policies(PublishRequest("google", (place,), as_of=day))["content"]
        for day in ("2026-03-20", "2027-01-15", "2027-01-16")
    ]
    years = [
        json.loads(str(one))["online_return_policies"][0]["seasonal_overrides"][0]["end_date"]
        for one in answers
    ]
    assert years == [
        {"year": 2027, "month": 1, "day": 15},
        {"year": 2027, "month": 1, "day": 15},
        {"year": 2028, "month": 1, "day": 15},
    ]
    assert publish_policies(PublishRequest("google", (place,)))["content"]


SEASON = """\
  - id: winter
    why: Winter is long.
    when: {order.placed: {from: 12-01, to: 01-15}}
    set: {window: {days: 60}}
"""


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(PublishRequest("pdf"), id="no such form"),
        pytest.param(PublishRequest("google", as_of="soon"), id="no day"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, request_: PublishRequest) -> None:
    place = tmp_path / "plain.yaml"
    place.write_text(POLICY)
    from dataclasses import replace

    with pytest.raises(UsageError):
        publish_policies(replace(request_, files=(place,)))
