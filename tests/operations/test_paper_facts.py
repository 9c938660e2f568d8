from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.paper_facts import PaperDesk, label_facts, needs_label
from returns_cli.store.returns import find_return
from tests.operations.desk import small_shop


def test_nothing_is_printed_of_what_was_not_judged(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    requests = tmp_path / "requests.csv"
    requests.write_text("order_id,line_no,reason\n1001,1,itchy\n", encoding="utf-8")
    (rma,) = cast("list[str]", import_requests(shop, [requests])["returns"])
    with shop.open_store() as store:
        record = find_return(store, rma)
        desk = PaperDesk(shop.config, store.salt, lambda sha256: shop.config.tables)
    assert not needs_label(record)
    with pytest.raises(ValueError, match="was not judged"):
        label_facts(desk, record)
