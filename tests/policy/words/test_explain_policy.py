"""A whole policy in words: what a customer reads, in five languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from returns_cli.policy.language import Policy, parse_policy
from returns_cli.policy.publish.text import block_lines
from returns_cli.policy.tables import default_tables
from returns_cli.policy.words.outline import Bullets, Grid, Outline, Section
from returns_cli.policy.words.policy import explain_policy
from tests.policy.made import HEAD, REST, WINDOW, policy_of, rule, text_of


def lines(outline: Outline) -> list[str]:
    """The document as plain lines."""

    def told(section: Section, indent: str) -> Iterator[str]:
        yield f"{indent}{section.title}"
        for block in section.blocks:
            yield from (f"{indent}  {line}" for line in block_lines(block))
        for below in section.sections:
            yield from told(below, f"{indent}  ")

    return [line for section in outline.sections for line in told(section, "")]


def explained(policy: Policy, language: str = "en") -> list[str]:
    return lines(explain_policy(policy, language))


def test_the_least_policy_is_told_with_what_holds_unsaid() -> None:
    policy = policy_of()
    outline = explain_policy(policy, "en")

    assert (outline.title, outline.language) == ("Shop", "en")
    assert outline.note == f"Policy “shop”, version {policy.version}."
    assert lines(outline) == [
        "Which orders it covers",
        "  - It covers orders in this currency: US Dollar (USD).",
        "How long there is time",
        "  - You have 30 days, counted from the day the goods were delivered.",
        "  - That day itself is day 0; the last day is still in time.",
        "  - It is enough to ask for the return in that time.",
        "  - If that day is not known, we count from 7 days after the day the goods were shipped.",
        "  - For example: if day 0 is March 5, 2026, day 30 is April 4, 2026.",
        "What you can choose",
        "  - You can choose between: refund, store credit, or exchange.",
        "  - You can exchange for any product.",
        "  - What you take in exchange may cost more or less.",
        "What goods can come back",
        "  - We take back goods in one of these conditions: “As new, sealed” or “Opened, unused”.",
        "  - No photos are needed.",
        "What a return costs",
        "  - There is no restocking fee.",
        "  - We keep nothing for return shipping.",
        "How the goods come back",
        "  - You choose a carrier and pay for the parcel.",
        "  - The goods go to our address “main”; you find it on the return label.",
        "How and when we pay",
        "  - We pay back the way you paid.",
        "  - We pay once we have inspected the goods.",
        "  - What you paid for the delivery of the order is not paid back.",
        "Store credit",
        "  - Store credit brings nothing on top.",
        "What we pay after inspection",
        "  We look at the goods that come back. What we pay depends on what we find:",
        "  - As new, sealed: we pay 100% of what you paid for the goods.",
        "  - As new, sealed: what becomes of the goods is “Back to stock”.",
        "  - Used: we pay 50% of what you paid for the goods.",
        "  - Used: what becomes of the goods is “To be refurbished”.",
        "An example",
        "  One unit for $100.00 comes back for a reason of the customer's, without any exception:",
        "  - As new, sealed: $100.00",
        "  - Used: $100.00 − $50.00 = $50.00",
        "When a person decides",
        "  If something that decides is not known, a person looks at the return.",
        "Your rights",
        "  - This policy takes away nothing that the law gives you.",
    ]


HOLIDAYS = rule(
    "order.placed: {from: 11-01, to: 12-24}, order.country: [US, JP]",
    "set: {window: {until: 01-31}}",
)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        pytest.param(
            "en",
            [
                "  Because.",
                "    It holds when all of this is the case:",
                "    - Day of the order: from November 1 to December 24, every year",
                "    - Country of delivery: United States or Japan",
                "    Then:",
                "    - You have time at least until January 31: the first one on or after the day of your order.",  # noqa: E501 - a whole sentence
            ],
            id="English",
        ),
        pytest.param(
            "ro",
            [
                "  Because.",
                "    Se aplică atunci când toate acestea sunt îndeplinite:",
                "    - Ziua comenzii: de la 1 noiembrie până la 24 decembrie, în fiecare an",
                "    - Țara de livrare: Statele Unite ale Americii sau Japonia",
                "    Atunci:",
                "    - Aveți timp cel puțin până la 31 ianuarie: prima astfel de zi de la data comenzii.",  # noqa: E501 - a whole sentence
            ],
            id="Romanian",
        ),
        pytest.param(
            "ja",
            [
                "  Because.",
                "    次のすべてに当てはまる場合に適用します：",
                "    - ご注文日：毎年11月1日から12月24日まで",
                "    - お届け先の国：アメリカ合衆国または日本",
                "    その場合：",
                "    - 少なくとも1月31日（ご注文日以降で最初のその日）までは期限内です。",
            ],
            id="Japanese",
        ),
        pytest.param(
            "zh-CN",
            [
                "  Because.",
                "    同时符合以下各项时适用：",
                "    - 下单日期：每年11月1日至12月24日",
                "    - 收货国家或地区：美国或日本",
                "    此时：",
                "    - 您至少可以在1月31日（下单当日或之后的第一个该日）之前退货，当日仍在期限内。",
            ],
            id="simplified Chinese",
        ),
        pytest.param(
            "zh-TW",
            [
                "  Because.",
                "    同時符合以下各項時適用：",
                "    - 下單日期：每年11月1日至12月24日",
                "    - 收件國家或地區：美國或日本",
                "    此時：",
                "    - 您至少可以在1月31日（下單當日或之後的第一個該日）以前退貨，當日仍在期限內。",
            ],
            id="traditional Chinese",
        ),
    ],
)
def test_an_exception_stands_under_its_why_in_every_language(
    language: str, told: list[str]
) -> None:
    found = explained(policy_of(HOLIDAYS), language)
    start = found.index("  Because.")
    assert found[start : start + len(told)] == told


FEES = (
    "  fees: {restocking: 12.5%, return_shipping: 6.95, transfer: 1.00, "
    "waived_for_fault: [merchant, carrier]}\n"
)


@pytest.mark.parametrize(
    ("language", "percent", "amount"),
    [
        ("en", "12.5%", "$6.95"),
        ("en-GB", "12.5%", "US$6.95"),
        ("ro", "12,5\xa0%", "6,95\xa0USD"),
        ("ja", "12.5%", "$6.95"),
        ("zh", "12.5%", "US$6.95"),
        ("zh-Hant", "12.5%", "US$6.95"),
    ],
)
def test_figures_are_written_as_the_language_writes_them(
    language: str, percent: str, amount: str
) -> None:
    costs = "\n".join(explained(policy_of(terms=FEES), language))
    assert percent in costs
    assert amount in costs


def test_the_example_takes_off_what_a_refund_would() -> None:
    found = explained(policy_of(terms=FEES))
    # 100.00 - 12.5 % of 100.00 - 6.95; half of the goods, the fee is of all of them
    assert "  - As new, sealed: $100.00 − $12.50 − $6.95 = $80.55" in found
    assert "  - Used: $100.00 − $50.00 − $12.50 − $6.95 = $30.55" in found


def test_the_example_is_also_a_table_whose_columns_add_up() -> None:
    section = explain_policy(policy_of(terms=FEES), "en").sections[-4]
    (grid,) = section.blocks
    assert isinstance(grid, Grid)
    assert grid.columns == (
        "What we find", "Goods", "Deduction for condition", "Restocking fee", "Return shipping",
        "You get",
    )  # fmt: skip
    assert grid.rows == (
        ("As new, sealed", "$100.00", "$0.00", "−$12.50", "−$6.95", "$80.55"),
        ("Used", "$100.00", "−$50.00", "−$12.50", "−$6.95", "$30.55"),
    )


@pytest.mark.parametrize(
    ("currency", "shipping", "price"),
    [
        pytest.param("JPY", "800", "¥10,000", id="no decimals"),
        pytest.param("USD", "6.95", "$100.00", id="two decimals"),
        pytest.param("KWD", "1.500", "KWD\xa0100.000", id="three decimals"),
        pytest.param("IDR", "25000.00", "IDR\xa01,000,000.00", id="a tenth is the way back"),
    ],
)
def test_the_example_costs_what_is_worth_sending_back(
    currency: str, shipping: str, price: str
) -> None:
    head = f"policy: x\ntitle: X\ncurrency: {currency}\n"
    policy = policy_of(head=head, terms=f"  fees: {{return_shipping: {shipping}}}\n")
    assert any(f"One unit for {price} comes back" in line for line in explained(policy))


def test_an_inclusive_window_is_counted_out_from_day_1() -> None:
    window = "  window: {days: 8, from: ordered, count: inclusive, judged_on: received}\n"
    found = explained(policy_of(window=window))
    assert "  - That day itself is day 1; the last day is still in time." in found
    assert "  - For example: if day 1 is March 5, 2026, day 8 is March 12, 2026." in found


def test_where_a_policy_holds_is_said() -> None:
    head = (
        "policy: eu\ntitle: EU\ncurrency: EUR\ndisplayed: true\n"
        "effective: {from: 2026-01-01, until: 2026-06-30}\n"
        "applies_to: {countries: [DE, FR], channels: [web, shop], customer_tags: vip}\n"
    )
    found = explained(policy_of(head=head))
    assert found[1:6] == [
        "  - It covers orders in this currency: Euro (EUR).",
        "  - It covers orders placed from January 1, 2026 to June 30, 2026, both days included.",
        "  - It covers orders sent to these countries: Germany and France.",
        "  - It covers orders placed through “web” or “shop”.",
        "  - It covers customers marked “vip”.",
    ]
    assert "  - You can read this policy before you buy." in found


@pytest.mark.parametrize(
    ("effective", "said"),
    [
        ("{from: 2026-01-01}", "  - It covers orders placed on or after January 1, 2026."),
        (
            "{until: 2026-06-30}",
            "  - It covers orders placed up to and including June 30, 2026.",
        ),
    ],
)
def test_a_period_may_be_open_on_one_side(effective: str, said: str) -> None:
    assert said in explained(policy_of(head=f"{HEAD}effective: {effective}\n"))


def test_a_policy_that_completes_another_names_it() -> None:
    text = "policy: more\ntitle: More\ncurrency: USD\nextends: shop\n"
    policy = parse_policy(
        text.encode(), "more.yaml", default_tables(), lambda _: (text_of().encode(), "shop.yaml")
    )
    assert "  - It completes the policy “Shop”." in explained(policy)


def test_a_rule_tells_what_holds_with_the_terms_it_leaves() -> None:
    # only the event changes; the promise of five days stays with it
    terms = REST.replace("{to: original_payment}", "{to: original_payment, within_days: 5}")
    policy = parse_policy(
        f"{HEAD}terms:\n{WINDOW}{terms}rules:\n"
        f"{rule('', 'set: {refund: {after: first_scan}}')}"
        f"{rule('', 'set: {refund: {within_business_days: 3}}', 'fast')}".encode(),
        "shop.yaml",
        default_tables(),
    )
    found = explained(policy)
    assert "    - We pay within 5 days after the carrier's first scan." in found
    assert "    - We pay within 3 working days after we have inspected the goods." in found


def test_a_rule_that_is_switched_off_is_not_told() -> None:
    text = "  - id: off\n    why: Not now.\n    enabled: false\n    deny: never\n"
    assert "Not now." not in "\n".join(explained(policy_of(text)))


def test_a_rule_for_the_inspection_says_when_it_is_decided() -> None:
    found = explained(policy_of(rule("inspection.grade: used", "deny: worn")))
    assert "    - What the inspection found: “Used” among them" in found
    assert "    This is decided when we inspect the goods." in found
    assert "    - We do not take the goods back (code worn)." in found


def test_reasons_are_told_where_something_hangs_on_who_is_responsible() -> None:
    assert "Reasons, and who is responsible" not in explained(policy_of())
    found = explained(policy_of(rule("reason.fault: carrier", "deny: x")), "ja")
    start = found.index("  次の理由は、運送会社の責任となります：")
    assert found[start + 1 : start + 4] == [
        "  - 配送中に破損した",
        "  - 届かなかった",
        "  - 届くのが遅すぎた",
    ]


def test_what_the_merchant_wrote_stays_as_it_is() -> None:
    own = (
        "reasons:\n  itchy: {text: It itches, fault: merchant}\n"
        "  color: {text: Farbe, fault: customer}\n"
        "grades: {worn: {text: Worn outside}}\n"
    )
    policy = policy_of(
        rule("reason: [itchy, style], condition: worn", "deny: x"), head=f"{HEAD}{own}"
    )
    found = explained(policy, "ja")
    assert "    - 理由：「It itches」または「デザインが合わない」" in found
    assert "    - お客様のおっしゃる商品の状態：「Worn outside」" in found
    assert "  - It itches" in found
    assert "  - Farbe" in found


def test_no_store_credit_no_word_of_it() -> None:
    terms = REST.replace("[refund, store_credit, exchange]", "[refund]")
    policy = parse_policy(f"{HEAD}terms:\n{WINDOW}{terms}".encode(), "shop.yaml", default_tables())
    found = explained(policy)
    assert "Store credit" not in found
    assert not any("exchange" in line for line in found)


def test_hostile_text_hides_nothing() -> None:
    blocks = explain_policy(policy_of(rule("item.tags: '\u202ex'", "deny: x")), "en").sections[-2]
    points = [block for block in blocks.sections[0].blocks if isinstance(block, Bullets)]
    assert list(block_lines(points[0])) == ["- Marks of the product: “\ufffdx” among them"]
