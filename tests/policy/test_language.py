from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from returns_cli.domain.errors import Exit, InvalidError
from returns_cli.policy.language import Policy, load_policies, load_policy, parse_policy
from returns_cli.policy.tables import default_tables
from tests.policy.made import HEAD, REST, WINDOW, policy_of, rule, text_of

TABLES = default_tables()


def problems_of(text: str, **found: str) -> list[tuple[str, int | None, str | None, str]]:
    def parent(name: str) -> tuple[bytes, str] | None:
        return (found[name].encode(), f"policies/{name}.yaml") if name in found else None

    with pytest.raises(InvalidError) as caught:
        parse_policy(text.encode(), "policies/shop.yaml", TABLES, parent)
    assert caught.value.exit is Exit.INVALID
    return [(one.code, one.line, one.column, one.message) for one in caught.value.problems]


def test_a_policy_carries_its_text_and_what_that_comes_to() -> None:
    text = text_of(head=HEAD + "effective: {from: 2026-01-01, until: 2026-12-31}\n")
    policy = parse_policy(text.encode(), "policies/shop.yaml", TABLES)

    assert (policy.id, policy.title, policy.currency) == ("shop", "Shop", "USD")
    assert policy.source_text == text.encode()
    assert policy.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert policy.version == policy.sha256[:8]
    assert policy.effective_from == date(2026, 1, 1)
    assert policy.effective_until == date(2026, 12, 31)
    assert policy.legal_floor == "warn"


def test_a_policy_is_frozen() -> None:
    with pytest.raises(AttributeError):
        policy_of().title = "Another"  # type: ignore[misc]  # that is the point


def test_everything_of_the_language_is_read() -> None:
    policy = load_policy(Path("tests/policy/whole.yaml"), TABLES)

    assert policy.countries == ("US", "CA")
    assert policy.channels == ("web",)
    assert policy.customer_tags == ("vip",)
    assert policy.legal_floor == "off"
    assert policy.tables.reasons["itchy"].text == "It itches"
    assert policy.terms["inspection.b_ware.restocking"].text == "5.00"
    assert policy.terms["review.above"].value is None
    assert policy.terms["window.until"].value == date(2026, 12, 31)
    assert [one.id for one in policy.rules] == ["everything", "after-inspection", "off"]
    assert len(policy.live_rules(of_inspection=False)) == 1
    assert len(policy.live_rules(of_inspection=True)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "[a]",
            [("E-POLICY-TYPE", 1, "1", "the policy holds a list; it must be a block of keys.")],
            id="no mapping at all",
        ),
        pytest.param(
            "policy: x\n",
            [
                ("E-POLICY-REQUIRED", 1, "1", "the policy lacks `title`."),
                ("E-POLICY-REQUIRED", 1, "1", "the policy lacks `currency`."),
                ("E-POLICY-REQUIRED", 1, "1", "the policy lacks `terms`."),
            ],
            id="only a name",
        ),
        pytest.param(
            f"{HEAD}terms: {{}}\n",
            [
                ("E-POLICY-REQUIRED", 4, "8", "terms lacks `window`."),
                ("E-POLICY-REQUIRED", 4, "8", "terms lacks `resolutions`."),
                ("E-POLICY-REQUIRED", 4, "8", "terms lacks `condition`."),
                ("E-POLICY-REQUIRED", 4, "8", "terms lacks `refund`."),
                ("E-POLICY-REQUIRED", 4, "8", "terms lacks `inspection`."),
            ],
            id="no terms",
        ),
        pytest.param(
            text_of(window="  windw: {days: 30}\n"),
            [
                ("E-POLICY-KEY", 5, "3", "'windw' is not a key of terms."),
                ("E-POLICY-REQUIRED", 5, "3", "terms lacks `window`."),
            ],
            id="a key mistyped",
        ),
        pytest.param(
            text_of(window="  window: {days: 30, from: delivered}\n"),
            [
                (
                    "E-POLICY-FALLBACK",
                    5,
                    "22",
                    (
                        "The window counts from delivered, and nothing says what holds where that "
                        "day is not known."
                    ),
                )
            ],
            id="no fallback",
        ),
        pytest.param(
            text_of(
                rule("", "set: {window: {from: shipped}}"),
                window="  window: {days: 30, from: ordered}\n",
            ),
            [
                (
                    "E-POLICY-FALLBACK",
                    15,
                    "20",
                    (
                        "The window counts from shipped, and nothing says what holds where that "
                        "day is not known."
                    ),
                )
            ],
            id="a rule brings the event, nobody the fallback",
        ),
        pytest.param(
            text_of(terms="  fees: {return_shipping: 6.9, transfer: 1.00 EUR}\n"),
            [
                ("E-POLICY-MONEY", 12, "27", "'6.9' is not an amount of USD."),
                (
                    "E-POLICY-CURRENCY",
                    12,
                    "42",
                    "'1.00 EUR' is not in USD, as the rest of the file is.",
                ),
            ],
            id="amounts",
        ),
        pytest.param(
            text_of(head=HEAD.replace("USD", "usd"), terms="  fees: {transfer: 6.9}\n"),
            [("E-POLICY-VALUE", 3, "11", "'usd' is not a currency of ISO 4217.")],
            id="amounts wait until the currency is right",
        ),
        pytest.param(
            text_of().replace("disposition: restock", "disposition: shelf"),
            [("E-POLICY-DISPOSITION", 10, "38", "'shelf' is not a disposition.")],
            id="an unknown disposition",
        ),
        pytest.param(
            text_of().replace("    used:", "    usd:"),
            [("E-POLICY-GRADE", 11, "5", "'usd' is not a grade.")],
            id="an unknown grade",
        ),
        pytest.param(
            text_of(rule("", "set: {inspection: {opened: {refund: 10%}}}")),
            [
                (
                    "E-POLICY-GRADE",
                    15,
                    "33",
                    (
                        "The grade opened is not among those of the terms, and its disposition "
                        "is not said."
                    ),
                )
            ],
            id="a rule tells half of a grade",
        ),
        pytest.param(
            text_of(head=HEAD + "effective: {from: 2026-02-01, until: 2026-01-01}\n"),
            [
                (
                    "E-POLICY-PERIOD",
                    4,
                    "31",
                    "The policy ends 2026-01-01, before it begins 2026-02-01.",
                )
            ],
            id="it ends before it begins",
        ),
        pytest.param(
            text_of(terms="  refund: {within_days: 5, within_business_days: 3}\n").replace(
                "  refund: {to: original_payment}\n", ""
            ),
            [
                (
                    "E-POLICY-PROMISE",
                    11,
                    "28",
                    "`within_days` and `within_business_days` both stand here.",
                )
            ],
            id="two promises",
        ),
        pytest.param(
            text_of(head=HEAD + "extends: base\n"),
            [("E-POLICY-EXTENDS", 4, "10", "No policy is named 'base' beside this one.")],
            id="extends nobody",
        ),
        pytest.param(
            text_of(head=HEAD + "rules: x\n"),
            [("E-POLICY-TYPE", 4, "8", "`rules` holds a single value; it must be a list.")],
            id="rules that are no list",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    text: str, expected: list[tuple[str, int, str, str]]
) -> None:
    assert problems_of(text) == expected


def test_a_window_from_the_order_needs_no_fallback() -> None:
    policy = policy_of(window="  window: {days: 30, from: ordered}\n")

    assert policy.effective(()).window.fallback is None


def test_a_rule_may_bring_event_and_fallback_together() -> None:
    effect = "set: {window: {from: shipped, if_unknown: {from: ordered, plus_days: 3}}}"
    policy = policy_of(rule("", effect), window="  window: {days: 30, from: ordered}\n")

    assert policy.effective((0,)).window.plus_days == 3


def test_a_stored_text_is_read_though_the_shops_tables_have_changed() -> None:
    text = text_of().replace("used:", "b_ware:").replace("restock}", "outlet}")

    stored = parse_policy(text.encode(), "x", TABLES, is_stored=True)

    assert "inspection.b_ware.refund" in stored.terms
    with pytest.raises(InvalidError):
        parse_policy(text.encode(), "x", None)


# --- extends -----------------------------------------------------------------------------------

BASE = text_of(
    rule("", "set: {window: {days: 90}}", "base-rule"),
    head=HEAD.replace("shop", "base").replace("Shop", "Base") + "grades: {b_ware: {text: B}}\n",
    terms="  evidence: {photos: 2}\n",
).replace("{to: original_payment}", "{to: original_payment, within_days: 5}")
OWN = (
    "policy: shop\ntitle: Shop\ncurrency: USD\nextends: base\n"
    "terms: {evidence: {photos: 1}, refund: {within_business_days: 2}, "
    "inspection: {b_ware: {refund: 10%, disposition: scrap}}}\n"
    "rules:\n" + rule("", "set: {window: {count: inclusive}}", "own-rule")
)


def extended(own: str = OWN, base: str = BASE) -> Policy:
    return parse_policy(
        own.encode(), "policies/shop.yaml", TABLES, lambda _: (base.encode(), "policies/base.yaml")
    )


def test_a_policy_takes_the_terms_of_another_and_its_rules_after_its_own() -> None:
    policy = extended()
    settings = {one.name: (one.value, one.at) for one in policy.effective((0, 1)).settings}

    assert policy.parent is not None
    assert [one.id for one in policy.rules] == ["own-rule", "base-rule"]
    assert settings["evidence.photos"] == ("1", "policies/shop.yaml:5")
    assert settings["resolutions"][1] == "policies/base.yaml:7"
    assert settings["window.days"] == ("90", "policies/base.yaml:17")
    assert settings["window.count"] == ("inclusive", "policies/shop.yaml:9")
    assert settings["refund.within_business_days"] == ("2", "policies/shop.yaml:5")
    assert "refund.within_days" not in settings


def test_a_policy_may_leave_its_terms_to_the_one_it_extends() -> None:
    policy = extended("policy: shop\ntitle: Shop\ncurrency: USD\nextends: base\nterms: {}\n")
    bare = extended("policy: shop\ntitle: Shop\ncurrency: USD\nextends: base\n")

    assert policy.terms == bare.terms
    assert policy.terms["window.days"].at == "policies/base.yaml:6"


@pytest.mark.parametrize(
    ("own", "base", "code"),
    [
        (OWN, BASE.replace("USD", "EUR"), "E-POLICY-EXTENDS"),
        (OWN.replace("own-rule", "base-rule"), BASE, "E-POLICY-RULE-ID"),
        (OWN, BASE.replace("title: Base", "title: Base\nextends: more"), "E-POLICY-EXTENDS"),
    ],
    ids=["another currency", "a rule of the same id", "more than one level"],
)
def test_what_does_not_fit_together_is_refused(own: str, base: str, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        extended(own, base)

    assert [one.code for one in caught.value.problems] == [code]


# --- folders -----------------------------------------------------------------------------------


def write(folder: Path, **texts: str) -> Path:
    policies = folder / "policies"
    policies.mkdir(exist_ok=True)
    for name, text in texts.items():
        (policies / f"{name}.yaml").write_text(text, encoding="utf-8")
    return policies


def test_all_policies_of_a_folder_are_read_but_not_their_cases(tmp_path: Path) -> None:
    folder = write(tmp_path, b=BASE, a=OWN)
    (folder / "a.cases.yaml").write_text("cases: []", encoding="utf-8")
    (folder / "notes.txt").write_text("no policy", encoding="utf-8")
    (folder / "sub.yaml").mkdir()

    policies = load_policies(folder, TABLES)

    assert [(one.id, one.shown_as) for one in policies] == [
        ("shop", "policies/a.yaml"),
        ("base", "policies/b.yaml"),
    ]
    assert policies[0].parent is not None
    assert policies[0].parent.sha256 == policies[1].sha256


def test_an_empty_or_missing_folder_holds_no_policy(tmp_path: Path) -> None:
    assert load_policies(tmp_path / "policies", TABLES) == ()


def test_the_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path, a=text_of(terms="  fes: 1\n"), b="a: [", c=text_of(), d=text_of(), e="- x\n"
    )

    with pytest.raises(InvalidError) as caught:
        load_policies(folder, TABLES)

    assert [(one.code, one.file) for one in caught.value.problems] == [
        ("E-POLICY-KEY", "policies/a.yaml"),
        ("E-YAML-SYNTAX", "policies/b.yaml"),
        ("E-POLICY-NAME", "policies/d.yaml"),
        ("E-POLICY-TYPE", "policies/e.yaml"),
    ]


def test_a_broken_neighbour_does_not_hide_the_policy_that_is_extended(tmp_path: Path) -> None:
    folder = write(tmp_path, a="a: [", b=BASE, c=OWN)

    assert load_policy(folder / "c.yaml", TABLES).parent is not None


def test_a_parent_that_no_file_names_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, b=text_of(), c=OWN)

    with pytest.raises(InvalidError) as caught:
        load_policy(folder / "c.yaml", TABLES)

    assert caught.value.problems[0].code == "E-POLICY-EXTENDS"


def test_a_file_of_the_folder_one_stands_in_is_cited_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path, base=BASE, own=OWN)
    monkeypatch.chdir(folder)
    policy = load_policy(Path("own.yaml"), TABLES)

    assert policy.shown_as == "own.yaml"
    assert policy.terms["resolutions"].at == "base.yaml:7"


@pytest.mark.parametrize("more", ["shop", "base", "nobody"])
def test_a_policy_that_extends_another_cannot_be_extended(tmp_path: Path, more: str) -> None:
    folder = write(
        tmp_path, own=OWN, base=BASE.replace("title: Base", f"title: B\nextends: {more}")
    )

    with pytest.raises(InvalidError) as caught:
        load_policy(folder / "own.yaml", TABLES)

    (problem,) = caught.value.problems
    assert (problem.file, problem.message) == (
        "policies/own.yaml",
        "base extends a policy itself.",
    )


def test_a_file_is_cited_by_its_folder_and_name(tmp_path: Path) -> None:
    folder = write(tmp_path, a=text_of())

    assert load_policy(folder / "a.yaml", TABLES).shown_as == "policies/a.yaml"
    assert load_policy(folder / "a.yaml", TABLES, "my.yaml").terms["condition"].at == "my.yaml:7"


def test_a_file_beyond_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    folder = write(tmp_path, a="# " + "x" * 300_000)

    with pytest.raises(InvalidError) as caught:
        load_policies(folder, TABLES)

    assert caught.value.code == "E-YAML-SIZE"


def test_the_settings_that_hold_are_worked_out_once() -> None:
    policy = policy_of(rule("", "set: {window: {days: 1}}"))

    assert policy.effective((0,)) is policy.effective((0,))


def test_what_is_remembered_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returns_cli.policy.language._REMEMBERED", 1)
    policy = policy_of(rule("", "set: {window: {days: 1}}"))

    assert policy.effective(()).window.days == 30
    assert policy.effective((0,)).window.days == 1
    assert policy.effective(()).window.days == 30


def test_the_least_terms_have_the_defaults_of_the_language() -> None:
    text = HEAD + "terms:\n" + WINDOW + REST
    held = parse_policy(text.encode(), "x", TABLES).effective(())

    assert (held.photos, held.exchange_for, held.exchange_price) == (0, "any", "any")
    assert (held.review_above_minor, held.label_kind, held.label_valid_days) == (
        None,
        "customer",
        None,
    )
    assert not held.keeps_item
    assert held.window.judged_on == "requested"
    assert not held.window.is_inclusive
    assert not held.window.rolls
