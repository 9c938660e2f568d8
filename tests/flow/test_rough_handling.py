"""What three people do in a hurry: sloppy words, bad files, spoilt settings, a curious hand."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from tests.flow.conftest import Answer, Desk

HEADER = (
    "order_id,placed_at,delivered_at,currency,line_no,sku,quantity,unit_price,tax_included,"
    "channel\n"
)
ORDERS = (
    HEADER
    + "7,2026-03-01,2026-03-05,USD,1,A,3,10.00,true,\n"
    + "7,2026-03-01,2026-03-05,USD,2,B,2,10.00,true,\n"
    + "8,2026-03-01,2026-03-05,USD,1,2,1,10.00,true,\n"
    + "8,2026-03-01,2026-03-05,USD,2,C,1,10.00,true,\n"
)


@pytest.fixture
def plain(new_desk: Callable[..., Desk]) -> Desk:
    """A shop with the standard policy and two small orders."""
    made = new_desk()
    made.ok("orders", "import", made.write("orders.csv", ORDERS))
    return made


def stored(desk: Desk) -> str:
    """A digest of every row of the store."""
    with sqlite3.connect(f"file:{desk.folder}/returns.db?mode=ro", uri=True) as connection:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()


def opened(desk: Desk, *words: str) -> str:
    return str(desk.ok("open", "7", "--item", "1=too_small", *words)["rma"])


@pytest.mark.parametrize(
    "spoil",
    [
        str,
        str.lower,
        lambda rma: rma[4:],
        lambda rma: rma.replace("-", " "),
        lambda rma: f" {rma} ",
        lambda rma: rma[4:].replace("0", "O").replace("1", "l"),
    ],
    ids=["as-is", "lower", "bare", "space", "padded", "look-alikes"],
)
def test_a_return_number_is_known_however_it_is_typed(
    plain: Desk, spoil: Callable[[str], str]
) -> None:
    rma = opened(plain)
    assert plain.ok("show", spoil(rma))["rma"] == rma


def test_a_slip_in_a_return_number_is_answered_with_the_nearest_one(plain: Desk) -> None:
    rma = opened(plain)
    slip = rma[:-1] + ("A" if rma[-1] != "A" else "B")
    error = plain.refused(5, "show", slip)
    assert error["code"] == "E-RMA-MISTYPED"
    assert rma in error["hint"]


def test_digits_are_a_line_and_sku_in_front_makes_them_a_sku(plain: Desk) -> None:
    line = plain.ok("open", "8", "--item", "2=too_small", "-n")["lines"][0]
    sku = plain.ok("open", "8", "--item", "sku:2=too_small", "-n")["lines"][0]
    assert (line["line"], line["sku"]) == (2, "C")
    assert (sku["line"], sku["sku"]) == (1, "2")


def test_an_order_of_two_channels_is_named_by_its_channel(plain: Desk) -> None:
    web = plain.write("web.csv", HEADER + "7,2026-03-01,,USD,1,A,1,10.00,true,web\n")
    plain.ok("orders", "import", web)
    error = plain.refused(2, "open", "7", "--item", "1=too_small")
    assert "default/7" in error["message"]
    assert "web/7" in error["message"]
    for words in (["web/7"], ["web/#7"], ["7", "--channel", "web"]):
        shown = plain.ok("open", *words, "--item", "1=too_small", "-n")
        assert shown["lines"][0]["quantity"] == 1


def test_taking_out_a_line_that_the_order_does_not_have_is_refused(plain: Desk) -> None:
    assert plain.refused(5, "amend", opened(plain), "--remove", "9")["code"] == "E-LINE-UNKNOWN"


DRY: list[list[str]] = [
    ["open", "7", "--item", "2=too_small"],
    ["amend", "RMA", "--item", "1:1=too_large"],
    ["deny", "RMA", "--why", "worn"],
    ["cancel", "RMA"],
    ["evaluate", "--all"],
    ["label", "RMA"],
    ["slip", "RMA"],
    ["receive", "RMA"],
    ["refund", "--due"],
    ["requests", "import", "requests.csv"],
    ["products", "import", "products.csv"],
    ["customers", "import", "customers.csv"],
    ["orders", "import", "bad.csv"],
]


@pytest.mark.parametrize("words", DRY, ids=lambda words: " ".join(words[:2]))
def test_a_dry_run_answers_and_writes_nothing(plain: Desk, words: list[str]) -> None:
    rma = opened(plain)
    files = {
        "requests.csv": "order_id,line_no,reason\n7,2,too_small\n",
        "products.csv": "sku,tags\nA,final-sale\n",
        "customers.csv": "customer_id,tier\n1,gold\n",
        "bad.csv": HEADER + "9,2026-03-01,,USD,1,A,1,1.00,true,\n9b,never,,USD,1,A,1,1.00,true,\n",
    }
    paths = {name: plain.write(name, text) for name, text in files.items()}
    before, tree = stored(plain), sorted(plain.folder.rglob("*"))
    typed = [rma if word == "RMA" else paths.get(word, word) for word in words]
    answer = plain.type(*typed, "--dry-run")
    assert answer.code == (3 if "bad.csv" in words else 0), answer
    assert answer.out
    assert stored(plain) == before
    assert sorted(plain.folder.rglob("*")) == tree


def imported(desk: Desk, text: str) -> Answer:
    return desk.type("requests", "import", desk.write("requests.csv", text))


def test_a_key_used_twice_in_a_file_refuses_the_later_row_only(plain: Desk) -> None:
    text = (
        "order_id,line_no,reason,quantity,request_id\n"
        "7,1,too_small,1,r1\n"
        "7,2,too_small,1,r1\n"  # another line of the same request
        "7,1,too_small,2,r1\n"  # says otherwise
        "8,1,too_small,1,r1\n"  # another order
        "7,1,too_small,1,r1\n"  # the first row again
    )
    first, again = imported(plain, text), imported(plain, text)
    assert [(one["line"], one["code"]) for one in first.json["problems"]] == [
        (4, "E-KEY-CONFLICT"),
        (5, "E-KEY-CONFLICT"),
    ]
    figures = ("rows", "new", "same", "rejected")
    assert [first.json[name] for name in figures] == [5, 1, 0, 2]
    assert [again.json[name] for name in figures] == [5, 0, 1, 2]
    assert (first.code, again.code) == (3, 3)
    rma = first.json["returns"][0]
    asked = [(one["line"], one["quantity"]) for one in plain.ok("show", rma)["lines"]]
    assert asked == [(1, 1), (2, 1)]


def test_a_file_of_only_conflicts_is_partly_done_and_one_of_only_errors_is_refused(
    plain: Desk,
) -> None:
    head = "order_id,line_no,reason,quantity,request_id\n"
    assert imported(plain, head + "7,1,too_small,1,r1\n").code == 0
    assert imported(plain, head + "7,1,too_small,2,r1\n").code == 3
    refused = imported(plain, head + "7,9,too_small,2,r2\n99,1,too_small,1,r3\n")
    assert refused.code == 7
    assert refused.json["rejected"] == 2
    assert refused.error["where"] == "requests.csv:2"


def test_mended_reject_files_go_in(plain: Desk) -> None:
    rows = "20,2026-03-01,,USD,1,A,1,1.00,true,\n21,March,,USD,1,A,1,1.00,true,\n"
    answer = plain.type("orders", "import", plain.write("more.csv", HEADER + rows))
    assert (answer.code, answer.json["new"], answer.json["rejected"]) == (3, 1, 1)
    rejects = (plain.folder / "outbox/rejects/more.rejects.csv").read_text(encoding="utf-8")
    mended = plain.write("mended.csv", rejects.replace("March", "2026-03-02"))
    again = plain.ok("orders", "import", mended)
    assert (again["new"], again["rejected"]) == (1, 0)


def test_a_bad_shop_file_is_said_as_such_by_every_command_that_needs_it(plain: Desk) -> None:
    rma = opened(plain)
    settings = plain.folder / "shop.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("currency:", "currencyy:"), encoding="utf-8")
    before = stored(plain)
    for words in (["list"], ["status"], ["show", rma], ["check"], ["open", "7", "--item", "2=x"]):
        error = plain.refused(7, *words)
        assert error["code"] == "E-SHOP-INVALID"
        assert error["where"].startswith("shop.yaml:")
        assert "currency" in error["message"]
    assert stored(plain) == before


def test_cases_that_cannot_be_read_leave_the_answer_empty(plain: Desk) -> None:
    plain.write("policies/standard.cases.yaml", "cases: [{name: x, givn: {}}]\n")
    assert plain.refused(7, "policy", "test")["code"].startswith("E-POLICY")


TAMPERED = [
    ("posting", "minor = minor + 1"),
    ("journal", "actor = 'eve'"),
    ("refund", "amount_minor = amount_minor + 1"),
    ("receipt", "quantity = quantity + 1"),
    ("inspection", "grade = 'used'"),
    ("authorization", "actor = 'eve'"),
    ("order_line", "unit_price_minor = unit_price_minor + 1"),
    ("decision", "body = '{}'"),
    ("decision", "body = 'x'"),
    ("policy_text", "text = x'61'"),
]


@pytest.mark.parametrize(
    ("table", "change"), TAMPERED, ids=[f"{table}: {change}" for table, change in TAMPERED]
)
def test_a_row_changed_behind_the_program_s_back_is_found(
    plain: Desk, table: str, change: str
) -> None:
    rma = opened(plain)
    for words in (["receive", rma], ["inspect", rma, "--item", "1=new"], ["refund", rma]):
        plain.ok(*words)
    assert plain.ok("check")["ok"] is True
    _change_unwatched(plain, f"UPDATE {table} SET {change}")
    answer = plain.type("check")
    assert answer.code == 8
    assert answer.json["ok"] is False
    assert answer.error["exit"] == 8


def _change_unwatched(desk: Desk, statement: str) -> None:
    """Run a statement with every trigger away, and put the triggers back as they were."""
    connection = sqlite3.connect(desk.folder / "returns.db", isolation_level=None)
    triggers: list[Any] = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"a shopping list", "E-STORE-FOREIGN"), (None, "E-STORE-DAMAGED")],
    ids=["another file", "cut short"],
)
@pytest.mark.parametrize("words", [["check"], ["journal", "verify"]], ids=" ".join)
def test_what_is_no_store_any_more_is_answered_beside_the_error(
    plain: Desk, words: list[str], content: bytes | None, code: str
) -> None:
    store = plain.folder / "returns.db"
    spoilt = store.read_bytes()[:40_000] if content is None else content
    store.write_bytes(spoilt)
    answer = plain.type(*words)
    assert answer.code == 8
    assert answer.json["ok"] is False
    assert [one["code"] for one in answer.json["problems"]] == [code]
    assert answer.error["code"] == code
    assert store.read_bytes() == spoilt


def test_a_person_may_pay_what_the_inspection_denied_and_says_why(plain: Desk) -> None:
    policy = plain.folder / "policies/standard.yaml"
    rule = "  - id: other\n    why: W.\n    when: {inspection.grade: wrong_item}\n    deny: other\n"
    policy.write_text(policy.read_text(encoding="utf-8") + rule, encoding="utf-8")
    rma = opened(plain)
    plain.ok("receive", rma)
    found = plain.ok("inspect", rma, "--item", "1:1=wrong_item", "--item", "1:2=new")
    assert (found["verdict"], found["state"], found["quote"]["total"]) == ("deny", "denied", "0.00")
    assert plain.refused(6, "approve", rma)["code"] == "E-WHY-MISSING"
    paid = plain.ok("approve", rma, "--why", "a regular customer")
    # three at 10.00, nothing for the wrong one; ten percent of each; the label
    assert (paid["state"], paid["quote"]["total"]) == ("inspected", "10.05")
    assert plain.ok("refund", rma)["amount"] == "10.05"
    assert plain.ok("check")["ok"] is True


def test_warnings_of_a_policy_end_with_10_only_when_asked_for(plain: Desk) -> None:
    policy = plain.folder / "policies/standard.yaml"
    rule = "  - id: other\n    why: W.\n    when: {item.brand: Acme}\n    deny: other\n"
    policy.write_text(policy.read_text(encoding="utf-8") + rule, encoding="utf-8")
    plain_answer, strict = plain.type("policy", "check"), plain.type("policy", "check", "--strict")
    assert [one["code"] for one in strict.json["problems"]] == ["W-POLICY-UNCOVERED"]
    assert (plain_answer.code, strict.code, strict.err) == (0, 10, "")
    assert strict.json == plain_answer.json
