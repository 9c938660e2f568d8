"""Shifts at real terminals: the scanner is another process, and stations die where they stand."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from returns_cli.store.connection import open_store
from tests.operations.desk import on, opened, received, small_shop, sold

CLOCK = ("--as-of", "2026-03-29")
ROUNDS = 20
_PROGRAM = (sys.executable, "-u", "-m", "returns_cli")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


class Station:
    """A station at a terminal of its own, that can be killed and begun again."""

    def __init__(self, folder: Path, mode: str) -> None:
        self._command = (*_PROGRAM, *CLOCK, "scan", "--mode", mode, "--station", "b1", "--no-color")
        self._folder = folder
        self._begin()

    def _begin(self) -> None:
        self._scanner, slave = pty.openpty()
        self._process = subprocess.Popen(
            self._command,
            stdin=slave,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self._folder,
        )
        os.close(slave)
        assert self._errors.readline().startswith(b"Ready to ")

    @property
    def _errors(self) -> IO[bytes]:
        assert self._process.stderr is not None
        return self._process.stderr

    def said(self, keys: str, times: int) -> list[str]:
        """What it answers to what the scanner types: that many lines."""
        os.write(self._scanner, keys.encode())
        assert self._process.stdout is not None
        return [self._process.stdout.readline().decode() for _ in range(times)]

    def kill(self) -> None:
        """Kill -9."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self._scanner)
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()

    def kill_and_begin_again(self) -> None:
        """As when the power fails in mid-scan."""
        self.kill()
        self._begin()


class Scan(NamedTuple):
    """One line of a shift's script: where, what is typed, and what is to be said.

    Attributes:
        keys: as the scanner types them, with the end that it puts.
        says: the word and a part of the message.
        counts: what the fact adds: ``received``, ``inspected``, ``unexpected``; with a minus for an
            undo.
    """

    station: str
    keys: str
    says: tuple[str, ...]
    counts: str = ""


class Parcels(NamedTuple):
    """The returns that one round of the shift meets."""

    rma: str
    skus: tuple[str, str]
    other_sku: str
    denied: str
    expired: str
    done: str
    done_sku: str


def _round(number: int, met: Parcels) -> list[Scan]:
    """25 scans: a parcel received and graded, with each mistake once."""
    one, two = met.skus
    swapped = met.rma.translate(str.maketrans("YZ", "ZY"))
    mistyped = met.rma[:-1] + ("2" if met.rma[-1] != "2" else "3")
    is_doubled = f"{one.lower()}\r{one.lower()}\r"
    came = "2026-03-29 12:00 by ann at b1"
    return [
        Scan("receive", f"{one}\t", ("STOP", "Scan the return's number first")),
        Scan("receive", f"{mistyped}\n", ("STOP", f"Did you mean {met.rma}")),
        Scan("receive", f"{met.denied}\n", ("STOP", "is approved")),
        Scan("receive", f"{met.expired}\r\n", ("STOP", "ran out on 2026-03-28")),
        Scan("receive", f"{swapped}\t", ("OK", "2 units awaited", "swaps Y and Z")),
        Scan("receive", "*UNDO*\n", ("STOP", "Nothing to undo")),
        Scan("receive", is_doubled, ("OK", f"{one}: 1 of 1"), "received"),
        Scan("receive", "", ("OK", "at once again: ignored")),
        Scan("receive", f"NOT-OURS-{number}\t", ("STOP", "is not in RMA-")),
        Scan("receive", f"{one}\n", ("STOP", "its one unit is here", came)),
        Scan("receive", "(EXTRA(\r", ("OK", "kept as unexpected"), "unexpected"),
        Scan("receive", f"{met.other_sku}\n", ("STOP", "is not in RMA-")),
        Scan("receive", "GRADE-NEW\n", ("STOP", "A grade is for inspecting")),
        Scan("receive", f"{two}\r\n", ("OK", f"{two}: 1 of 1"), "received"),
        Scan("receive", "UNDO\t", ("OK", f"Undone: {two}"), "-received"),
        Scan("receive", f"{two}\n", ("OK", f"{two}: 1 of 1"), "received"),
        Scan("receive", f"{met.done}\n", ("ASK", "arrived before", "10:00 by ben")),
        Scan("receive", f"{met.done_sku}\t", ("STOP", "its one unit is here", "10:00 by ben")),
        Scan("receive", "DONE\n", ("OK", "Complete")),
        Scan("inspect", f"{met.rma}\t", ("OK", "2 units wait")),
        Scan("inspect", "GRADE-NEW\n", ("STOP", "Scan the item before its grade")),
        Scan("inspect", f"{one}\r", ("ASK", "scan its grade")),
        Scan("inspect", "GRADE-DEFECTIVE\n", ("STOP", "has no grade `defective`")),
        Scan("inspect", "GRADE-OPENED\n", ("OK", f"{one}: opened"), "inspected"),
        Scan("inspect", "EXTRA\n", ("STOP", "EXTRA is for receiving")),
    ]


def _all_parcels(shop: Shop) -> list[Parcels]:
    """Twenty parcels whose numbers hold a Y or Z, so that a swapped keyboard shows."""
    old = on(shop, "2026-03-07")
    sold(shop, "7001,1,LATE,1,5.00", "7002,1,HERE,1,5.00")
    denied = opened(shop, "1006", "1=itchy")
    expired = opened(old, "7001", "1=itchy")
    done = opened(shop, "7002", "1=itchy")
    received(Shop(shop.folder, "ben", shop.as_of_text), done)
    found: list[Parcels] = []
    for number in range(8000, 8200):
        skus = (f"A{number}-1", f"A{number}-2")
        sold(shop, *(f"{number},{line},{sku},1,5.00" for line, sku in enumerate(skus, 1)))
        rma = opened(shop, str(number), "1=itchy", "2=itchy")
        if {"Y", "Z"} & set(rma[4:]):
            found.append(Parcels(rma, skus, "VASE", denied, expired, done, "HERE"))
        if len(found) == ROUNDS:
            return found
    raise AssertionError("no number holds a Y or Z")


def _stored(shop: Shop) -> Counter[str]:
    """Units that the store holds, read by a connection of its own."""
    queries = {
        "received": "SELECT sum(quantity) FROM receipt WHERE actor = 'ann'",
        "inspected": "SELECT sum(quantity) FROM inspection",
        "unexpected": "SELECT sum(quantity) FROM unexpected",
    }
    with open_store(shop.folder, read_only=True) as store:
        return Counter(
            {
                name: store.connection.execute(one).fetchone()[0] or 0
                for name, one in queries.items()
            }
        )


def test_a_shift_of_500_scans_with_every_mistake_twenty_times_ends_right(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A station is killed right after a word in each round; what the words said is in the store."""
    monkeypatch.setenv("RETURNS_ACTOR", "ann")
    met = _all_parcels(shop)
    shift = [one for number, parcels in enumerate(met) for one in _round(number, parcels)]
    assert len(shift) == 500
    stations = {mode: Station(shop.folder, mode) for mode in ("receive", "inspect")}
    told: Counter[str] = Counter(received=0, inspected=0, unexpected=0)
    waiting: list[str] = []
    for number, scan in enumerate(shift):
        station = stations[scan.station]
        waiting = waiting or station.said(scan.keys, 2 if scan.keys.count("\r") == 2 else 1)
        line = waiting.pop(0)
        assert line.startswith(scan.says[0]), (scan, line)
        assert all(part in line for part in scan.says[1:]), (scan, line)
        if scan.counts:
            told[scan.counts.lstrip("-")] += -1 if scan.counts.startswith("-") else 1
            assert _stored(shop) == told
        kills_after = {0: 15, 1: 23, 2: 10}[number // 25 % 3]
        if number % 25 == kills_after:
            station.kill_and_begin_again()
            assert _stored(shop) == told
            if scan.counts == "unexpected":  # the clerk takes the parcel up again
                station.said(f"{met[number // 25].rma}\n", 1)
    for station in stations.values():
        station.kill()

    assert told == Counter(received=40, inspected=20, unexpected=20)
    for parcels in met:
        shown = show_return(shop, parcels.rma)
        facts = [(one["line"], one["quantity"]) for one in shown["received"]]  # type: ignore[attr-defined]  # a list
        assert facts == [(1, 1), (2, 1), (2, -1), (2, 1)]  # taken back by an opposite fact
        assert [(one["line"], one["grade"]) for one in shown["inspected"]] == [(1, "opened")]  # type: ignore[attr-defined]  # a list
    for untouched in (met[0].denied, met[0].expired):
        assert show_return(shop, untouched)["received"] == []
    assert check_shop(shop)["ok"] is True


def test_two_stations_at_the_same_100_parcels_count_each_unit_once(shop: Shop) -> None:
    """Two processes at once; whoever comes second is told who was first, where and when."""
    rows = [f"{number},{line},P{line},1,5.00" for number in range(6000, 6100) for line in (1, 2)]
    sold(shop, *rows)
    rmas = [opened(shop, str(number), "1=itchy", "2=itchy") for number in range(6000, 6100)]
    codes = [code for rma in rmas for code in (rma, "P1", "P2")]
    answers: dict[str, list[dict[str, str]]] = {}

    def work(actor: str) -> None:
        command = (
            *_PROGRAM,
            *CLOCK,
            "--actor",
            actor,
            "scan",
            "--json",
            "--station",
            f"at-{actor}",
        )
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=shop.folder
        ) as station:
            assert station.stdin is not None
            assert station.stdout is not None
            said = []
            for code in codes:
                station.stdin.write(f"{code}\n".encode())
                station.stdin.flush()
                said.append(json.loads(station.stdout.readline()))
            answers[actor] = said

    clerks = [threading.Thread(target=work, args=(actor,)) for actor in ("ann", "ben")]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join()

    units = 0
    for number in range(len(codes)):
        if codes[number].startswith("P"):
            pair = {actor: said[number] for actor, said in answers.items()}
            (first,) = [actor for actor, one in pair.items() if one["word"] == "OK"]
            (second,) = [one for one in pair.values() if one["word"] != "OK"]
            assert f"Received 2026-03-29 12:00 by {first} at at-{first}" in second["message"]
            units += 1
    assert units == 200
    assert _stored_units(shop) == {(rma, line): 1 for rma in rmas for line in (1, 2)}
    assert check_shop(shop)["ok"] is True


def _stored_units(shop: Shop) -> dict[tuple[str, int], int]:
    query = """SELECT r.rma, c.line, sum(c.quantity) FROM receipt c
    JOIN returns r ON r.return_id = c.return_id GROUP BY r.rma, c.line"""
    with open_store(shop.folder, read_only=True) as store:
        return {(row[0], row[1]): row[2] for row in store.connection.execute(query)}
