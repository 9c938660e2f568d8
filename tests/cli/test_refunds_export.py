"""Refunds for a bank's upload or the books, and those of which nobody knows."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from returns_cli.operations.record_refund import RefundRequest, record_refund
from tests.cli.conftest import Run
from tests.operations.desk import inspected, opened, received, small_shop


@pytest.fixture
def refund(tmp_path: Path) -> str:
    """A submitted refund of 4.30: a mug of 12.50 less a tenth and 6.95."""
    shop = small_shop(tmp_path)
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    inspected(shop, rma, "1=new")
    return str(record_refund(shop, RefundRequest(rma, key="=cmd()"))["refund"])


def test_refunds_are_written_as_csv_that_no_spreadsheet_runs(refund: str, run_cli: Run) -> None:
    (row,) = csv.DictReader(StringIO(run_cli("refunds", "export").out))

    assert (row["refund"], row["amount"], row["currency"], row["key"]) == (
        refund, "4.30", "USD", "'=cmd()",
    )  # fmt: skip
    header = (
        "refund,rma,order,state,amount,currency,tender,reference,key,journal_seq,decision,replayed"
    )
    assert run_cli("refunds", "export", "--state", "confirmed").out == f"{header}\n"


def test_a_file_is_written_in_the_form_that_its_name_says(
    refund: str, run_cli: Run, tmp_path: Path
) -> None:
    table, lines, none = (tmp_path / name for name in ("pay.csv", "pay.jsonl", "none.csv"))

    assert "Refunds  1" in run_cli("refunds", "export", "-o", str(table)).out
    run_cli("refunds", "export", "-o", str(lines))
    run_cli("refunds", "export", "-o", str(none), "--dry-run")

    assert table.read_text().splitlines()[0].startswith("refund,rma,order,state,amount")
    assert json.loads(lines.read_text())["refund"] == refund
    assert table.stat().st_mode & 0o777 == 0o600
    assert not none.exists()


def test_a_refund_in_doubt_counts_until_somebody_knows(refund: str, run_cli: Run) -> None:
    def state(*words: str) -> tuple[int, str]:
        said = run_cli(*words, "--json")
        return said.code, str(json.loads(said.out)["state"]) if said.out else ""

    assert state("refunds", "fail", refund, "--in-doubt", "--why", "no answer") == (0, "in_doubt")
    rma = json.loads(run_cli("refunds", "show", refund, "--json").out)["rma"]
    assert json.loads(run_cli("show", rma, "--json").out)["state"] == "refund_pending"
    assert state("refund", rma)[1] == "in_doubt"  # nothing new is payable
    assert state("refunds", "confirm", refund, "--reference", "po_1") == (0, "confirmed")
    assert state("refunds", "fail", refund, "--in-doubt")[0] == 6
