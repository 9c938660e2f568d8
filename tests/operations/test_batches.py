"""A batch that was stopped between two chunks is gone on with, and ends as if never stopped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from returns_cli.operations import batches
from returns_cli.operations.dispose_items import dispose_file
from returns_cli.operations.erase_customer import erase_customer
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.import_requests import RequestOptions, import_requests
from returns_cli.operations.inspect_items import inspect_file
from returns_cli.operations.receive_items import receive_file
from returns_cli.operations.refund_due import refund_due
from returns_cli.operations.shop import Shop
from tests.faults.sweep import content
from tests.intake.amazon import all_orders, mfn_returns, new_orders
from tests.operations.desk import inspected, opened, received, small_shop, sold, written

Work = Callable[[Shop], Any]

# The third row is refused, the fifth for what the fourth says, the sixth has an unknown reason.
REQUESTS = """\
request_id,order_id,line_no,quantity,reason
a,1001,1,1,itchy
b,1003,1,1,itchy
c,9999,1,1,itchy
d,1001,2,1,itchy
d,1001,2,2,itchy
e,1005,1,1,dull
f,1002,1,1,itchy
"""


class Batch(NamedTuple):
    """A batch: how its shop is made ready, and the work."""

    ready: Callable[[Shop], None]
    work: Work
    chunks: int


def _sold(shop: Shop) -> None:
    written(shop, "requests.csv", REQUESTS)


def _requests(shop: Shop) -> Any:
    return import_requests(shop, [shop.folder / "requests.csv"])


def _asked(shop: Shop) -> None:
    _sold(shop)
    _requests(shop)


def _evaluate(shop: Shop) -> Any:
    return [one["verdict"] for one in evaluate_returns(shop, all_open=True)]


def _approved(shop: Shop) -> None:
    sold(shop, "2001,1,MUG,3,10.00", "2002,1,MUG,3,10.00")
    first, second = opened(shop, "2001", "1=itchy"), opened(shop, "2002", "1=itchy")
    rows = [f"{first},1,1", f"{second},1,2", f"{first},1,3", "RMA-NONE,1,1", f"{second},1,1"]
    written(shop, "receipts.csv", "\n".join(["rma,line_no,quantity", *rows, ""]))


def _receive(shop: Shop) -> Any:
    return receive_file(shop, shop.folder / "receipts.csv", strict=False)


def _arrived(shop: Shop) -> None:
    sold(shop, "2001,1,MUG,3,10.00")
    rma = opened(shop, "2001", "1=itchy")
    received(shop, rma)
    # of three units two are graded, then two more cannot be, then the last one is
    rows = [f"{rma},1,2,new", f"{rma},1,2,opened", f"{rma},1,1,damaged", f"{rma},1,1,new"]
    written(shop, "grades.csv", "\n".join(["rma,line_no,quantity,grade", *rows, ""]))


def _inspect(shop: Shop) -> Any:
    return inspect_file(shop, shop.folder / "grades.csv", strict=False)


def _graded(shop: Shop) -> None:
    sold(shop, "2001,1,MUG,3,10.00")
    rma = opened(shop, "2001", "1=itchy")
    received(shop, rma)
    inspected(shop, rma, "1:3=new")
    rows = [f"{rma},1,2,restock", f"{rma},1,2,restock", f"{rma},1,1,scrap", f"{rma},1,1,scrap"]
    written(shop, "away.csv", "\n".join(["rma,line_no,quantity,disposition", *rows, ""]))


def _dispose(shop: Shop) -> Any:
    return dispose_file(shop, shop.folder / "away.csv", strict=False)


def _owed(shop: Shop) -> None:
    for order in ("1001", "1002", "1003"):
        rma = opened(shop, order, "1=itchy")
        received(shop, rma)
        inspected(shop, rma, "1=new")


def _refund(shop: Shop) -> Any:
    return [one["amount"] for one in refund_due(shop)]


def _marketplace(shop: Shop) -> None:
    for number, orders in enumerate((all_orders({}), new_orders({}))):
        path = shop.folder / f"orders-{number}.txt"
        path.write_bytes(orders)
        import_orders(shop, [path])
    rows = [{"Amazon RMA ID": f"D{n}RRMA", "Tracking ID": f"1Z00{n}"} for n in range(3)]
    (shop.folder / "returns.txt").write_bytes(mfn_returns(*rows))


def _announced(shop: Shop) -> Any:
    return import_requests(shop, [shop.folder / "returns.txt"])


BATCHES = {
    "requests import": Batch(_sold, _requests, 6),
    "requests import, a marketplace's": Batch(_marketplace, _announced, 3),
    "receive --file": Batch(_approved, _receive, 5),
    "inspect --file": Batch(_arrived, _inspect, 4),
    "dispose --file": Batch(_graded, _dispose, 4),
    "evaluate --all": Batch(_asked, _evaluate, 5),
    "refund --due": Batch(_owed, _refund, 3),
}
FILES = [name for name in BATCHES if name not in ("evaluate --all", "refund --due")]


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "CHUNK", 1)


def stopping(shop: Shop, after: int) -> Shop:
    """The same shop, stopped by Ctrl-C as soon as so many chunks stand."""
    numbers = count(1)
    again = Shop(shop.folder, shop.actor, shop.as_of_text)

    @contextmanager
    def hold() -> Iterator[None]:
        yield
        if next(numbers) == after:
            raise KeyboardInterrupt

    again.hold = hold
    return again


def rejects(shop: Shop) -> dict[str, bytes]:
    return {
        one.name: one.read_bytes() for one in (shop.folder / "outbox" / "rejects").glob("*.csv")
    }


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_that_was_stopped_anywhere_ends_as_one_that_was_not(
    tmp_path: Path, name: str
) -> None:
    batch = BATCHES[name]
    ready = small_shop(tmp_path / "shop")
    batch.ready(ready)
    shutil.copytree(ready.folder, tmp_path / "seed")

    def fresh() -> Shop:
        shutil.rmtree(ready.folder)
        shutil.copytree(tmp_path / "seed", ready.folder)
        return Shop(ready.folder, ready.actor, ready.as_of_text)

    shop = fresh()
    answer = batch.work(shop)
    whole, refused = content(shop.folder), rejects(shop)
    assert shop.standing is None
    for after in range(1, batch.chunks):
        shop = fresh()
        stopped = stopping(shop, after)
        with pytest.raises(KeyboardInterrupt):
            batch.work(stopped)
        assert stopped.standing is not None
        assert stopped.standing.startswith(f"{after} ")
        assert content(shop.folder) != whole
        assert name not in FILES or rejects(shop) == {}, "a part of a reject file"
        again = batch.work(shop)
        assert content(shop.folder) == whole, after
        assert rejects(shop) == refused
        if name in FILES:
            assert again == answer, after
            assert f"a stopped call that had taken {after} " in " ".join(shop.notes)
        if name == "refund --due":
            assert again == answer[after:], "the others were answered before"


def test_a_batch_may_be_stopped_again(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    _sold(shop)
    for after in (2, 4):
        with pytest.raises(KeyboardInterrupt):
            _requests(stopping(shop, after))
    answer = _requests(shop)
    assert (answer["new"], answer["same"], answer["rejected"]) == (5, 0, 2)
    assert _parts(shop) == 0


def test_another_file_is_another_batch(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    _sold(shop)
    with pytest.raises(KeyboardInterrupt):
        _requests(stopping(shop, 2))
    written(shop, "requests.csv", REQUESTS.replace("9999", "1006"))
    answer = _requests(shop)
    assert (answer["new"], answer["same"], answer["rejected"]) == (4, 2, 1)
    assert shop.notes == [
        "The refused row of requests.csv, with its reason: outbox/rejects/requests.rejects.csv"
    ]
    assert _parts(shop) == 0


def test_with_other_options_rows_are_looked_at_again(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    _sold(shop)
    with pytest.raises(KeyboardInterrupt):
        _requests(stopping(shop, 2))
    options = RequestOptions(channel="default")
    answer: Any = import_requests(shop, [shop.folder / "requests.csv"], options)
    assert (answer["new"], answer["same"]) == (3, 2)


def test_who_is_erased_waits_in_no_stopped_batch(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    _sold(shop)
    with pytest.raises(KeyboardInterrupt):
        _requests(stopping(shop, 2))
    assert _parts(shop) == 2
    erase_customer(shop, "paul@example.com", even_if_open=True)
    assert _parts(shop) == 0
    assert _requests(shop)["same"] == 2


def _parts(shop: Shop) -> int:
    with shop.open_store(read_only=True) as store:
        (number,) = store.connection.execute("SELECT count(*) FROM batch_part").fetchone()
        return int(number)
