from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path
from typing import Any, cast

import pytest

from returns_cli.domain.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
    OutputError,
    UsageError,
)
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.print_paper import PaperRequest, print_labels, print_slips
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.store.floor import ParcelEvent, add_parcel_event
from returns_cli.store.returns import find_return_id
from tests.documents.samples import codes, page_texts, picture
from tests.operations.desk import (
    POLICY,
    SALT,
    SETTINGS,
    inspected,
    on,
    opened,
    received,
    small_shop,
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path / "shop")


def files(answer: dict[str, object]) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", answer["files"])


def problems(answer: dict[str, object]) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", answer["problems"])


def text_of(path: str | Path) -> str:
    return " ".join(" ".join(page_texts(Path(path).read_bytes())).split())


def token_of(rma: str) -> str:
    """Eight symbols of an HMAC-SHA256 of salt and RMA, as the design says, worked out apart."""
    digest = hmac.new(SALT.encode(), b"link\0" + rma.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big")
    symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(symbols[number // 32**i % 32] for i in range(8))


class TestLabel:
    def test_it_goes_to_the_paper_folder_named_after_its_return(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "2=too_small")
        answer = print_labels(shop, PaperRequest((rma,)))
        path = shop.folder / "paper" / f"{rma}-label.pdf"
        assert answer == {
            "files": [
                {"path": str(path), "kind": "label", "size": "4x6", "pages": 1, "rmas": [rma]}
            ],
            "problems": [],
        }
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_it_says_who_sends_what_to_whom_until_when(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "2=too_small")
        (file,) = files(print_labels(shop, PaperRequest((rma,), language="en")))
        text = text_of(file["path"])
        for words in (
            "Ana Ștefănescu",
            "Str. Lungă 1",
            "ROMANIA",
            "Corner Shop Returns",
            "1 Mill Lane",
            "1001",
            "Too small",
            "Apr 10, 2026",  # approved on 20 March, valid for 21 days
            "Printed Mar 20, 2026",
            "Return ID, not postage",
        ):
            assert words in text
        assert "ann@example.com" not in text

    def test_both_its_codes_lead_back_to_the_return(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "2=too_small")
        (file,) = files(print_labels(shop, PaperRequest((rma,))))
        link = f"HTTPS://R.EXAMPLE.COM/{rma.removeprefix('RMA-')}/{token_of(rma)}"
        read = codes(picture(Path(file["path"]).read_bytes()))
        assert read == {("Code 128", rma), ("QR Code", link)}

    def test_without_a_return_page_the_qr_code_holds_the_number_alone(self, tmp_path: Path) -> None:
        settings = SETTINGS.replace("return_page: https://r.example.com\n", "")
        shop = small_shop(tmp_path, settings=settings)
        rma = opened(shop, "1001", "1=too_small")
        (file,) = files(print_labels(shop, PaperRequest((rma,))))
        read = codes(picture(Path(file["path"]).read_bytes()))
        assert read == {("Code 128", rma), ("QR Code", rma)}

    def test_an_order_without_a_ship_to_is_sent_by_its_customer(self, shop: Shop) -> None:
        counter = shop.folder / "counter.csv"
        counter.write_text(
            "order_id,placed_at,currency,line_no,sku,quantity,unit_price,customer_name\n"
            "7,2026-03-01,USD,1,MUG,1,12.50,Sam Shopper\n",
            encoding="utf-8",
        )
        import_orders(shop, [counter])
        (file,) = files(print_labels(shop, PaperRequest((opened(shop, "7", "1=itchy"),))))
        assert "Sam Shopper" in text_of(file["path"])

    def test_a_font_that_shop_yaml_names_must_be_one(self, tmp_path: Path) -> None:
        shop = small_shop(tmp_path, settings=SETTINGS + "paper: {font: orders.csv}\n")
        with pytest.raises(UsageError, match="font"):
            print_labels(shop, PaperRequest((opened(shop, "1001", "1=itchy"),)))

    def test_it_speaks_to_the_customer_in_the_language_of_their_country(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "1=itchy")
        (file,) = files(print_labels(shop, PaperRequest((rma,))))
        assert "Număr de retur, nu timbru." in text_of(file["path"])

    def test_other_reasons_are_counted_and_units_added_up(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "1=itchy", "2=too_small")
        (file,) = files(print_labels(shop, PaperRequest((rma,), language="en")))
        text = text_of(file["path"])
        assert f"{rma} 1001 3 It itches +1 Apr 10, 2026" in text  # the policy's own words

    def test_goods_that_the_customer_keeps_need_none(self, shop: Shop) -> None:
        rma = opened(shop, "1005", "1=damaged_in_transit")
        assert print_labels(shop, PaperRequest((rma,))) == {"files": [], "problems": []}
        assert shop.notes == [f"{rma} has no label: the customer keeps the goods."]

    def test_a_policy_that_labels_nothing_prints_none(self, tmp_path: Path) -> None:
        policy = POLICY.replace("kind: prepaid, valid_days: 21", "kind: none")
        shop = small_shop(tmp_path, policy=policy)
        rma = opened(shop, "1001", "1=itchy")
        assert print_labels(shop, PaperRequest((rma,)))["files"] == []
        assert shop.notes == [f"{rma} has no label: its policy sends none."]

    def test_an_address_that_shop_yaml_lacks_is_named(self, tmp_path: Path) -> None:
        shop = small_shop(
            tmp_path, policy=POLICY.replace("rules:", "  return_to: depot\nrules:", 1)
        )
        rma = opened(shop, "1001", "1=itchy")
        with pytest.raises(InvalidError) as caught:
            print_labels(shop, PaperRequest((rma,)))
        assert caught.value.code == "E-ADDRESS-MISSING"
        assert "`depot`" in caught.value.message


class TestSlip:
    def test_it_promises_the_quote_of_the_day_it_was_approved(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "2=too_small")
        (file,) = files(print_slips(shop, PaperRequest((rma,), language="en")))
        text = text_of(file["path"])
        # two tees at 20.00, ten percent and the label off: 40.00 - 4.00 - 6.95 = 29.05
        for words in (
            "$40.00",
            "-$4.00",
            "-$6.95",
            "$29.05",
            "Friday, April 10, 2026",
            "Ann Buyer",
        ):
            assert words in text
        assert "within 5 days after inspection" in text

    def test_goods_that_the_customer_keeps_are_told_so(self, shop: Shop) -> None:
        rma = opened(shop, "1005", "1=damaged_in_transit")
        (file,) = files(print_slips(shop, PaperRequest((rma,))))
        text = text_of(file["path"])
        assert "Keep the goods" in text
        assert "$8.00" in text

    def test_a_gift_shows_no_amount_no_payment_and_no_buyer(self, shop: Shop) -> None:
        rma = opened(shop, "1002", "1=itchy", want="store_credit")
        request = PaperRequest((rma,))
        texts = [
            text_of(files(verb(shop, request))[0]["path"]) for verb in (print_labels, print_slips)
        ]
        for text in texts:
            assert "Greta Glad" in text or "As agreed" in text
            # the vase, ten percent of it, the label, what is left, and whatever names Paul
            for secret in ("83.17", "8.32", "6.95", "67.90", "$", "Paul", "paul@", "Visa"):
                assert secret not in text

    def test_it_lists_only_lines_that_were_approved(self, tmp_path: Path) -> None:
        policy = POLICY.replace("item.tags: final-sale", "item.sku: MUG")
        shop = small_shop(tmp_path, policy=policy)
        rma = opened(shop, "1001", "1=itchy", "2=itchy")
        (file,) = files(print_slips(shop, PaperRequest((rma,))))
        text = text_of(file["path"])
        assert "TEE" in text
        assert "MUG" not in text


class TestTheSameFacts:
    def test_give_the_same_bytes_on_another_day_and_after_the_goods_came(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "2=too_small")
        request = PaperRequest((rma,))
        label, slip = (
            Path(files(verb(shop, request))[0]["path"]) for verb in (print_labels, print_slips)
        )
        before = label.read_bytes(), slip.read_bytes()
        received(shop, rma, "2:1")
        inspected(shop, rma, "2:1=opened")
        later = on(shop, "2026-03-29T23:59:00+14:00")
        print_labels(later, request)
        print_slips(later, request)
        assert (label.read_bytes(), slip.read_bytes()) == before


class TestChoosing:
    def test_ready_takes_what_is_approved_and_not_here_yet(self, shop: Shop) -> None:
        ready = opened(shop, "1001", "1=itchy")
        arrived = opened(shop, "1001", "2=itchy")
        received(shop, arrived)
        on_its_way = opened(shop, "1002", "1=itchy")
        with shop.open_store() as store, store.writing():
            return_id = find_return_id(store, on_its_way)
            add_parcel_event(store, ParcelEvent("scanned", shop.now, "ann", return_id=return_id))
        opened(shop, "1004", "1=itchy")  # waits for a person
        opened(shop, "1006", "1=itchy")  # denied
        opened(shop, "1005", "1=damaged_in_transit")  # kept
        (file,) = files(print_labels(shop, PaperRequest(ready=True)))
        assert file["rmas"] == [ready]
        assert shop.notes == []

    def test_ready_leaves_out_what_has_run_out(self, shop: Shop) -> None:
        opened(shop, "1001", "1=itchy")
        last, late = on(shop, "2026-04-10"), on(shop, "2026-04-11")
        assert files(print_labels(last, PaperRequest(ready=True)))
        assert print_labels(late, PaperRequest(ready=True)) == {"files": [], "problems": []}

    def test_the_same_return_named_twice_is_printed_once(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "1=itchy")
        (file,) = files(print_labels(shop, PaperRequest((rma, rma.lower()))))
        assert file["rmas"] == [rma]

    @pytest.mark.parametrize(
        ("order", "hint"),
        [
            pytest.param("1004", "A person must look at it", id="in review"),
            pytest.param("1006", "Look why", id="denied"),
        ],
    )
    def test_a_return_that_is_not_approved_is_refused(
        self, shop: Shop, order: str, hint: str
    ) -> None:
        rma = opened(shop, order, "1=itchy")
        for verb in (print_labels, print_slips):
            with pytest.raises(ConflictError) as caught:
                verb(shop, PaperRequest((rma,)))
            assert caught.value.code == "E-NOT-APPROVED"
            assert hint in str(caught.value.hint)
        assert list((shop.folder / "paper").iterdir()) == []

    def test_one_that_was_not_judged_yet_is_refused(self, shop: Shop) -> None:
        requests = shop.folder / "requests.csv"
        requests.write_text("order_id,line_no,reason\n1001,1,itchy\n", encoding="utf-8")
        (rma,) = cast("list[str]", import_requests(shop, [requests])["returns"])
        with pytest.raises(ConflictError) as caught:
            print_labels(shop, PaperRequest((rma,)))
        assert "returns evaluate" in str(caught.value.hint)

    def test_a_cancelled_return_is_refused(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "1=itchy")
        rule_on_returns(shop, "cancel", [rma])
        with pytest.raises(ConflictError, match="not approved"):
            print_labels(shop, PaperRequest((rma,)))

    def test_one_that_has_run_out_is_refused(self, shop: Shop) -> None:
        rma = opened(shop, "1001", "1=itchy")
        with pytest.raises(ConflictError, match="ran out on 2026-04-10"):
            print_labels(on(shop, "2026-04-11"), PaperRequest((rma,)))

    def test_an_unknown_number_is_not_found(self, shop: Shop) -> None:
        with pytest.raises(NotFoundError):
            print_labels(shop, PaperRequest(("RMA-0000000",)))

    def test_a_review_that_a_person_approved_is_printed(self, shop: Shop) -> None:
        rma = opened(shop, "1004", "1=itchy")
        rule_on_returns(shop, "approve", [rma])
        (file,) = files(print_slips(shop, PaperRequest((rma,))))
        assert "Eva Euro" in text_of(file["path"])


class TestFiles:
    @pytest.fixture
    def pair(self, shop: Shop) -> tuple[str, str]:
        return opened(shop, "1001", "1=itchy"), opened(shop, "1001", "2=itchy")

    def test_a_batch_is_named_after_its_first_return_and_its_size(
        self, shop: Shop, pair: tuple[str, str]
    ) -> None:
        (file,) = files(print_labels(shop, PaperRequest(pair)))
        assert Path(file["path"]).name == f"{pair[0]}-labels-2.pdf"
        assert file["pages"] == 2
        assert file["rmas"] == list(pair)

    def test_split_writes_one_for_each_into_the_folder(
        self, shop: Shop, pair: tuple[str, str], tmp_path: Path
    ) -> None:
        out = tmp_path / "new" / "folder"
        made = files(print_slips(shop, PaperRequest(pair, split=True, out=out)))
        assert [one["path"] for one in made] == [str(out / f"{rma}-slip.pdf") for rma in pair]
        assert [one["rmas"] for one in made] == [[pair[0]], [pair[1]]]

    def test_one_file_is_named_as_the_caller_wrote_it(
        self, shop: Shop, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(shop.folder / "paper")
        (file,) = files(print_labels(shop, PaperRequest(pair, output_file=Path("both.pdf"))))
        assert file["path"] == "both.pdf"
        assert len(page_texts((shop.folder / "paper" / "both.pdf").read_bytes())) == 2

    def test_a_path_is_shown_from_where_the_caller_stands(
        self, shop: Shop, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(shop.folder / "inbox")
        (file,) = files(print_labels(shop, PaperRequest(pair[:1])))
        assert file["path"] == f"../paper/{pair[0]}-label.pdf"

    def test_a_rehearsal_answers_and_writes_nothing(
        self, shop: Shop, pair: tuple[str, str]
    ) -> None:
        shop.dry_run = True
        assert files(print_labels(shop, PaperRequest(pair)))
        assert list((shop.folder / "paper").iterdir()) == []

    @pytest.mark.parametrize(
        "request_",
        [
            pytest.param(PaperRequest(output_file=Path("a.pdf"), split=True), id="-o and --split"),
            pytest.param(PaperRequest(output_file=Path("a.pdf"), out=Path()), id="-o and --out"),
            pytest.param(PaperRequest(on_missing="guess"), id="an unknown --on-missing"),
            pytest.param(PaperRequest(size="7x9"), id="an unknown size"),
            pytest.param(PaperRequest(dpi=600), id="an unknown resolution"),
        ],
    )
    def test_options_that_contradict_or_are_unknown_are_wrong_usage(
        self, shop: Shop, pair: tuple[str, str], request_: PaperRequest
    ) -> None:
        from dataclasses import replace

        with pytest.raises(UsageError):
            print_labels(shop, replace(request_, rmas=pair))

    def test_a_folder_that_cannot_be_made_is_an_output_error(
        self, shop: Shop, pair: tuple[str, str]
    ) -> None:
        in_the_way = shop.folder / "orders.csv" / "below"
        with pytest.raises(OutputError):
            print_labels(shop, PaperRequest(pair, out=in_the_way))

    def test_shop_yaml_names_the_usual_sizes(self, tmp_path: Path) -> None:
        settings = SETTINGS + "paper: {label: a6, slip: letter, dpi: 300}\n"
        shop = small_shop(tmp_path, settings=settings)
        rma = opened(shop, "1001", "1=itchy")
        assert files(print_labels(shop, PaperRequest((rma,))))[0]["size"] == "a6"
        assert files(print_slips(shop, PaperRequest((rma,))))[0]["size"] == "letter"
        assert files(print_slips(shop, PaperRequest((rma,), size="a4")))[0]["size"] == "a4"


class TestWhatCannotBePrinted:
    @pytest.fixture
    def batch(self, shop: Shop) -> tuple[str, str]:
        """A label that can be printed, and one with a sign that no font has."""
        return opened(shop, "1001", "1=itchy"), opened(shop, "1003", "1=itchy")

    def test_a_sign_without_a_font_stops_the_batch_before_a_byte_is_written(
        self, shop: Shop, batch: tuple[str, str]
    ) -> None:
        with pytest.raises(InvalidError) as caught:
            print_labels(shop, PaperRequest(batch))
        assert caught.value.code == "E-GLYPH-MISSING"
        assert [one.code for one in caught.value.problems] == ["E-GLYPH-MISSING"]
        assert "U+10FFFD" in caught.value.message
        assert list((shop.folder / "paper").iterdir()) == []

    def test_keep_going_prints_the_others_and_lists_it(
        self, shop: Shop, batch: tuple[str, str]
    ) -> None:
        answer = print_labels(shop, PaperRequest(batch, keep_going=True))
        assert [one["rmas"] for one in files(answer)] == [[batch[0]]]
        assert [one["code"] for one in problems(answer)] == ["E-GLYPH-MISSING"]

    def test_keep_going_with_nothing_left_is_refused_all_the_same(
        self, shop: Shop, batch: tuple[str, str]
    ) -> None:
        with pytest.raises(InvalidError):
            print_labels(shop, PaperRequest(batch[1:], keep_going=True))

    def test_replace_prints_a_question_mark_and_warns(
        self, shop: Shop, batch: tuple[str, str]
    ) -> None:
        answer = print_labels(shop, PaperRequest(batch[1:], on_missing="replace"))
        assert "Nora ?" in text_of(files(answer)[0]["path"])
        assert [one["code"] for one in problems(answer)] == ["W-GLYPH-REPLACED"]

    def test_one_that_is_not_approved_stops_a_batch_unless_it_keeps_going(
        self, shop: Shop, batch: tuple[str, str]
    ) -> None:
        denied = opened(shop, "1006", "1=itchy")
        rmas = (batch[0], denied)
        with pytest.raises(ConflictError):
            print_labels(shop, PaperRequest(rmas))
        assert list((shop.folder / "paper").iterdir()) == []
        answer = print_labels(shop, PaperRequest(rmas, keep_going=True))
        assert files(answer)[0]["rmas"] == [batch[0]]
        assert [one["code"] for one in problems(answer)] == ["E-NOT-APPROVED"]
