"""Keys, files, policy texts, products, customers: the small tables that imports fill."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from returns_cli.domain.errors import ConflictError, StoreError
from returns_cli.domain.model import Customer, Product
from returns_cli.store.canonical import canonical_json, digest_of, length_prefixed
from returns_cli.store.customers import find_customer, find_customers, save_customers
from returns_cli.store.keys import recall, remember
from returns_cli.store.lists import pack, unpack
from returns_cli.store.orders import save_orders
from returns_cli.store.policies import PolicyText, keep_policy_text, policy_text
from returns_cli.store.products import list_products, load_products, save_products
from returns_cli.store.source_files import KnownFile, NewFile, add_file, finish_file, known_file
from tests.store.desk import AT, BODY, POLICY, POLICY_SHA256, Desk, order


def test_a_key_answers_its_first_result_and_refuses_other_content(desk: Desk) -> None:
    with desk.store.writing():
        assert recall(desk.store, "open", "k", BODY) is None
        remember(desk.store, "open", "k", BODY, "RMA-1")
        assert recall(desk.store, "open", "k", BODY) == "RMA-1"
        assert recall(desk.store, "refund", "k", BODY) is None
        with pytest.raises(ConflictError) as error:
            recall(desk.store, "open", "k", "c" * 64)
    assert (error.value.code, error.value.exit) == ("E-KEY-CONFLICT", 6)


def test_a_key_is_remembered_once(desk: Desk) -> None:
    with desk.store.writing():
        remember(desk.store, "open", "k", BODY, "first")
    with pytest.raises(StoreError), desk.store.writing():
        remember(desk.store, "open", "k", BODY, "second")


FILE = NewFile("a" * 64, "utf-8", "generic 1", "orders import", "o.csv", "ana", AT)


def _read(desk: Desk, file: NewFile, order_id: str, country: str = "US") -> int:
    with desk.store.writing():
        file_id = add_file(desk.store, file)
        counts = save_orders(desk.store, [order(order_id)._replace(country=country)], file_id)
        finish_file(desk.store, file_id, country, counts.spans)
    return file_id


def test_a_file_is_known_by_bytes_options_importer_and_command(desk: Desk) -> None:
    file_id = _read(desk, FILE, "#1")
    known = known_file(desk.store, FILE.sha256, FILE.options_hash, FILE.importer)
    assert known == KnownFile(file_id, "US", AT)
    assert known_file(desk.store, "b" * 64, FILE.options_hash, FILE.importer) is None
    assert known_file(desk.store, FILE.sha256, "latin-1", FILE.importer) is None
    assert known_file(desk.store, FILE.sha256, FILE.options_hash, "generic 2") is None
    assert known_file(desk.store, FILE.sha256, "utf-8", "generic 1", "requests import") is None


def test_a_file_that_was_not_finished_is_read_again(desk: Desk) -> None:
    with desk.store.writing():
        add_file(desk.store, FILE)
    assert known_file(desk.store, FILE.sha256, FILE.options_hash, FILE.importer) is None


def test_a_file_is_read_again_after_a_later_one_changed_its_order(desk: Desk) -> None:
    other = FILE._replace(sha256="b" * 64)
    third = FILE._replace(sha256="c" * 64)
    _read(desk, third, "#3")
    _read(desk, FILE, "#1")
    _read(desk, other, "#1", "DE")

    def is_known(file: NewFile) -> bool:
        return known_file(desk.store, file.sha256, "utf-8", "generic 1") is not None

    assert [is_known(one) for one in (FILE, other, third)] == [False, True, True]
    _read(desk, FILE, "#1")
    assert [is_known(one) for one in (FILE, other, third)] == [True, False, True]


def test_a_policy_text_is_kept_once_under_its_own_digest(desk: Desk) -> None:
    with desk.store.writing():
        for _ in range(2):
            keep_policy_text(desk.store, POLICY_SHA256, "standard", "standard.yaml", POLICY)
    kept = PolicyText(POLICY_SHA256, "standard", "standard.yaml", POLICY)
    assert policy_text(desk.store, POLICY_SHA256) == kept
    assert policy_text(desk.store, "0" * 64) is None
    with pytest.raises(StoreError) as error, desk.store.writing():
        keep_policy_text(desk.store, "0" * 64, "standard", "standard.yaml", POLICY)
    assert error.value.code == "E-STORE-RULE"


MUG = Product("MUG", "Mug", "Home/Kitchen", "Clay & Co", ("final-sale", "ü"), "10.00", 300, "401")
CUP = Product("CUP", personalised=True, hazmat=True)


def test_products_are_new_changed_or_the_same(desk: Desk) -> None:
    with desk.store.writing():
        assert save_products(desk.store, [MUG, CUP, MUG]) == (2, 0, 1)
        assert save_products(desk.store, [MUG._replace(perishable=True), CUP]) == (0, 1, 1)
    changed = MUG._replace(perishable=True)
    assert load_products(desk.store, ["MUG", "CUP", "HAT"]) == {"MUG": changed, "CUP": CUP}
    assert list_products(desk.store) == [CUP, changed]


ANA = Customer("C1", "Ana@Example.com", "Ana", "gold", ("vip",), "de")
BO = Customer("", "bo@example.com", "Bo", "silver")


def test_customers_are_known_by_id_else_by_mail(desk: Desk) -> None:
    with desk.store.writing():
        assert save_customers(desk.store, [ANA, BO]) == (2, 0, 0)
        moved = ANA._replace(email="ana@example.org")
        again = BO._replace(email="BO@example.com ", tier="gold")
        assert save_customers(desk.store, [moved, again, moved]) == (0, 2, 1)
    assert find_customer(desk.store, order()._replace(customer_id="C1")) == moved
    bo = order()._replace(customer_email="Bo@EXAMPLE.com")
    assert find_customer(desk.store, bo) == again


@pytest.mark.parametrize(
    ("customer_id", "email", "name"),
    [
        pytest.param("C1", "", "Ana", id="by id"),
        pytest.param("C1", "bo@example.com", "Ana", id="the id counts before the mail"),
        pytest.param("C9", "bo@example.com", "Bo", id="an unknown id, a mail without one"),
        pytest.param("C9", "ana@example.com", None, id="an unknown id, the mail of another id"),
        pytest.param("", "ana@example.com", "Ana", id="no id, the mail of one"),
        pytest.param("", "eve@example.com", None, id="unknown"),
        pytest.param("", "", None, id="nobody"),
    ],
)
def test_the_customer_of_an_order(
    desk: Desk, customer_id: str, email: str, name: str | None
) -> None:
    with desk.store.writing():
        save_customers(desk.store, [ANA, BO])
    asked = order()._replace(customer_id=customer_id, customer_email=email)
    found = find_customers(desk.store, {7: asked})
    assert {pk: one.name for pk, one in found.items()} == ({} if name is None else {7: name})


def test_of_two_customers_with_one_mail_the_one_without_an_id_is_meant(desk: Desk) -> None:
    with desk.store.writing():
        save_customers(desk.store, [ANA, Customer("", "ana@example.com", "Own", "basic")])
    found = find_customer(desk.store, order()._replace(customer_email="ana@example.com"))
    assert found is not None
    assert found.name == "Own"


def test_a_customer_is_somebody(desk: Desk) -> None:
    with pytest.raises(StoreError), desk.store.writing():
        save_customers(desk.store, [Customer(name="Nobody")])


def test_lists_in_a_column_come_back() -> None:
    for texts in ((), ("a",), ('quote"', "comma, ü", "")):
        assert unpack(pack(texts)) == texts


def test_canonical_json_knows_what_it_can_write() -> None:
    assert canonical_json({"b": [1, None, True], "a": "ü"}) == '{"a":"ü","b":[1,null,true]}'
    assert canonical_json({"on": date(2026, 3, 1)}) == '{"on":"2026-03-01"}'
    assert digest_of("a") == hashlib.sha256(b'"a"').hexdigest()
    with pytest.raises(TypeError):
        canonical_json({"a": object()})
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json(float("nan"))
    assert length_prefixed(b"t", [b"\x00\x01"]) == b"t\x00\x00\x00\x02\x00\x01"
