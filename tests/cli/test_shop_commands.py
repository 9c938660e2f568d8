"""Every command over a real shop, in process: exit codes, JSON keys, pages, repeats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Outcome, Run

CLOCK = ("--as-of", "2026-03-20")
ORDERS = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at,customer_name,customer_email
1001,2026-03-01,USD,1,MUG,2,10.00,2026-03-05,=Ann\x1b[31m,ann@example.com
1001,2026-03-01,USD,2,SHIRT-M,1,30.00,2026-03-05,,
1002,2026-01-01,USD,1,2,1,50.00,2026-01-05,Bo,bo@example.com
1003,2026-03-02,USD,1,LAMP,1,900.00,2026-03-06,Cy,cy@example.com
"""
RETURN_KEYS = [
    "rma", "key", "replayed", "order", "kind", "state", "opened_at", "as_of", "verdict", "policy",
    "lines", "label", "quote", "received", "inspected", "refunds",
]  # fmt: skip
REFUND_KEYS = [
    "refund", "rma", "order", "state", "amount", "currency", "tender", "reference", "key",
    "journal_seq", "decision", "replayed",
]  # fmt: skip


class Desk:
    """A shop with three orders, worked through the command line."""

    def __init__(self, run_cli: Run, folder: Path) -> None:
        self._run = run_cli
        self.folder = folder

    def run(self, *words: str, stdin: bytes = b"", terminal: bool = False) -> Outcome:
        outcome = self._run(
            "--shop",
            str(self.folder),
            *CLOCK,
            *words,
            folder=self.folder,
            environ={"RETURNS_SALT": "test"},
            stdin=stdin,
            terminal=terminal,
        )
        assert "Traceback" not in outcome.err
        return outcome

    def json(self, *words: str, code: int = 0, stdin: bytes = b"") -> Any:
        outcome = self.run("--json", *words, stdin=stdin)
        assert outcome.code == code, outcome.err
        return json.loads(outcome.out)

    def error(self, *words: str, code: int) -> dict[str, Any]:
        outcome = self.run("--json", *words)
        assert (outcome.code, outcome.out) == (code, "")
        error: dict[str, Any] = json.loads(outcome.err)["error"]
        assert error["exit"] == code
        return error

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture
def desk(run_cli: Run, tmp_path: Path) -> Desk:
    desk = Desk(run_cli, tmp_path / "shop")
    made = desk.json("init", str(desk.folder), "--no-input")
    assert made["created"]
    desk.json("orders", "import", desk.file("orders.csv", ORDERS))
    return desk


def test_init_twice_changes_nothing_and_says_so(desk: Desk) -> None:
    again = desk.run("init", str(desk.folder))
    assert again.code == 0
    assert "nothing was changed" in again.out


def test_init_at_a_terminal_asks_for_what_no_option_says(run_cli: Run, tmp_path: Path) -> None:
    words = ["init", str(tmp_path / "new"), "--currency", "EUR"]
    asked = run_cli(*words, terminal=True)
    assert asked.code == 0
    assert "The shop's name" not in asked.err, "stdin is no terminal, so nobody is asked"
    assert f"next: cd {tmp_path / 'new'}" in asked.err
    assert "currency: EUR" in (tmp_path / "new" / "shop.yaml").read_text()


def test_the_main_flow_of_the_contract(desk: Desk) -> None:
    opened = desk.json("open", "1001", "--item", "2=too_small", "--want", "refund")
    rma = opened["rma"]
    assert list(opened) == RETURN_KEYS
    assert (opened["verdict"], opened["state"], opened["replayed"]) == (
        "approve",
        "approved",
        False,
    )
    assert opened["quote"]["total"] == "20.05"  # 30.00 - 10 % - 6.95
    assert desk.json("open", "1001", "--item", "2=too_small")["replayed"] is True
    assert desk.json("evaluate", rma)["verdict"] == "approve"
    assert "policies/standard.yaml:" in desk.run("evaluate", rma, "--explain").out
    assert desk.json("approve", rma)["replayed"] is True
    paper = desk.json("label", rma, "-o", str(desk.folder / "label.pdf"))
    assert [one["rmas"] for one in paper["files"]] == [[rma]]
    assert desk.json("slip", rma, "-o", str(desk.folder / "slip.pdf"))["problems"] == []
    assert desk.json("receive", rma, "--item", "2:1")["state"] == "received"
    inspected = desk.json("inspect", rma, "--item", "2:1=opened")
    assert inspected["state"] == "inspected"
    assert inspected["quote"]["total"] == "18.55"  # opened: 15 % of 30.00
    quote = desk.json("quote", rma)
    assert list(quote) == [
        "currency", "components", "tax_included", "total", "cap", "already_refunded",
    ]  # fmt: skip
    refund = desk.json("refund", rma)
    assert list(refund) == REFUND_KEYS
    assert (refund["state"], refund["amount"]) == ("submitted", "18.55")
    paid = desk.json("refund", rma, "--paid", "ch_1")
    assert (paid["refund"], paid["state"]) == (refund["refund"], "confirmed")
    assert desk.error("refund", rma, "--paid", "ch_2", code=6)["code"] == "E-REFUND-PAID"
    assert desk.json("dispose", rma, "--item", "2:1=open_box")["state"] == "refunded"
    assert desk.json("journal", "verify")["ok"] is True


def test_the_pages_of_the_main_flow_tell_a_person_where_it_stands(desk: Desk) -> None:
    opened = desk.run("open", "1001", "--item", "2=too_small", terminal=True)
    assert "next: returns label RMA-" in opened.err
    rma = opened.err.split()[3]
    page = desk.run("show", rma).out
    for said in ("approved", "SHIRT-M", "too_small", "restocking_fee", "20.05", "returns receive"):
        assert said in page
    assert max(map(len, page.splitlines())) <= 80
    desk.run("receive", rma)
    assert f"returns inspect {rma} --item 2=GRADE" in desk.run("show", rma).out
    desk.run("inspect", rma, "--item", "2=new")
    assert f"returns refund {rma}" in desk.run("show", rma).out
    refund = desk.run("refund", rma, terminal=True)
    assert "submitted" in refund.out
    assert "--paid REFERENCE" in refund.err
    pending = desk.run("show", rma).out
    assert "returns refunds confirm RF-" in pending
    assert "arrived" in pending
    assert "found new" in pending
    quote = desk.run("quote", rma).out
    assert "Already refunded" in quote
    listed = desk.run("refunds", "list").out
    assert rma in listed
    balances = desk.run("journal", "balances").out
    assert "returns:items" in balances
    assert "Entries  1" in desk.run("journal", "verify").out


def test_verdicts_and_exit_code_4(desk: Desk) -> None:
    late = desk.run("open", "1002", "--item", "sku:2=too_small", "--exit-code")
    assert (late.code, "window_expired" in late.out) == (4, True)
    big = desk.json("open", "1003", "--item", "1=too_small", "--exit-code", code=4)
    assert big["verdict"] == "review"
    assert "returns approve" in desk.run("show", big["rma"]).out
    assert desk.run("evaluate", "--all", "--exit-code").code == 4
    denied = desk.json("deny", big["rma"], "--why", "worn")
    assert denied["state"] == "denied"
    assert desk.run("evaluate", "--all").code == 0
    history = desk.run("history", big["rma"]).out
    assert "worn" in history


def test_a_person_may_go_against_the_policy_with_a_reason(desk: Desk) -> None:
    late = desk.json("open", "1002", "--item", "1=too_small")
    assert desk.error("approve", late["rma"], code=6)["code"] == "E-WHY-MISSING"
    approved = desk.json("approve", late["rma"], "--line", "1", "--why", "our mistake")
    assert approved["state"] == "approved"
    cancelled = desk.json("cancel", late["rma"], "--why", "keeps it")
    assert cancelled["state"] == "cancelled"


def test_several_returns_answer_an_array(desk: Desk) -> None:
    rmas = [
        desk.json("open", "1001", "--item", f"{line}=too_small", "--key", str(line))["rma"]
        for line in (1, 2)
    ]
    assert [one["rma"] for one in desk.json("show", *rmas)] == rmas
    assert desk.run("show", *rmas).out.count("Verdict  approve") == 2
    assert [one["verdict"] for one in desk.json("evaluate", *rmas)] == ["approve", "approve"]
    assert desk.run("evaluate", *rmas, "--explain").out.count("Verdict: approve, judged") == 2
    told = desk.json("explain", rmas[0])
    assert told["rma"] == rmas[0]
    lines = desk.run("list", "--open", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["rma"] for line in lines] == rmas
    assert {"rma", "order", "state", "verdict", "opened_at", "deadline", "refund_due"} <= set(
        json.loads(lines[0])
    )
    table = desk.run("list").out
    assert all(rma in table for rma in rmas)
    assert desk.json("list", "--state", "denied") == []
    assert desk.run("list", "--state", "denied").out == "No return.\n"


def test_amend_replaces_what_was_asked(desk: Desk) -> None:
    rma = desk.json("open", "1001", "--item", "1=too_small")["rma"]
    amended = desk.json(
        "amend", rma, "--item", "1:1=defective", "--photos", "1", "--answer", "worn=no"
    )
    assert [(one["quantity"], one["reason"]) for one in amended["lines"]] == [(1, "defective")]


def test_find_shows_hostile_names_harmlessly(desk: Desk) -> None:
    rma = desk.json("open", "1001", "--item", "1=too_small")["rma"]
    found = desk.json("find", "ann@example.com")
    assert [one["rma"] for one in found] == [rma]
    assert "matched" in found[0]
    assert rma in desk.run("find", "ann@example.com").out
    shown = desk.run("orders", "show", "1001", terminal=True).out
    assert "=Ann\\x1b[31m" in shown
    assert "\x1b[31m" not in shown
    cells = desk.run("orders", "show", "1001", "--format", "csv").out
    assert "'=Ann\\x1b[31m" in cells
    assert "1001" in desk.run("orders", "list").out
    assert "MUG" in shown
    assert [one["order"] for one in desk.json("orders", "list", "--limit", "1")] == ["1003"]


def test_what_is_not_there_exits_5(desk: Desk) -> None:
    assert desk.error("open", "9999", "--item", "1=x", code=5)["code"] == "E-ORDER-UNKNOWN"
    assert desk.error("open", "1001", "--item", "9=x", code=5)["code"] == "E-LINE-UNKNOWN"
    assert desk.error("show", "RMA-0000000", code=5)["hint"]
    assert desk.error("refunds", "show", "RF-0000000", code=5)["hint"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["open", "1001"], "E-USAGE-ITEM", id="no item"),
        pytest.param(["open", "1001", "--item", "0=x"], "E-USAGE-ITEM", id="line 0"),
        pytest.param(["open", "1001", "--item", "1=x", "--answer", "x"], "E-USAGE", id="answer"),
        pytest.param(["open", "1001", "--item", "1=x", "--want", "x"], "E-USAGE-WANT", id="want"),
        pytest.param(["evaluate"], "E-USAGE", id="nothing to judge"),
        pytest.param(["evaluate", "R", "--all"], "E-USAGE", id="two ways to judge"),
        pytest.param(["refund"], "E-USAGE", id="nothing to refund"),
        pytest.param(["refund", "R", "--due"], "E-USAGE", id="two ways to refund"),
        pytest.param(["receive"], "E-USAGE", id="nothing to receive"),
        pytest.param(["inspect", "R", "--file", "x"], "E-USAGE", id="two ways to inspect"),
        pytest.param(["label"], "E-USAGE", id="nothing to print"),
        pytest.param(["slip", "R", "--ready"], "E-USAGE", id="two ways to print"),
        pytest.param(["list", "--state", "x"], "E-USAGE-STATE", id="no state"),
        pytest.param(["list", "--as-of", "soon"], "E-USAGE-DATE", id="no clock"),
    ],
)
def test_wrong_usage_of_a_command_exits_2(desk: Desk, words: list[str], code: str) -> None:
    assert desk.error(*words, code=2)["code"] == code


def test_files_of_rows_from_a_path_and_from_stdin(desk: Desk) -> None:
    requests = b"order_id,line_no,reason,request_id\n1001,2,too_small,q1\n1001,9,too_small,q2\n"
    answer = desk.json("requests", "import", "-", stdin=requests, code=3)
    assert (answer["rows"], answer["new"], answer["rejected"]) == (2, 1, 1)
    assert [one["code"] for one in answer["problems"]] == ["E-LINE-UNKNOWN"]
    (rma,) = answer["returns"]
    shown = desk.run("requests", "import", desk.file("q.csv", requests.decode()))
    assert shown.code == 3
    assert "2 rows, 1 row refused" in shown.out
    assert "E-LINE-UNKNOWN" in shown.out
    assert "outbox/rejects/" in shown.err
    assert [one["rma"] for one in desk.json("evaluate", "--all")] == [rma]
    receipts = desk.file("r.csv", f"rma,line_no,quantity\n{rma},2,1\n")
    assert desk.json("receive", "--file", receipts)["new"] == 1
    assert rma in desk.run("receive", "--file", receipts).out
    inspections = f"rma,line_no,quantity,grade\n{rma},2,1,new\n".encode()
    assert desk.json("inspect", "--file", "-", stdin=inspections)["new"] == 1
    disposals = f"rma,line_no,quantity,disposition\n{rma},2,1,restock\n".encode()
    assert desk.json("dispose", "--file", "-", stdin=disposals)["new"] == 1
    (refund,) = desk.json("refund", "--due")
    assert refund["state"] == "submitted"
    assert desk.run("refund", "--due").out == "No refund.\n"


def test_evaluate_a_file_writes_nothing(desk: Desk) -> None:
    rows = desk.file("q.csv", "order_id,line_no,reason\n1001,2,too_small\n1001,9,too_small\n")
    judged = desk.run("evaluate", "--file", rows)
    assert judged.code == 3
    assert "approve" in judged.out
    assert "E-LINE-UNKNOWN" in judged.err
    assert desk.json("list") == []


def test_every_row_refused_exits_7_with_the_answer_on_stdout(desk: Desk) -> None:
    bad = ORDERS.replace("2026-0", "soon")
    outcome = desk.run("--json", "orders", "import", desk.file("bad.csv", bad))
    assert outcome.code == 7
    assert json.loads(outcome.out)["rejected"] == 4
    assert json.loads(outcome.err)["error"]["exit"] == 7
    words = desk.run("orders", "import", desk.file("bad.csv", bad))
    assert "E-DATE" in words.out
    assert "error E-" in words.err


def test_a_refused_file_leaves_stdout_empty(desk: Desk) -> None:
    for text, code in (("", "E-FILE-EMPTY"), ("a,b\n1,2\n", "E-FORMAT-UNKNOWN")):
        assert desk.error("orders", "import", desk.file("x.csv", text), code=7)["code"] == code
    assert desk.error("orders", "import", "missing.csv", code=2)["code"] == "E-FILE-UNREADABLE"


def test_orders_import_says_what_it_took_and_again_that_it_knew(desk: Desk) -> None:
    page = desk.run("orders", "import", str(desk.folder / "orders.csv")).out
    assert "3 orders: 0 new, 0 changed, 3 as before" in page
    assert "1000.00 USD" in page
    again = desk.json("orders", "import", str(desk.folder / "orders.csv"), "--force")
    assert (again["orders"], again["same"], again["totals"]) == (3, 3, {"USD": "1000.00"})


def test_customers_and_products(desk: Desk) -> None:
    customers = desk.file("c.csv", "email,tier\nann@example.com,gold\n")
    assert desk.json("customers", "import", customers)["new"] == 1
    products = desk.file("p.csv", "sku,category\nMUG,kitchen\n")
    assert desk.json("products", "import", products)["new"] == 1
    assert "1 row" in desk.run("products", "import", products).out


def test_refunds_can_fail_and_be_reversed(desk: Desk) -> None:
    rma = desk.json("open", "1001", "--item", "2=too_small")["rma"]
    desk.json("receive", rma)
    desk.json("inspect", rma, "--item", "2=new")
    first = desk.json("refund", rma)["refund"]
    failed = desk.json("refunds", "fail", first, "--why", "card expired")
    assert failed["state"] == "failed"
    second = desk.json("refund", rma)["refund"]
    assert desk.json("refunds", "confirm", second, "--reference", "ch_9")["state"] == "confirmed"
    assert desk.error("refunds", "reverse", second, code=2)["code"] == "E-USAGE-WHY"
    assert desk.json("refunds", "reverse", second, "--why", "wrong")["state"] == "reversed"
    assert second in desk.run("refunds", "show", second).out
    assert len(desk.json("refunds", "list", "--rma", rma)) == 2
    assert desk.json("refunds", "list", "--state", "submitted") == []


def test_a_dry_run_answers_the_same_and_writes_nothing(desk: Desk) -> None:
    planned = desk.json("open", "1001", "--item", "2=too_small", "-n")
    assert desk.json("list") == []
    again = desk.run("open", "1001", "--item", "2=too_small", "-n")
    assert again.err == "A dry run: nothing was written.\n"
    assert desk.json("open", "1001", "--item", "2=too_small")["rma"] == planned["rma"]
    assert desk.run("init", str(desk.folder / "other"), "-n").err == again.err


def test_status_doctor_check_and_backup(desk: Desk) -> None:
    status = desk.json("status")
    assert list(status) == ["as_of", "arrived", "waiting", "due_today", "overdue", "money_due"]
    assert "Money due             0.00 USD" in desk.run("status").out
    examined = desk.run("doctor")
    assert examined.code == 10  # the placeholder address that init wrote
    assert "MEND addresses" in examined.out
    report = desk.json("check")
    assert list(report) == ["ok", "entries", "head", "problems"]
    made = desk.json("backup", str(desk.folder / "copy.db"))
    assert list(made) == ["path", "manifest", "entries", "head"]
    verified = desk.json("journal", "verify", "--anchor", made["manifest"])
    assert verified["ok"] is True
    assert desk.error("restore", made["path"], code=8)["code"] == "E-STORE-EXISTS"
    (desk.folder / "returns.db").unlink()
    assert desk.run("restore", made["path"]).code == 0
    assert "copy.db" in desk.run("backup", str(desk.folder / "copy.db")).out


def test_an_anchor_that_does_not_fit_exits_10(desk: Desk) -> None:
    anchor = json.loads(
        Path(desk.json("backup", str(desk.folder / "c.db"))["manifest"]).read_text()
    )
    rma = desk.json("open", "1001", "--item", "2=too_small")["rma"]
    desk.json("receive", rma)
    desk.json("inspect", rma, "--item", "2=new")
    desk.json("refund", rma)
    verified = desk.json("journal", "verify")
    foreign = {**anchor, "entries": verified["entries"], "head": "0" * 64}
    path = desk.file("other.manifest.json", json.dumps(foreign))
    outcome = desk.run("--json", "journal", "verify", "--anchor", path)
    assert outcome.code == 10
    assert json.loads(outcome.out)["ok"] is False
    assert outcome.err == ""


def test_policies_are_checked_tested_and_shown(desk: Desk) -> None:
    checked = desk.json("policy", "check")
    assert list(checked) == ["ok", "problems"]
    assert desk.run("policy", "check").out.splitlines()[-1].startswith("ok")
    tested = desk.json("policy", "test")
    assert (tested["ok"], tested["failed"]) == (True, 0)
    assert "0 failed" in desk.run("policy", "test").out
    policy = desk.folder / "policies" / "standard.yaml"
    facts = desk.file(
        "facts.yaml",
        "given: {order: {placed: 2026-03-01, delivered: 2026-03-05}, reason: too_small}\n"
        "as_of: 2026-03-20\n",
    )
    assert desk.json("policy", "show", str(policy), "--facts", facts)["verdict"] == "approve"
    assert "Verdict approve" in desk.run("policy", "show", str(policy), "--facts", facts).out


def test_a_wrong_policy_exits_7_with_its_problems_on_stdout(desk: Desk) -> None:
    policy = desk.folder / "policies" / "standard.yaml"
    policy.write_text(policy.read_text().replace("window:", "windw:", 1))
    outcome = desk.run("policy", "check")
    assert outcome.code == 7
    assert "standard.yaml:" in outcome.out
    assert "window" in outcome.out
    assert "not ok" in outcome.out
    assert "error E-" in outcome.err
    assert json.loads(desk.run("--json", "policy", "check").out)["ok"] is False


def test_a_case_that_does_not_hold_exits_10_and_says_how_it_differs(desk: Desk) -> None:
    cases = desk.folder / "policies" / "standard.cases.yaml"
    cases.write_text(cases.read_text().replace("verdict: approve", "verdict: deny", 1))
    outcome = desk.run("policy", "test")
    assert outcome.code == 10
    assert "verdict should be deny and is approve" in outcome.out
    assert outcome.err == ""


def test_policy_commands_need_no_shop(run_cli: Run, tmp_path: Path) -> None:
    policy = Path(__file__).parents[2] / "policies" / "standard.yaml"
    assert run_cli("policy", "check", str(policy)).code == 0
    assert run_cli("policy", "check").code == 8
    assert run_cli("policy", "check", str(policy), "--shop", str(tmp_path / "no")).code == 8


def test_the_demo_runs_the_whole_job_and_changes_nothing_twice(
    run_cli: Run, tmp_path: Path
) -> None:
    first = run_cli("demo", str(tmp_path / "demo"))
    assert first.code == 0, first.err
    for said in ("What was done", "returns journal verify", "labels.pdf", "Try next"):
        assert said in first.out
    table = first.out.split("What became of the requests")[1].split("What was made")[0]
    assert max(map(len, table.splitlines())) <= 80
    before = json.loads(run_cli("list", "--shop", str(tmp_path / "demo"), "--json", *CLOCK).out)
    assert run_cli("demo", str(tmp_path / "demo")).code == 0
    after = json.loads(run_cli("list", "--shop", str(tmp_path / "demo"), "--json", *CLOCK).out)
    assert before == after


def test_questions_that_cannot_be_asked_exit_11(run_cli: Run) -> None:
    from returns_cli.domain.errors import DeclinedError
    from tests.cli.conftest import make_invocation

    with pytest.raises(DeclinedError) as caught:
        make_invocation().confirm("Erase everything?")
    assert (caught.value.code, caught.value.exit) == ("E-CANNOT-ASK", 11)


def test_a_script_hears_of_an_overdue_refund_by_the_exit_status(desk: Desk) -> None:
    rma = desk.json("open", "1001", "--item", "2=too_small")["rma"]
    desk.run("receive", rma)
    desk.run("inspect", rma, "--item", "2=new")
    days = {}
    for day in ("2026-03-20", "2026-04-30"):
        shown = desk.run("--as-of", day, "status", "--fail-if", "overdue")
        listed = desk.run("--as-of", day, "list", "--overdue", "--fail-if", "overdue")
        assert "Traceback" not in shown.err + listed.err
        days[day] = (shown.code, listed.code, rma in listed.out)
    assert days == {"2026-03-20": (0, 0, False), "2026-04-30": (10, 10, True)}
    assert desk.error("status", "--fail-if", "late", code=2)["where"] == "--fail-if"
    assert desk.error("list", "--fail-if", "late", code=2)["where"] == "--fail-if"


def test_a_calendar_goes_to_stdout_to_a_file_or_into_json(desk: Desk) -> None:
    desk.json("open", "1001", "--item", "2=too_small")
    plain = desk.run("calendar", "export")
    assert plain.out.startswith("BEGIN:VCALENDAR\r\n")
    target = desk.folder / "due.ics"
    assert "Due dates" in desk.run("calendar", "export", "-o", str(target)).out
    assert target.read_bytes().decode() == plain.out
    assert desk.json("calendar", "export")["content"] == plain.out


def test_goods_go_from_the_bench_to_the_shop_system(desk: Desk) -> None:
    rma = desk.json("open", "1001", "--item", "1:1=too_small")["rma"]
    rows = f"rma,line_no,quantity\n{rma},1,2\n"
    desk.run("receive", "--file", desk.file("receipts.csv", rows))
    assert "surplus" in desk.run("unexpected", "list").out
    assert desk.json("unexpected", "list")[0]["left"] == 1
    matched = desk.json("unexpected", "match", "1", "1001", "--item", "1:1=too_small")
    assert list(matched["return"]) == RETURN_KEYS
    assert matched["goods"]["left"] == 0
    desk.run("receive", "--file", desk.file("receipts.csv", f"{rows}{rma},2,1\n"))
    gone = desk.run("unexpected", "match", "2", "--disposition", "donate", "--note", "torn")
    assert "1 to donate (torn)" in gone.out
    assert f"1 to {matched['return']['rma']} line 1" in desk.run("unexpected", "list", "--all").out
    desk.run("inspect", rma, "--item", "1=new")
    desk.run("dispose", rma, "--item", "1=restock", "--location", "A-17")
    assert "A-17" in desk.run("stock", "moves").out
    assert desk.json("stock", "moves")[0]["sku"] == "MUG"
    plan = desk.run("stock", "export", "--as", "generic", "-n")
    assert plan.out == "sku,quantity,disposition,location\nMUG,1,restock,A-17\n"
    assert "nothing was written" in plan.err
    made = desk.run("stock", "export", "--as", "generic", "-o", str(desk.folder / "stock.csv"))
    assert (made.code, "Units" in made.out) == (0, True)
    again = desk.run("stock", "export", "--as", "generic", "-o", str(desk.folder / "stock.csv"))
    assert "nothing was written" in again.out


def test_a_template_that_lacks_a_product_exits_3_and_one_without_any_7(desk: Desk) -> None:
    rma = desk.json("open", "1001", "--item", "1:1=too_small", "--item", "2=too_small")["rma"]
    desk.run("receive", rma)
    desk.run("inspect", rma, "--item", "1=new", "--item", "2=new")
    desk.run("dispose", rma, "--item", "1=restock", "--item", "2=restock")
    lacking = desk.file("inv.csv", "SKU,Location,On hand\nBOX,Main,1\n")
    words = ("stock", "export", "--as", "shopify", "--template")
    refused = desk.run(*words, lacking)
    assert (refused.code, "E-STOCK-SKU" in refused.err) == (7, True)
    partly = desk.file("inv.csv", "SKU,Location,On hand\nMUG,Main,1\n")
    assert "SHIRT-M is not at Main" in desk.run(*words, partly, "-n").err
    answer = desk.json(*words, partly, code=3)
    assert (answer["content"], answer["rejected"]) == ("SKU,Location,On hand\nMUG,Main,2\n", 1)
    assert desk.json("unexpected", "list") == []
    assert "No unexpected goods" in desk.run("unexpected", "list").out
    assert desk.error("unexpected", "match", "9", rma, code=5)["code"] == "E-UNEXPECTED-UNKNOWN"
