"""A shop in which every text was written by somebody hostile, and a line for each command."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tests.faults.commands import CLOCK
from tests.flow.conftest import Answer, Desk

SIGNS = (
    "[/x] [red]:smile: \x1b]8;;http:x\x07\x1b]52;c;eA\x07\x9b31m \x90q\x9c \u202egpj \u2066x"
    " \u2028 \x1b[2J\x7f\b\x85y"
)
"""Markup, an emoji code, links and clipboard by OSC 8 and 52, C1 controls, directions, clearing."""

UNSAFE = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f]"
)
"""What no terminal may get, beside line ends, tabs and our own colours."""


class Line(NamedTuple):
    """A command line and its exit status.

    ``{signs}`` is hostile text, ``{name}`` a hostile name of a file; others are the shop's numbers.
    """

    text: str
    code: int = 0


LINES: dict[str, Line] = {
    "init": Line("init . --no-input"),
    "demo": Line("demo demo{name}"),
    "run": Line("run -n", 3),
    "runs list": Line("runs list"),
    "runs show": Line("runs show 1"),
    "status": Line("status"),
    "config show": Line("config show --origin"),
    "doctor": Line("doctor", 10),
    "completion": Line("completion bash"),
    "help": Line("help open"),
    "open": Line("open 8 --item 1={signs} --note {signs} -n"),
    "amend": Line("amend {asked} --item 1={signs}2 --note {signs} -n"),
    "list": Line("list"),
    "show": Line("show {confirmed}"),
    "find": Line("find gpj"),
    "evaluate": Line("evaluate {asked} --explain -n"),
    "approve": Line("approve {asked} --why {signs} -n"),
    "deny": Line("deny {approved} --why {signs} -n"),
    "cancel": Line("cancel {approved} --why {signs} -n"),
    "explain": Line("explain {confirmed}"),
    "undo": Line("undo -n"),
    "history": Line("history {confirmed}"),
    "label": Line("label {approved} --on-missing replace -o label{name}.pdf -n"),
    "slip": Line("slip {approved} --on-missing replace -o slip{name}.pdf -n"),
    "insert": Line("insert 1 --on-missing replace -o card{name}.pdf -n"),
    "reprint": Line("reprint {approved} -n --out ."),
    "paper check": Line("paper check test.pdf"),
    "paper calibrate": Line("paper calibrate --size a4 -o test{name}.pdf -n"),
    "receive": Line("receive {approved} --station {signs} -n"),
    "inspect": Line("inspect {arrived} --item 1=new --note {signs} -n"),
    "dispose": Line("dispose {inspected} --item 1=restock --location {signs} -n"),
    "unexpected list": Line("unexpected list"),
    "unexpected match": Line("unexpected match 1 --disposition donate --note {signs} -n"),
    "scan": Line("scan --station {signs}", 3),
    "quote": Line("quote {inspected}"),
    "refund": Line("refund {inspected} --paid x{signs} -n"),
    "refunds list": Line("refunds list"),
    "refunds show": Line("refunds show {paid}"),
    "refunds confirm": Line("refunds confirm {refund} --reference {signs} -n"),
    "refunds fail": Line("refunds fail {refund} --why {signs} -n"),
    "refunds export": Line("refunds export"),
    "refunds reconcile": Line("refunds reconcile statement.csv -n", 3),
    "refunds reverse": Line("refunds reverse {paid} --why {signs} -n"),
    "exchanges list": Line("exchanges list"),
    "exchanges send": Line("exchanges send {swap} --tracking {signs} -n"),
    "exchanges paid": Line("exchanges paid {owed} --reference {signs} -n"),
    "exchanges waive": Line("exchanges waive {owed} --why {signs} -n"),
    "credit balance": Line("credit balance"),
    "credit issue": Line("credit issue 5.00 --why {signs} -n"),
    "credit redeem": Line("credit redeem {credit} --amount 1.00 --reference {signs} -n"),
    "credit expire": Line("credit expire {credit} --why {signs} -n"),
    "journal verify": Line("journal verify"),
    "journal balances": Line("journal balances"),
    "journal export": Line("journal export --as ledger"),
    "stock moves": Line("stock moves"),
    "stock export": Line("stock export --as generic -n"),
    "calendar export": Line("calendar export"),
    "orders import": Line("orders import {file} --force -n"),
    "orders add": Line("orders add 77 --item M{signs}:2@10.00={signs} --customer {signs} -n"),
    "orders list": Line("orders list"),
    "orders show": Line("orders show 1"),
    "requests import": Line("requests import requests.csv -n", 3),
    "shipments import": Line("shipments import shipments.csv -n", 3),
    "customers import": Line("customers import customers.csv -n", 3),
    "customers show": Line("customers show a1@x.example{signs}"),
    "customers export": Line("customers export a1@x.example{signs}"),
    "customers erase": Line("customers erase a1@x.example{signs} --yes -n", 6),
    "products import": Line("products import products.csv -n", 7),
    "report summary": Line("report summary"),
    "report reasons": Line("report reasons"),
    "report products": Line("report products"),
    "report categories": Line("report categories"),
    "predict products": Line("predict products"),
    "predict evaluate": Line("predict evaluate"),
    "report customers": Line("report customers"),
    "report refunds": Line("report refunds"),
    "report dispositions": Line("report dispositions"),
    "report sla": Line("report sla"),
    "report policies": Line("report policies"),
    "report all": Line("report all"),
    "export csv": Line("export csv orders --out . -n"),
    "export jsonl": Line("export jsonl orders --out -"),
    "export sqlite": Line("export sqlite -o own{name}.db -n"),
    "policy check": Line("policy check"),
    "policy test": Line("policy test"),
    "policy show": Line("policy show policies/standard.yaml --facts facts.yaml"),
    "policy explain": Line("policy explain"),
    "policy diff": Line("policy diff policies/standard.yaml other.yaml"),
    "policy backtest": Line("policy backtest other.yaml"),
    "policy publish": Line("policy publish --as md"),
    "policy new": Line("policy new summer --title {signs} -n", 2),
    "policy schema": Line("policy schema"),
    "check": Line("check"),
    "store stats": Line("store stats"),
    "store migrate": Line("store migrate -n"),
    "backup": Line("backup copy{name}.db"),
    "restore": Line("restore copy{name}.db", 8),
}

_ORDER = (
    "order_id placed_at currency line_no sku quantity unit_price delivered_at customer_id "
    "customer_name customer_email tier title category brand tags ship_name ship_address1 ship_city "
    "ship_postcode ship_country payment_method"
).replace(" ", ",")
_OPENED = ("asked", "approved", "arrived", "inspected", "submitted", "confirmed", "swap", "owed")


class HostileShop:
    """The shop's folder, and the numbers that lines name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._desk = Desk(folder)
        self._desk.as_of = CLOCK
        self.names = {"signs": SIGNS, "name": SIGNS.replace("/", ":")}
        self._make()

    def words(self, line: str) -> list[str]:
        """The words of a command line here."""
        return [word.format_map(self.names) for word in line.split(" ")]

    def _do(self, line: str, *codes: int) -> Answer:
        answer = self._desk.type(*self.words(line))
        assert answer.code in (codes or (0,)), (line, answer)
        return answer

    def _write(self, name: str, text: str) -> None:
        self.names["file"] = self._desk.write(name, text.replace("@@", SIGNS))

    def _make(self) -> None:
        name = "Shop_[red]:smile:[/x]"
        self._do(f"init {self.folder} --no-input --name {name}")
        self._master_data()
        for number, stage in enumerate(_OPENED, 1):
            swaps = stage in ("swap", "owed")
            wish = " --want exchange --exchange-sku COAT" if swaps else ""
            line = f"open {number} --item 1=@ --condition new --note @{wish}"
            self.names[stage] = self._do(line.replace("@", "{signs}")).json["rma"]
            if stage != "asked":
                self._do(f"approve {{{stage}}} --why {{signs}}")
        for stage in ("arrived", "inspected", "submitted", "confirmed", "owed"):
            self._do(f"receive {{{stage}}} --station {{signs}}")
        for stage in ("inspected", "submitted", "confirmed", "owed"):
            self._do(f"inspect {{{stage}}} --item 1=new --note {{signs}}")
        self._do("dispose {confirmed} --item 1=restock --location {signs}")
        self.names["refund"] = self._do("refund {submitted}").json["refund"]
        self.names["paid"] = self._do("refund {confirmed} --paid ch_{signs}").json["refund"]
        self._do("refund {owed}")
        self.names["credit"] = self._do("credit issue 5.00 --why {signs}").json["credit"]
        self._files()

    def _master_data(self) -> None:
        cells = '"C@@","@@","a{}@x.example@@",gold,"@@","@@","@@","@@","@@","@@","@@","@@",US,"@@"'
        row = '{},2026-03-01,USD,1,"S{}@@",2,10.00,2026-03-06,' + cells
        rows = [row.format(number, number, number) for number in range(1, 10)]
        self._write("products.csv", 'sku,title,category,brand,tags,price\nCOAT,"@@",,,,26.00 USD\n')
        self._do("products import {file}")
        self._write("customers.csv", 'customer_id,name,tier,tags\n"C@@","@@","@@","@@"\n')
        self._do("customers import {file}")
        self._write("orders[red]:smile:\u202ecsv.csv", "\n".join([_ORDER, *rows, ""]))
        self._do("orders import {file}")

    def _files(self) -> None:
        """Files for lines of the table, most of them with rows that are refused and told."""
        orders = self.names["file"]
        arrived = self.names["arrived"]
        self._write("surplus.csv", f'rma,line_no,quantity,tracking\n{arrived},1,1,"@@"\n')
        self._do("receive --file {file}")
        head = "type,paid_at,amount,currency,order_id,reference\n"
        rows = 'refund,2026-03-20,3.00,USD,"@@","re@@"\nx@@,x,x,x,x,x\n'
        self._write("statement.csv", head + rows)
        self._write("requests.csv", 'order_id,line_no,reason,note\n9,1,"@@","@@"\n"@@",1,x,\0\n')
        head = "order_id,event,at,tracking,carrier\n"
        self._write("shipments.csv", f'{head}1,"@@",2026-03-07,"@@","@@"\n"@@",x,x,y,z\n')
        self._write("customers.csv", 'customer_id,name,tags\n"C@@","@@","@@"\n,"@@",x\n')
        self._write("products.csv", 'sku,title,price\n,"@@","@@"\n')
        policy = (self.folder / "policies" / "standard.yaml").read_text(encoding="utf-8")
        changed = policy.replace("Standard returns", "Standard [red]:smile:[/x]")
        assert changed != policy
        self._write("other.yaml", changed)
        self._write("facts.yaml", "given: {reason: '[red]:smile:'}\n")
        self._write("inbox/requests-@.csv", 'order_id,line_no,reason\n"@@",1,x\n')
        self._do(f"paper calibrate --size a4 -o {self.folder}/test.pdf")
        self._do("run", 3)
        self._write("inbox/requests-2.csv", 'order_id,line_no,reason\n"@@",1,x\n8,1,x\n')
        self._write("codes.txt", f"{self.names['approved']}\nS2@@\n@@\nDONE\n")
        self.names["file"] = orders
