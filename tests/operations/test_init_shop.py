from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from returns_cli.data import shipped
from returns_cli.domain.errors import OutputError, StoreError, UsageError
from returns_cli.operations.check_policies import check_policies, run_policy_cases
from returns_cli.operations.init_shop import InitRequest, init_shop
from returns_cli.operations.new_shop import NewShop, policy_texts, shop_text
from returns_cli.operations.print_paper import PaperRequest, print_labels
from returns_cli.operations.shop import Shop, find_shop
from returns_cli.policy.shop_file import load_shop, parse_shop
from returns_cli.store.connection import open_store
from tests.operations.desk import CLOCK

EVERYTHING = [
    "inbox/",
    "inbox/done/",
    "outbox/",
    "outbox/rejects/",
    "paper/",
    "policies/",
    "policies/policy.schema.json",
    "policies/standard.cases.yaml",
    "policies/standard.yaml",
    "returns.db",
    "shop.yaml",
]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class TestANewShop:
    def test_has_all_that_a_shop_needs(self, tmp_path: Path) -> None:
        folder = tmp_path / "a" / "shop"
        answer = init_shop(InitRequest(folder))
        assert answer == {"folder": str(folder), "created": EVERYTHING}
        config = load_shop(folder / "shop.yaml")
        assert (config.currency, config.timezone, config.country) == ("USD", "UTC", "US")
        assert config.addresses["main"].country == "US"

    def test_keeps_names_and_addresses_to_its_owner(self, tmp_path: Path) -> None:
        init_shop(InitRequest(tmp_path))
        for name, mode in (
            ("shop.yaml", 0o600),
            ("returns.db", 0o600),
            ("inbox", 0o700),
            ("outbox/rejects", 0o700),
            ("paper", 0o700),
        ):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode, name

    def test_prints_a_label_at_once(self, tmp_path: Path) -> None:
        from returns_cli.operations.import_orders import import_orders
        from tests.operations.desk import ORDERS, opened

        init_shop(InitRequest(tmp_path))
        orders = tmp_path / "orders.csv"
        orders.write_text(ORDERS, encoding="utf-8")
        shop = Shop(tmp_path, "ann", CLOCK)
        import_orders(shop, [orders])
        rma = opened(shop, "1001", "2=too_small")
        assert print_labels(shop, PaperRequest((rma,)))["files"]

    def test_takes_the_salt_it_is_given_and_a_random_one_otherwise(self, tmp_path: Path) -> None:
        salts = []
        for name, salt in (("a", "fixed"), ("b", None), ("c", None)):
            init_shop(InitRequest(tmp_path / name, salt=salt))
            with open_store(tmp_path / name) as store:
                salts.append(store.salt)
        assert salts[0] == b"fixed"
        assert salts[1] != salts[2]
        assert len(salts[1]) == 32

    def test_of_a_rehearsal_is_only_told(self, tmp_path: Path) -> None:
        folder = tmp_path / "shop"
        assert init_shop(InitRequest(folder, dry_run=True))["created"] == EVERYTHING
        assert not folder.exists()

    def test_cannot_be_made_where_a_file_is_in_the_way(self, tmp_path: Path) -> None:
        (tmp_path / "shop").write_text("", encoding="utf-8")
        with pytest.raises(OutputError):
            init_shop(InitRequest(tmp_path / "shop"))

    def test_cannot_be_made_under_a_name_that_no_disk_takes(self, tmp_path: Path) -> None:
        folder = tmp_path / ("x" * 300)
        with pytest.raises(OutputError):
            init_shop(InitRequest(folder))
        assert init_shop(InitRequest(folder, dry_run=True))["created"] == EVERYTHING
        with pytest.raises(StoreError) as caught:
            find_shop(folder, actor="ann")
        assert caught.value.code == "E-SHOP-MISSING"

    def test_is_refused_on_a_network_disk_unless_that_is_wanted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("returns_cli.operations.init_shop.network_disk", lambda folder: "nfs4")
        with pytest.raises(StoreError) as caught:
            init_shop(InitRequest(tmp_path / "shop"))
        assert caught.value.code == "E-NETWORK-DISK"
        assert not (tmp_path / "shop").exists()
        assert init_shop(InitRequest(tmp_path / "shop", network_disk_ok=True))["created"]


class TestAShopThatExists:
    def test_is_left_as_it_is(self, tmp_path: Path) -> None:
        init_shop(InitRequest(tmp_path))
        (tmp_path / "policies" / "standard.yaml").write_text("mine", encoding="utf-8")
        (tmp_path / "paper").rmdir()
        before = contents(tmp_path)
        again = init_shop(InitRequest(tmp_path, NewShop(name="Other", currency="EUR")))
        assert again["created"] == []
        assert contents(tmp_path) == before
        assert init_shop(InitRequest(tmp_path, dry_run=True))["created"] == []

    @pytest.mark.parametrize("made", range(len(EVERYTHING)), ids=["nothing", *EVERYTHING[:-1]])
    def test_one_that_was_interrupted_after_any_step_is_completed(
        self, tmp_path: Path, made: int
    ) -> None:
        whole, part = tmp_path / "whole", tmp_path / "part"
        init_shop(InitRequest(whole, salt="test"))
        part.mkdir()
        for name in EVERYTHING[:made]:
            if name.endswith("/"):
                (part / name).mkdir()
            else:
                shutil.copyfile(whole / name, part / name)
        answer = init_shop(InitRequest(part, salt="test"))
        assert answer["created"] == EVERYTHING[made:]
        texts = [name for name in contents(whole) if name.endswith(".yaml")]
        assert all(contents(part)[name] == contents(whole)[name] for name in texts)
        with open_store(part) as store:
            assert store.salt == b"test"
        assert init_shop(InitRequest(part))["created"] == []

    def test_an_empty_store_beside_its_settings_is_completed(self, tmp_path: Path) -> None:
        init_shop(InitRequest(tmp_path))
        (tmp_path / "returns.db").write_bytes(b"")
        assert init_shop(InitRequest(tmp_path))["created"] == ["returns.db"]

    def test_settings_and_policies_that_somebody_wrote_before_are_kept(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "policies").mkdir()
        (tmp_path / "policies" / "own.yaml").write_bytes(policy_texts("USD")["standard.yaml"])
        (tmp_path / "shop.yaml").write_bytes(shop_text(NewShop(name="Mine")))
        created = init_shop(InitRequest(tmp_path))["created"]
        assert created == [
            "inbox/",
            "inbox/done/",
            "outbox/",
            "outbox/rejects/",
            "paper/",
            "returns.db",
        ]
        assert load_shop(tmp_path / "shop.yaml").name == "Mine"


class TestItsPolicy:
    def test_in_dollars_is_the_shipped_one(self) -> None:
        for name, data in policy_texts("USD").items():
            assert data == shipped(f"policies/{name}").read_bytes()

    @pytest.mark.parametrize(
        ("currency", "label", "above"),
        [
            pytest.param("EUR", "6.95", "500.00", id="two decimals"),
            pytest.param("JPY", "695", "50000", id="no decimals"),
            pytest.param("KWD", "0.695", "50.000", id="three decimals"),
            pytest.param("UYW", "0.0695", "5.0000", id="four decimals"),
        ],
    )
    def test_in_another_currency_keeps_minor_units_and_holds_its_cases(
        self, tmp_path: Path, currency: str, label: str, above: str
    ) -> None:
        init_shop(InitRequest(tmp_path, NewShop(currency=currency)))
        policy = tmp_path / "policies" / "standard.yaml"
        text = policy.read_text(encoding="utf-8")
        assert f"return_shipping: {label} " in text
        assert f"review: {{above: {above}}}" in text
        assert "USD" not in text
        assert check_policies([policy]) == {"ok": True, "problems": []}
        ran = run_policy_cases([policy])
        assert (ran["ok"], ran["failed"]) == (True, 0)
        assert int(str(ran["cases"])) > 50


class TestItsSettings:
    @pytest.mark.parametrize(
        ("asked", "country", "tax"),
        [
            pytest.param(NewShop(), "US", "on_top", id="dollars: prices without their tax"),
            pytest.param(NewShop(currency="jpy"), "JP", "included", id="yen, in any case"),
            pytest.param(
                NewShop(currency="EUR"), "", "included", id="a currency of many countries"
            ),
            pytest.param(NewShop(currency="EUR", country="ro"), "RO", "included", id="Romania"),
            pytest.param(NewShop(tax="none"), "US", "none", id="no tax at all"),
        ],
    )
    def test_suit_the_currency_where_nothing_is_said(
        self, asked: NewShop, country: str, tax: str
    ) -> None:
        config = parse_shop(shop_text(asked), "shop.yaml")
        assert (config.country, config.tax.value) == (country, tax)

    @pytest.mark.parametrize(
        "name",
        [
            "Tansy & Oak",
            'Say "Hi": #1 - \\n',
            "true",
            "7",
            "- x",
            "{a: b}",
            "Țărănească 王",
            "*x &y",
        ],
    )
    def test_hold_any_name(self, name: str) -> None:
        config = parse_shop(shop_text(NewShop(name=name)), "shop.yaml")
        assert config.name == name
        assert config.addresses["main"].name == f"{name} returns"

    @pytest.mark.parametrize(
        ("asked", "where"),
        [
            pytest.param(NewShop(currency="USX"), "--currency", id="no currency"),
            pytest.param(NewShop(timezone="Mars/Base"), "--timezone", id="no time zone"),
            pytest.param(NewShop(country="ZZZ"), "--country", id="no country"),
            pytest.param(NewShop(language="!"), "--language", id="no language"),
            pytest.param(NewShop(tax="vat"), "--tax", id="no way of tax"),
            pytest.param(NewShop(name=" "), "--name", id="an empty name"),
            pytest.param(NewShop(name="a\nb: c"), "--name", id="a name of two lines"),
            pytest.param(NewShop(name="x" * 101), "--name", id="a name without end"),
        ],
    )
    def test_refuse_what_cannot_be_a_shops(self, asked: NewShop, where: str) -> None:
        with pytest.raises(UsageError) as caught:
            shop_text(asked)
        assert caught.value.where == where
        assert caught.value.hint
