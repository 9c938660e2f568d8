"""For any order of scans, undos and second parcels the counters are the sums of the words.

One person has two returns that lie in one box: a mug and two tees, and two radios whose serial
numbers are known (``R-1``, ``R-2``). A model of sets and counters says what must be there.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.import_shipments import import_shipments
from returns_cli.operations.list_unexpected import list_unexpected_goods
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.operations.desk import opened, small_shop, written

ASKED = {"A": {"MUG": 1, "TEE": 2}, "B": {"RADIO": 2}}
RECEIVE = ["A", "B", "MUG", "TEE", "RADIO", "R-1", "R-2", "VASE", "EXTRA", "UNDO", "DONE", "NOTE"]
INSPECT = [
    "A",
    "B",
    "MUG",
    "TEE",
    "RADIO",
    "R-1",
    "R-9",
    "GRADE-NEW",
    "GRADE-DAMAGED",
    "UNDO",
    "DONE",
]
COUNT = ["A", "B", "MUG", "TEE", "RADIO", "UNDO", "DONE", "EXTRA"]

Codes = st.lists(st.tuples(st.sampled_from(["ann", "ben"]), st.sampled_from(RECEIVE)), max_size=16)


@cache
def _made() -> tuple[bytes, dict[str, str]]:
    """The store of the shop, made once, and the numbers of the two returns."""
    with TemporaryDirectory() as place:
        shop = small_shop(Path(place))
        more = (
            "order_id,line_no,sku,quantity,unit_price,placed_at,currency,delivered_at,"
            "customer_email\n2001,1,RADIO,2,30.00,2026-03-02,USD,2026-03-06,ann@example.com\n"
        )
        sent = "order_id,line_no,event,at,serials\n2001,1,shipped,2026-03-03,R-1|R-2\n"
        import_orders(shop, [written(shop, "more.csv", more)])
        import_shipments(shop, [written(shop, "sent.csv", sent)])
        rmas = {
            "A": opened(shop, "1001", "1=itchy", "2=itchy"), "B": opened(shop, "2001", "1=itchy"),
        }  # fmt: skip
        return (shop.folder / "returns.db").read_bytes(), rmas


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("scans")
    small_shop(place)
    return place


def fresh(folder: Path) -> tuple[Shop, dict[str, str]]:
    data, rmas = _made()
    (folder / "returns.db").write_bytes(data)
    return Shop(folder, "ann", "2026-03-20"), rmas


def said(shop: Shop, mode: str, codes: list[str], rmas: dict[str, str]) -> list[Any]:
    return list(scan(shop, [rmas.get(one, one) for one in codes], ScanRequest(mode)))


def counted(shop: Shop, rma: str, fact: str) -> Counter[str]:
    """Units of a return by SKU: what arrived, or was inspected."""
    shown: Any = show_return(shop, rma)
    skus = {one["line"]: one["sku"] for one in shown["lines"]}
    units: Counter[str] = Counter()
    for one in shown[fact]:
        units[skus[one["line"]]] += one["quantity"]
    return +units


def add_up(answers: list[Any], rmas: dict[str, str], mark: str) -> dict[str, Counter[str]]:
    """What the words come to: an accepted unit of a return, and its undoing."""
    names = {rma: name for name, rma in rmas.items()}
    sums: dict[str, Counter[str]] = {"A": Counter(), "B": Counter(), "": Counter()}
    for one in answers:
        if one["word"] != "OK":
            continue
        name, message = names.get(one["rma"], ""), one["message"]
        if message.startswith("Undone: "):
            what = message.removeprefix("Undone: ").rstrip(".").split()
            place = "" if "unexpected" in what else name
            if what[0] != "note":
                sums[place][what[0]] -= 1
        elif message.endswith("kept as unexpected."):
            sums[""][message.partition(":")[0]] += 1
        elif mark in message and one["line"] is not None:
            sums[name][one["sku"]] += 1
            if mark == " of ":
                now = sums[name][one["sku"]]
                assert message.endswith(f": {now} of {ASKED[name][one['sku']]}")
    return {name: +units for name, units in sums.items()}


@settings(max_examples=20, deadline=None)
@given(Codes, st.lists(st.sampled_from(INSPECT), max_size=14), st.lists(st.sampled_from(COUNT)))
def test_in_any_order_of_scans_the_counters_are_the_sums_of_the_words(
    folder: Path, receive: list[tuple[str, str]], inspect: list[str], count: list[str]
) -> None:
    shop, rmas = fresh(folder)
    stations = {"ann": shop, "ben": Shop(folder, "ben", "2026-03-20")}
    came: list[Any] = []
    loops = {
        name: _Loop(stations[name], rmas) for name in stations
    }  # two stations, each with its own box
    for actor, code in receive:
        came.append(loops[actor].send(code))
    for loop in loops.values():
        loop.end()
    before = (folder / "returns.db").read_bytes()
    said(shop, "count", count, rmas)
    assert (folder / "returns.db").read_bytes() == before  # counting records nothing

    words = add_up(came, rmas, " of ")
    facts = {name: counted(shop, rma, "received") for name, rma in rmas.items()}
    assert facts == {name: words[name] for name in rmas}
    lying: Counter[str] = Counter()
    for one in list_unexpected_goods(shop):
        lying[str(one["code"] or one["sku"])] += int(str(one["left"]))
    assert lying == words[""]

    seen = add_up(said(shop, "inspect", inspect, rmas), rmas, ", to ")
    graded = {name: counted(shop, rma, "inspected") for name, rma in rmas.items()}
    assert graded == {name: seen[name] for name in rmas}
    for name, asked in ASKED.items():
        for sku, units in asked.items():
            assert units >= facts[name][sku] >= graded[name][sku] >= 0
    checked: Any = check_shop(shop)
    assert (checked["ok"], checked["problems"]) == (True, [])


class _Loop:
    """One station that is sent a code at a time."""

    def __init__(self, shop: Shop, rmas: dict[str, str]) -> None:
        self._codes: list[str] = []
        self._rmas = rmas
        self._answers = scan(shop, self._sent(), ScanRequest(station="b"))

    def _sent(self) -> Any:
        while True:
            yield self._codes.pop(0)

    def send(self, code: str) -> Any:
        self._codes.append(self._rmas.get(code, code))
        return next(self._answers)

    def end(self) -> None:
        self._answers.close()  # type: ignore[attr-defined]  # it is a generator
