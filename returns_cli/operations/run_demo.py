"""The whole job on shipped example data, from an order export to verified refunds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast

from returns_cli.data import shipped
from returns_cli.domain.errors import ConflictError, StoreError
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.print_policy_schema import SCHEMA_FILE
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import SHOP_FILE, Shop, is_there

CLOCK = "2026-03-20T10:00:00+00:00"
"""The demo's clock: its example requests are judged as on that day."""

_SALT = "demo"
_ACTOR = "demo"
_DONE = "inbox/done"
_POLICIES = ("standard", "apparel-eu")
_IMPORTED = ("products.csv", "customers.csv", "orders_export.csv", "requests.csv")
_FLOOR = ("receipts.csv", "inspections.csv")
_PAID = ("rq-01", "ch_demo_1043")  # this request's refund is confirmed with that reference
_REVERSED = ("rq-07", "entered for the wrong card")


def run_demo(folder: Path) -> Json:
    """Make a shop and take it through the whole job, with the operations that the commands use.

    The clock, the salt and every key are fixed, so a second run in the same folder finds
    everything done and changes nothing, and one that was interrupted is completed. Refused (6): a
    folder that holds another shop.
    """
    _refuse_other_shop(folder)
    made = make_shop(folder, shipped(f"examples/shop/{SHOP_FILE}").read_bytes(), _policies(), _SALT)
    job = _Job(Shop(folder, _ACTOR, CLOCK))
    job.step("init", "init", "A shop folder is made" if made else "The shop folder was there")
    job.import_all()
    job.judge()
    job.print_paper()
    job.receive_and_inspect()
    job.refund()
    job.verify()
    return job.answer()


def _refuse_other_shop(folder: Path) -> None:
    from returns_cli.store.connection import STORE_NAME, open_store

    if not is_there(folder / SHOP_FILE) and not is_there(folder / STORE_NAME):
        return
    try:
        with open_store(folder, read_only=True) as store:
            is_demo = store.salt == _SALT.encode()
    except StoreError as error:
        if error.code != "E-SHOP-MISSING":
            raise
        is_demo = not is_there(folder / SHOP_FILE)  # its making was interrupted
    if not is_demo:
        raise ConflictError(
            "E-DEMO-FOLDER",
            f"{folder} holds a shop that is not the demo's.",
            where=str(folder),
            hint="Name another folder: returns demo FOLDER.",
        )


def _policies() -> dict[str, bytes]:
    names = [f"{name}{ending}" for name in _POLICIES for ending in (".cases.yaml", ".yaml")]
    names.append(SCHEMA_FILE)
    return {name: shipped(f"policies/{name}").read_bytes() for name in names}


class _Job:
    """The demo's steps, in order; each tells in one sentence what it came to."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._steps: list[Json] = []
        self._rmas: dict[str, str] = {}
        self._files: list[Json] = []

    def step(self, name: str, command: str, says: str) -> None:
        """Note a step: what somebody would have typed, and what came of it."""
        self._steps.append({"step": name, "command": f"returns {command}", "says": f"{says}."})

    def import_all(self) -> None:
        """Products, customers, orders and requests, from copies of the example files."""
        from returns_cli.operations.import_master_data import import_customers, import_products
        from returns_cli.operations.import_orders import import_orders
        from returns_cli.operations.import_requests import import_requests

        for name in _IMPORTED:
            self._put(name, shipped(f"examples/{name}").read_bytes())
        for noun, take in (("products", import_products), ("customers", import_customers)):
            done = take(self._shop, [self._place(f"{noun}.csv")])
            self.step(noun, f"{noun} import {_DONE}/{noun}.csv", _taken(done, noun))
        orders = import_orders(self._shop, [self._place("orders_export.csv")])
        totals = cast("Mapping[str, str]", orders["totals"])
        came_to = " and ".join(f"{totals[currency]} {currency}" for currency in sorted(totals))
        self.step(
            "orders",
            f"orders import {_DONE}/orders_export.csv",
            f"{_taken(orders, 'orders')}: {orders['lines']} lines, {orders['units']} units, "
            f"{came_to}",
        )
        requests = import_requests(self._shop, [self._place("requests.csv")])
        self._rmas = self._rmas_by_key(cast("Sequence[str]", requests["returns"]))
        self.step("requests", f"requests import {_DONE}/requests.csv", _taken(requests, "requests"))
        self._shop.notes.clear()  # how the shipped files were read is no news

    def _rmas_by_key(self, rmas: Iterable[str]) -> dict[str, str]:
        from returns_cli.operations.show_return import show_return

        shown = [show_return(self._shop, rma) for rma in rmas]
        return {str(one["key"]): str(one["rma"]) for one in shown}

    def judge(self) -> None:
        """Every request by the shop's policies."""
        from returns_cli.operations.evaluate_returns import evaluate_returns

        evaluate_returns(self._shop, all_open=True)
        verdicts = [str(one["verdict"]) for one in self._returns()]
        counted = ", ".join(f"{verdicts.count(one)} {one}" for one in dict.fromkeys(verdicts))
        self.step("judge", "evaluate --all", f"{len(verdicts)} requests judged: {counted}")

    def print_paper(self) -> None:
        """Labels and slips of what travels, one PDF each; signs without a font become ``?``."""
        from returns_cli.operations.print_paper import PaperRequest, print_labels, print_slips

        rmas = tuple(str(one["rma"]) for one in self._returns() if _travels(one))
        for noun, verb in (("labels", print_labels), ("slips", print_slips)):
            place = self._shop.folder / "paper" / f"{noun}.pdf"
            done = verb(self._shop, PaperRequest(rmas, output_file=place, on_missing="replace"))
            self._files += cast("list[Json]", done["files"])
            missing = {str(one["message"]) for one in cast("list[Json]", done["problems"])}
            self._shop.notes += sorted(missing - set(self._shop.notes))
            self.step(
                noun,
                f"{noun.removesuffix('s')} RMA-… -o paper/{noun}.pdf",
                f"{len(rmas)} {noun} in {place}",
            )

    def receive_and_inspect(self) -> None:
        """What arrived, one parcel short, and what was found in it, one worse than declared."""
        from returns_cli.operations.inspect_items import inspect_file
        from returns_cli.operations.receive_items import receive_file

        for name in _FLOOR:
            self._put(name, self._with_rmas(name))
        receipts, inspections = (self._place(name) for name in _FLOOR)
        done = receive_file(self._shop, receipts)
        self.step("receive", f"receive --file {_DONE}/receipts.csv", _taken(done, "receipts"))
        done = inspect_file(self._shop, inspections)
        self.step("inspect", f"inspect --file {_DONE}/inspections.csv", _taken(done, "inspections"))

    def _with_rmas(self, name: str) -> bytes:
        """An example of the floor with the RMA in place of the request's id."""
        text = shipped(f"examples/{name}").read_text(encoding="utf-8")
        head, *rows = csv.reader(io.StringIO(text, newline=""))
        place = head.index("request_id")
        head[place] = "rma"
        for row in rows:
            row[place] = self._rmas[row[place]]
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([head, *rows])
        return out.getvalue().encode()

    def refund(self) -> None:
        """What is payable; one refund is confirmed, and one that was a mistake is reversed."""
        from returns_cli.operations.move_refund import confirm_refund, reverse_refund
        from returns_cli.operations.record_refund import RefundRequest, record_refund

        recorded: dict[str, Json] = {}
        for one in self._returns():
            if _is_payable(one):
                request = str(one["key"])
                paid = RefundRequest(str(one["rma"]), key=f"demo-{request}")
                recorded[request] = record_refund(self._shop, paid)
        self.step(
            "refund",
            "refund RMA-… --key demo-rq-…",
            f"{len(recorded)} refunds recorded as submitted: {_sums(recorded.values())}",
        )
        request, reference = _PAID
        refund = recorded[request]
        confirm_refund(self._shop, str(refund["refund"]), reference)
        self.step(
            "confirm",
            f"refunds confirm {refund['refund']} --paid {reference}",
            f"{refund['amount']} {refund['currency']} of {refund['rma']} are paid",
        )
        request, why = _REVERSED
        refund = recorded[request]
        reverse_refund(self._shop, str(refund["refund"]), why)
        self.step(
            "reverse",
            f'refunds reverse {refund["refund"]} --why "{why}"',
            f"{refund['amount']} {refund['currency']} of {refund['rma']} are taken back by an "
            "opposite entry and due again",
        )

    def verify(self) -> None:
        """The journal's chain and sums, and every invariant of the store."""
        from returns_cli.operations.prove_store import check_shop, verify_journal

        journal = verify_journal(self._shop)
        self.step(
            "verify",
            "journal verify",
            f"{journal['entries']} entries add up, the chain ends in {str(journal['head'])[:16]}",
        )
        check_shop(self._shop)
        self.step("check", "check", "Every invariant of the store holds")

    def answer(self) -> Json:
        """Everything to look at: decisions with their citations, a summary, files, commands."""
        from returns_cli.operations.explain_return import digest_of_return, explain_return
        from returns_cli.operations.shop_status import shop_status

        decisions = [
            {**explain_return(self._shop, rma), "digest": digest_of_return(self._shop, rma)}
            for rma in self._rmas.values()
        ]
        return {
            "folder": str(self._shop.folder),
            "as_of": self._shop.now,
            "steps": self._steps,
            "decisions": decisions,
            "summary": [_summary(one) for one in decisions],
            "status": shop_status(self._shop),
            "files": [*self._made(), *self._files],
            "next": self._next(),
            "notes": self._shop.notes,
        }

    def _made(self) -> list[Json]:
        return [
            {"path": str(self._shop.folder / name), "kind": kind}
            for name, kind in (
                (SHOP_FILE, "settings"),
                ("policies/standard.yaml", "policy"),
                (_DONE, "files that were read"),
                ("returns.db", "store"),
            )
        ]

    def _next(self) -> list[str]:
        here = f"returns --shop {_quoted(str(self._shop.folder))}"
        return [
            f"{here} explain {self._rmas['rq-02']}",
            f"{here} --as-of 2026-03-20 open 1042 --item 2=too_small --want refund",
            f"{here} --as-of 2026-03-20 approve {self._rmas['rq-06']}",
        ]

    def _returns(self) -> list[Json]:
        from returns_cli.operations.show_return import show_return

        return [show_return(self._shop, rma) for rma in self._rmas.values()]

    def _place(self, name: str) -> Path:
        return self._shop.folder / _DONE / name

    def _put(self, name: str, data: bytes) -> None:
        from returns_cli.documents import write_file

        if not self._place(name).exists():
            write_file(self._place(name), data)


def _taken(done: Json, noun: str) -> str:
    """``60 orders are new`` or ``60 orders were known``."""
    counts = [
        f"{done[key]} {noun} {words}"
        for key, words in (("new", "are new"), ("same", "were known"), ("rejected", "were refused"))
        if done[key]
    ]
    return ", ".join(counts) or f"no {noun}"


def _travels(one: Json) -> bool:
    label = cast("Mapping[str, str | None]", one["label"])
    is_approved = one["verdict"] in ("approve", "partial")
    return is_approved and label["kind"] not in (None, "none")


def _is_payable(one: Json) -> bool:
    """Whether goods were inspected, or the customer keeps them, and something is paid for it."""
    is_kept = one["verdict"] == "approve" and not _travels(one)
    return bool(one["inspected"] or is_kept) and cast("Json", one["quote"])["total"] != "0.00"


def _sums(refunds: Iterable[Json]) -> str:
    from returns_cli.domain import money

    sums: dict[str, int] = {}
    for one in refunds:
        currency = str(one["currency"])
        minor = money.parse_amount(str(one["amount"]), currency)
        sums[currency] = sums.get(currency, 0) + minor
    return " and ".join(
        f"{money.format_amount(minor, currency)} {currency}"
        for currency, minor in sorted(sums.items())
    )


def _summary(one: Json) -> Json:
    lines = cast("list[Json]", one["lines"])
    quote = cast("Json", one["quote"])
    refunds = cast("list[Json]", one["refunds"])
    codes = [code for line in lines for code in cast("list[str]", line["codes"])]
    return {
        "request": one["key"],
        "rma": one["rma"],
        "order": one["order"],
        "verdict": one["verdict"],
        "codes": list(dict.fromkeys(codes)),
        "state": one["state"],
        "pays": quote["total"],
        "currency": quote["currency"],
        "refund": refunds[-1]["state"] if refunds else None,
    }


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)
