"""Clocks, zones, no network, an empty environment, planted links: the same shop does the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.faults.commands import CLOCK, COMMANDS, Stand, stand, typed
from tests.faults.shops import ENVIRONMENT, RETURNS

OPEN = ("open", "1042", "--item", "2=too_small", "--condition", "new", "--json")


def _program(name: str, package: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        shutil.which(name) is None, reason=f"{name} is missing: install {package}"
    )


def _run(shop: Path, *words: str, before: tuple[str, ...] = (), **environment: str) -> Any:
    done = subprocess.run(
        [*before, *RETURNS, *words],
        cwd=shop,
        env={**ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def shop(ram: Path) -> Path:
    """A shop in Berlin with three orders, delivered on 2026-03-06, 30 days to send back."""
    made = stand(ram / "shop", "ordered")
    text = (made.folder / "shop.yaml").read_text()
    assert "timezone: UTC" in text
    (made.folder / "shop.yaml").write_text(text.replace("timezone: UTC", "timezone: Europe/Berlin"))
    return made.folder


@_program("faketime", "faketime")
@pytest.mark.parametrize(
    ("utc", "zone", "opened_at", "is_in_time"),
    [
        ("2026-03-29 00:59:59", "UTC", "2026-03-29T01:59:59+01:00", True),
        ("2026-03-29 01:00:00", "UTC", "2026-03-29T03:00:00+02:00", True),  # summer begins
        ("2026-04-05 21:59:59", "UTC", "2026-04-05T23:59:59+02:00", True),  # the last day
        ("2026-04-05 21:59:59", "Pacific/Kiritimati", "2026-04-05T23:59:59+02:00", True),
        ("2026-04-05 21:59:59", "Pacific/Niue", "2026-04-05T23:59:59+02:00", True),
        ("2026-04-05 22:00:00", "UTC", "2026-04-06T00:00:00+02:00", False),  # a day too late
        ("2026-04-05 22:00:00", "Pacific/Kiritimati", "2026-04-06T00:00:00+02:00", False),
        ("2026-04-05 22:00:00", "Pacific/Niue", "2026-04-06T00:00:00+02:00", False),
        ("2026-10-25 00:30:00", "UTC", "2026-10-25T02:30:00+02:00", False),  # half past two,
        ("2026-10-25 01:30:00", "UTC", "2026-10-25T02:30:00+01:00", False),  # and once more
        ("2028-02-29 22:59:59", "UTC", "2028-02-29T23:59:59+01:00", False),
        ("2028-02-29 23:00:00", "UTC", "2028-03-01T00:00:00+01:00", False),
    ],
)
def test_the_machine_s_clock_is_read_in_the_shop_s_zone_wherever_the_machine_is(
    shop: Path, utc: str, zone: str, opened_at: str, is_in_time: bool
) -> None:
    there = datetime.fromisoformat(f"{utc}+00:00").astimezone(ZoneInfo(zone))
    frozen = ("env", f"TZ={zone}", "faketime", "-f", f"{there:%Y-%m-%d %H:%M:%S}")
    answer = _run(shop, *OPEN, before=frozen)
    assert answer["opened_at"] == opened_at
    assert (answer["verdict"] == "approve") is is_in_time


def test_a_clock_that_was_set_back_changes_no_order_of_the_journal(ram: Path) -> None:
    made = stand(ram / "shop", "inspected")
    rma = made.names["rma"]
    for clock, amount in (("2026-03-20T10:00:00Z", "3.00"), ("2026-03-19T09:00:00Z", "4.00")):
        words = ("refund", rma, "--amount", amount, "--key", amount, "--json")
        _run(made.folder, "--as-of", clock, *words)
    listed = typed(made.folder, "refunds", "list").json
    assert [(one["amount"], one["journal_seq"]) for one in listed] == [("3.00", 1), ("4.00", 2)]
    assert typed(made.folder, "journal", "verify").json["entries"] == 2
    assert typed(made.folder, "check").code == 0


def _answers(shop: Path, *before: str) -> list[Any]:
    """A morning's work."""
    rma = _run(shop, "--as-of", CLOCK, *OPEN, before=before)["rma"]
    lines = (
        "label {} -o label.pdf",
        "receive {}",
        "inspect {} --item 2=new",
        "refund {}",
        "show {}",
    )
    said = [
        _run(shop, "--as-of", CLOCK, *line.format(rma).split(), "--json", before=before)
        for line in lines
    ]
    return [*said, (shop / "label.pdf").read_bytes()]


@_program("unshare", "util-linux")
def test_without_a_network_nothing_changes(ram: Path) -> None:
    alone = ("unshare", "-n")
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no privilege to take the network away (unshare -n)")
    shops = [stand(ram / name, "ordered").folder for name in ("with", "without")]
    assert _answers(shops[0]) == _answers(shops[1], *alone)


def test_with_an_empty_environment_as_under_cron_nothing_changes(ram: Path) -> None:
    bare: tuple[str, ...] = ("env", "-i", "LC_ALL=C", f"PATH={os.environ['PATH']}", "LOGNAME=test")
    if "PYTHONPATH" in os.environ:
        bare += (f"PYTHONPATH={os.environ['PYTHONPATH']}",)
    shops = [stand(ram / name, "ordered").folder for name in ("with", "without")]
    assert _answers(shops[0], "env", "LOGNAME=test") == _answers(shops[1], *bare)


MAKERS = [name for name, command in COMMANDS.items() if command.outputs]
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


@pytest.fixture(scope="module")
def stands() -> Iterator[Callable[[str, Path], Stand]]:
    """Make a copy of the shop at a stage in a folder; each stage is played once."""
    with tempfile.TemporaryDirectory() as home:
        made: dict[str, Stand] = {}

        def copy(stage: str, folder: Path) -> Stand:
            if stage not in made:
                made[stage] = stand(Path(home) / stage, stage)
            shutil.copytree(made[stage].folder, folder)
            return Stand(folder, made[stage].names)

        yield copy


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_is_its_owner_s_alone_and_no_link_leads_out(
    ram: Path, stands: Callable[[str, Path], Stand], name: str
) -> None:
    command = COMMANDS[name]
    victim = ram / "victim"
    victim.write_text("precious")
    shop = stands(command.stage, ram / "shop")
    before = set(shop.folder.rglob("*"))
    targets = [shop.folder / one for one in command.outputs if "*" not in one]
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(victim)
    old = os.umask(0)
    try:
        code = typed(shop.folder, *shop.words(command.line), stdin=command.typed).code
    finally:
        os.umask(old)
    assert victim.read_text() == "precious"
    assert code in ((6, 7) if name == "policy new" else (3,) if "in part" in name else (0,))
    for path in set(shop.folder.rglob("*")) - before:
        is_moved = path.is_relative_to(shop.folder / "inbox")  # it keeps the mode that it came with
        assert is_moved or path.is_symlink() or not stat.S_IMODE(path.stat().st_mode) & 0o077, path


ORDER_IDS = ["../../x", "/abs", "CON", "nul", "..", "a/b", "a\\b", "~", "-rf", "é" * 150]


def test_an_order_s_number_never_chooses_a_path(ram: Path) -> None:
    folder = ram / "deep" / "down" / "shop"
    folder.parent.mkdir(parents=True)
    shop = stand(folder, "new")
    rows = "".join(f'"{one}",2026-03-01,USD,1,MUG,1,12.50,2026-03-06\n' for one in ORDER_IDS)
    header = "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at\n"
    (folder / "inbox" / "orders.csv").write_text(header + rows, encoding="utf-8")
    os.utime(folder / "inbox" / "orders.csv", (0, 0))
    assert typed(folder, "run", "--steps", "import").code == 0
    before = set(ram.rglob("*"))
    for one in ORDER_IDS:
        assert typed(folder, "open", "--item", "1=too_small", "--", one).code == 0
        for more in ([], ["--out", "."], ["--return-label"], ["--out", "cards", "--return-label"]):
            assert typed(folder, "insert", *more, "--", one).code == 0, (one, more)
    for line in ("label --ready --split", "export csv", "run", "report all --html r.html"):
        assert typed(folder, *shop.words(line)).code in (0, 3), line
    made = [path for path in set(ram.rglob("*")) - before if path.is_file()]
    assert len(made) > 3 * len(ORDER_IDS)
    for path in made:
        assert path.is_relative_to(folder), path
        assert re.fullmatch(r"[\w.-]{1,100}", path.name, re.ASCII), path
        assert not RESERVED.fullmatch(path.name), path
