"""Every command that changes something, each with the state of the shop that it starts from.

The one table of the fault tests: a command that stands here is killed, cut off from power and met
with errors at every call by which it writes. ``{rma}`` and ``{refund}`` stand for what the lines
before it answered.
"""

from __future__ import annotations

import os
import shutil
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from tests.faults.files import FILES, old_store
from tests.flow.conftest import Answer, Desk

CLOCK = "2026-03-20T10:00:00-04:00"

# Each stage is the one named first and then these lines.
STAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "new": ("", ()),
    "ordered": ("new", ("orders import orders.csv",)),
    "asked": ("ordered", ("requests import requests.csv",)),
    "review": ("ordered", ("open 1044 --item 1=too_small --condition new",)),
    "approved": ("ordered", ("open 1042 --item 2=too_small --condition new",)),
    "arrived": ("approved", ("receive {rma}",)),
    "inspected": ("arrived", ("inspect {rma} --item 2=new",)),
    "away": ("inspected", ("dispose {rma} --item 2=restock --location A-17",)),
    "surplus": ("approved", ("receive --file surplus.csv",)),
    "submitted": ("inspected", ("refund {rma}",)),
    "split": (
        "ordered",
        (
            "orders add 78 --item MUG@12.50 --delivered 2026-03-12 --payment Voucher=5|Visa=7.50",
            "open 78 --item 1=too_small --condition new",
            "receive {rma}",
            "inspect {rma} --item 1=new",
        ),
    ),
    "swapping": (
        "ordered",
        (
            "products import dear.csv",
            "open 1042 --item 2=too_small --condition new --want exchange --exchange-sku COAT",
        ),
    ),
    "swapped": ("swapping", ("receive {rma}", "inspect {rma} --item 2=new")),
    "dearer": ("swapped", ("refund {rma}",)),
    "credited": ("ordered", ("credit issue 25.00 --why late --expires 2026-03-31",)),
    "owed": ("inspected", ("refund {rma} --to store_credit",)),
    "confirmed": ("submitted", ("refunds confirm {refund} --reference ch_1",)),
    "waiting": ("inspected", ()),
    "saved": ("confirmed", ("backup copy.db",)),
}


class Command(NamedTuple):
    """A command line.

    Attributes:
        stage: what it starts from.
        outputs: patterns of the files that it makes.
        is_batch: it writes in several transactions; what was cut off is done by the next call.
        typed: what it reads from standard input.
        gone: what no byte of the store may hold once it was called to its end.
    """

    stage: str
    line: str
    outputs: tuple[str, ...] = ()
    is_batch: bool = False
    typed: str = ""
    gone: bytes = b""


COMMANDS: dict[str, Command] = {
    "orders import": Command("ordered", "orders import more.csv"),
    "orders import, Shopify": Command("ordered", "orders import shopify.csv --force"),
    "orders import, two files": Command("ordered", "orders import shopify.csv transactions.csv"),
    "orders import, mapped": Command("ordered", "orders import foreign.csv --map mapping.yaml"),
    "orders import, edited": Command("approved", "orders import edited.csv"),
    "orders import, in part": Command(
        "ordered", "orders import partly.csv", ("outbox/rejects/partly.rejects.csv",)
    ),
    "orders add": Command("ordered", "orders add 77 --item MUG:2@12.50=Mug --placed 2026-03-05"),
    "orders add, paid in two ways": Command(
        "ordered", "orders add 77 --item MUG@12.50=Mug --payment Voucher=5.00|Visa=7.50"
    ),
    "requests import": Command("ordered", "requests import requests.csv"),
    "shipments import": Command("approved", "shipments import shipments.csv"),
    "customers import": Command("ordered", "customers import customers.csv"),
    "products import": Command("ordered", "products import products.csv"),
    "customers export": Command(
        "approved", "customers export ann@example.com -o ann.json", ("ann.json",)
    ),
    "customers erase": Command(
        "confirmed", "customers erase ann@example.com --yes", gone=b"ann@example"
    ),
    "open": Command("ordered", "open 1042 --item 2=too_small --condition new"),
    "amend": Command("approved", "amend {rma} --item 2:2=too_small"),
    "evaluate": Command("asked", "evaluate --all"),
    "approve": Command("review", "approve {rma}"),
    "deny": Command("review", "deny {rma} --why worn"),
    "cancel": Command("approved", "cancel {rma}"),
    "receive": Command("approved", "receive {rma} --item 2:2"),
    "receive, with a key": Command("approved", "receive {rma} --item 2:2 --key k1"),
    "receive, a file": Command("approved", "receive --file receipts.csv"),
    "inspect": Command("arrived", "inspect {rma} --item 2:1=opened"),
    "undo": Command("arrived", "undo"),
    "undo, a refund": Command("submitted", "undo"),
    "dispose": Command("inspected", "dispose {rma} --item 2:1=restock --location A-17"),
    "unexpected match": Command("surplus", "unexpected match 1 --disposition donate"),
    "unexpected match, an order": Command("surplus", "unexpected match 1 1042 --item 1=too_small"),
    "stock export": Command("away", "stock export --as generic -o stock.csv", ("stock.csv",)),
    "calendar export": Command("approved", "calendar export -o due.ics", ("due.ics",)),
    "refund": Command("inspected", "refund {rma} --paid ch_1"),
    "refund, submitted": Command("inspected", "refund {rma}"),
    "refund, two ways": Command("split", "refund {rma} --paid ch_1"),
    "refund, in part": Command("inspected", "refund {rma} --amount 3.00 --key k1"),
    "refund, goodwill": Command("inspected", "refund {rma} --goodwill 3.00 --why late"),
    "refund, due": Command("inspected", "refund --due"),
    "refunds confirm": Command("submitted", "refunds confirm {refund} --reference ch_1"),
    "refunds fail": Command("submitted", "refunds fail {refund}"),
    "refunds fail, in doubt": Command("submitted", "refunds fail {refund} --in-doubt"),
    "refunds export": Command("confirmed", "refunds export -o paid.csv", ("paid.csv",)),
    "refunds reconcile": Command("submitted", "refunds reconcile statement.csv"),
    "refunds reverse": Command("confirmed", "refunds reverse {refund} --why twice"),
    "refunds confirm, as credit": Command("owed", "refunds confirm {refund}"),
    "refund, an exchange": Command("swapped", "refund {rma}"),
    "exchanges send": Command("swapping", "exchanges send {rma} --back-by 2026-04-30"),
    "exchanges paid": Command("dearer", "exchanges paid {rma} --reference ch_1"),
    "exchanges waive": Command("dearer", "exchanges waive {rma} --why late"),
    "credit issue": Command("ordered", "credit issue 10.00 --why late --key k1"),
    "credit redeem": Command("credited", "credit redeem {credit} --amount 9.00 --reference 1057"),
    "credit expire": Command("credited", "credit expire {credit} --why twice"),
    "journal export": Command(
        "confirmed", "journal export --as csv -o journal.csv", ("journal.csv",)
    ),
    "report all": Command("confirmed", "report all --html page.html", ("page.html",)),
    "export csv": Command("confirmed", "export csv refunds --out .", ("refunds.csv",)),
    "export jsonl": Command("confirmed", "export jsonl journal --out .", ("journal.jsonl",)),
    "export sqlite": Command("confirmed", "export sqlite -o own.db", ("own.db",)),
    "slip, folded": Command("approved", "slip {rma} --size a4-fold -o fold.pdf", ("fold.pdf",)),
    "insert, box label": Command(
        "confirmed",
        "insert 1042 --return-label --out .",
        ("1042-insert.pdf", "1042-label.pdf"),
    ),
    "backup": Command("confirmed", "backup new.db", ("new.db", "new.db.manifest.json")),
    "init": Command("unmade", "init . --no-input"),
    "restore": Command("lost", "restore copy.db"),
    "migration": Command("old", "list", ("returns.db.v1.backup",)),
    "store migrate": Command("old", "store migrate", ("returns.db.v1.backup",)),
    "label": Command("approved", "label {rma} -o label.pdf", ("label.pdf",)),
    "insert": Command("approved", "insert 1042 -o card.pdf", ("card.pdf",)),
    "slip": Command("approved", "slip {rma} -o slip.pdf", ("slip.pdf",)),
    "run": Command("waiting", "run", ("outbox/*.pdf", "inbox/done/*.csv"), is_batch=True),
    "reprint": Command("approved", "reprint {rma} --kind label -o again.pdf", ("again.pdf",)),
    "paper calibrate": Command("new", "paper calibrate --size a4 -o test.pdf", ("test.pdf",)),
    "policy publish": Command("new", "policy publish --as html -o page.html", ("page.html",)),
    "policy new": Command("new", "policy new summer", ("policies/summer.yaml",)),
}


class Stand(NamedTuple):
    """A shop folder as a stage leaves it, and the names that its lines answered."""

    folder: Path
    names: dict[str, str]

    def words(self, line: str) -> tuple[str, ...]:
        """The words of a command line in this shop."""
        return tuple(line.format_map(self.names).split())


def typed(folder: Path, *words: str, stdin: str = "") -> Answer:
    """One command in a shop folder, run in this process."""
    desk = Desk(folder)
    desk.as_of = CLOCK
    with chdir(folder):
        return desk.type("--actor", "test", *words, stdin=stdin.encode())


def stand(folder: Path, stage: str) -> Stand:
    """Make a shop in a folder and bring it to a stage."""
    folder.mkdir(exist_ok=True)
    made = Stand(folder, {})
    assert typed(folder, "init", str(folder), "--no-input").code == 0
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    if stage == "old":
        old_store(folder)
        return made
    for line in _lines({"lost": "saved", "unmade": "new"}.get(stage, stage)):
        _type(made, line)
        _write_receipts(made)
    _write_receipts(made)
    if stage == "waiting":
        shutil.copy(folder / "requests.csv", folder / "inbox")
        os.utime(folder / "inbox" / "requests.csv", (0, 0))
    if stage in ("lost", "unmade"):
        (folder / "returns.db").unlink()
    return made


def _write_receipts(made: Stand) -> None:
    """Files that name the return: what was announced, and a mug that was not."""
    rma = made.names.get("rma", "none")
    for name, row in (("receipts.csv", f"{rma},2,2"), ("surplus.csv", f"{rma},1,1")):
        text = f"rma,line_no,quantity\n{row}\n"
        (made.folder / name).write_text(text, encoding="utf-8")


def _lines(stage: str) -> tuple[str, ...]:
    before, lines = STAGES[stage]
    return (*(_lines(before) if before else ()), *lines)


def _type(made: Stand, line: str) -> None:
    answer = typed(made.folder, *made.words(line))
    assert answer.code == 0, (line, answer)
    said = answer.json
    if isinstance(said, dict):
        named = {name: said.get(name) for name in ("rma", "refund", "credit")}
        made.names.update({name: text for name, text in named.items() if text})
