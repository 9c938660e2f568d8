"""Labels with the shop's own SSCC, and the bench that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.check_digits import shop_sscc
from returns_cli.domain.errors import InvalidError, NotFoundError
from returns_cli.operations.list_returns import find_returns
from returns_cli.operations.paper_facts import _sscc
from returns_cli.operations.receive_items import ReceiveRequest, receive_items
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop
from returns_cli.store.returns import load_returns
from tests.operations.desk import SETTINGS, items, opened, small_shop

PREFIX = "0614141"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path, settings=SETTINGS + f'paper: {{gs1_prefix: "{PREFIX}"}}\n')


@pytest.fixture
def rma(shop: Shop) -> str:
    return opened(shop, "1001", "1=itchy")


def test_its_label_bears_the_number_of_the_return(shop: Shop, rma: str) -> None:
    with shop.open_store() as store, store.reading():
        (record,) = load_returns(store, [1])
        assert record.rma == rma
        assert _sscc(shop.config, record) == shop_sscc(PREFIX, 1)
        with pytest.raises(InvalidError, match="has no number"):
            _sscc(shop.config, record._replace(return_id=10**10))


@pytest.mark.parametrize("sent", ["{}", "00{}", "(00) {}"])
def test_the_bench_takes_it_for_the_return(shop: Shop, rma: str, sent: str) -> None:
    typed = sent.format(shop_sscc(PREFIX, 1))
    shown: Any = receive_items(shop, ReceiveRequest(typed, items("1")))
    assert shown["rma"] == rma
    (found,) = find_returns(shop, typed)
    assert found["rma"] == rma


def test_the_scanner_does_too(shop: Shop, rma: str) -> None:
    said: Any = list(scan(shop, [f"]C100{shop_sscc(PREFIX, 1)}"], ScanRequest()))
    assert [(one["word"], one["rma"]) for one in said] == [("OK", rma)]


def test_a_parcel_that_was_never_labelled_is_not_found(shop: Shop, rma: str) -> None:
    with pytest.raises(NotFoundError):
        receive_items(shop, ReceiveRequest(shop_sscc(PREFIX, 2), items("1")))
