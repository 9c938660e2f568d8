"""Notes and photos of the bench: kept with the return, proved, and erased with the person."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import UsageError
from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.erase_customer import erase_customer
from returns_cli.operations.explain_return import history_of_return
from returns_cli.operations.inspect_items import InspectRequest, inspect_items
from returns_cli.operations.keep_evidence import MOST_BYTES
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_customer import export_customer
from returns_cli.operations.show_return import show_return
from returns_cli.operations.undo_action import undo_action
from tests.operations.desk import opened, received, small_shop

PIXELS = b"\x89PNG tear"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path / "shop")


@pytest.fixture
def rma(shop: Shop) -> str:
    found = opened(shop, "1001", "2=itchy")
    received(shop, found)
    return found


@pytest.fixture
def photo(shop: Shop) -> Path:
    place = shop.folder / "photos" / "tear.png"
    place.parent.mkdir()
    place.write_bytes(PIXELS)
    return place


def kept(shop: Shop, rma: str) -> list[tuple[object, object, object]]:
    shown: Any = show_return(shop, rma)
    return [(one["kind"], one["line"], one["text"]) for one in shown.get("evidence", ())]


def scanned(shop: Shop, *codes: str, mode: str = "inspect") -> list[str]:
    return [f"{one['word']} {one['message']}" for one in scan(shop, codes, ScanRequest(mode))]


def inspected_with(shop: Shop, rma: str, *photos: Path, key: str | None = None) -> None:
    request = InspectRequest(rma, (parse_item("2:1=new"),), key, note="a seam", photos=photos)
    inspect_items(shop, request)


def test_an_inspection_takes_photos_by_path_and_hash(shop: Shop, rma: str, photo: Path) -> None:
    inspected_with(shop, rma, photo)
    shown: Any = show_return(shop, rma)
    (one,) = shown["evidence"]
    assert (one["text"], one["line"]) == ("photos/tear.png", 2)
    assert one["sha256"] == hashlib.sha256(PIXELS).hexdigest()
    assert shown["inspected"][0]["note"] == "a seam"
    assert "photos/tear.png" in str(history_of_return(shop, rma))
    assert check_shop(shop)["problems"] == []


def test_a_scanner_takes_notes_and_photos(shop: Shop, rma: str, photo: Path) -> None:
    none = photo.parent / "none.png"
    said = scanned(
        shop, rma, "*NOTE*", " box was  wet ", "TEE", "PHOTO", str(photo), "GRADE-NEW", "PHOTO",
        str(none), "NOTE", "UNDO", "NOTE", "torn", "UNDO", "DONE",
    )  # fmt: skip
    assert said == [
        "OK 2 units wait. Scan an item, then its grade.",
        "ASK Type the note.",
        "OK Note kept: box was wet",
        "ASK TEE Tee: scan its grade.",
        "ASK Scan or type the name of the photo's file.",
        "OK Photo kept: photos/tear.png",
        "OK TEE: new, to restock. 1 more.",
        "ASK Scan or type the name of the photo's file.",
        f"STOP The photo {none} is not there or cannot be read. Scan PHOTO again.",
        "ASK Type the note.",
        "OK Forgotten: NOTE. Nothing was recorded.",
        "ASK Type the note.",
        "OK Note kept: torn",
        "OK Undone: note.",
        "ASK Not inspected: 1 of TEE.",
    ]
    assert kept(shop, rma) == [("note", None, "box was wet"), ("photo", 2, "photos/tear.png")]
    assert check_shop(shop)["ok"] is True


def test_notes_need_a_return_and_a_mode_that_records(shop: Shop, rma: str) -> None:
    assert scanned(shop, "NOTE", mode="receive") == ["STOP Scan the return's number first."]
    assert scanned(shop, rma, "PHOTO", mode="count")[1] == (
        "STOP PHOTO is for receiving and inspecting."
    )


def test_a_photo_is_a_file_that_can_be_read(shop: Shop, rma: str, photo: Path) -> None:
    (photo.parent / "empty.png").touch()
    os.mkfifo(photo.parent / "pipe.png")
    with (photo.parent / "large.png").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    for name, why in (
        ("none.png", "is not there"),
        ("empty.png", "is empty"),
        ("pipe.png", "is no file"),
        ("large.png", "is too large"),
        (".", "is no file"),
        ("a\0b", "is not there"),
    ):
        with pytest.raises(UsageError, match=why) as caught:
            inspected_with(shop, rma, photo, photo.parent / name)
        assert caught.value.code == "E-PHOTO"
    assert kept(shop, rma) == []
    assert show_return(shop, rma)["inspected"] == []


def test_a_key_stands_for_the_photo_too(shop: Shop, rma: str, photo: Path) -> None:
    inspected_with(shop, rma, photo, key="k")
    inspected_with(shop, rma, photo, key="k")
    assert len(kept(shop, rma)) == 1


def test_check_warns_of_photos_that_are_gone_or_others(shop: Shop, rma: str, photo: Path) -> None:
    inspected_with(shop, rma, photo)
    photo.write_bytes(b"other")
    changed: Any = check_shop(shop)
    photo.unlink()
    missing: Any = check_shop(shop)
    assert (changed["ok"], missing["ok"]) == (True, True)
    assert [one["code"] for one in changed["problems"]] == ["W-PHOTO-CHANGED"]
    assert [one["code"] for one in missing["problems"]] == ["W-PHOTO-MISSING"]


def test_undo_takes_a_note_back_and_keeps_both(shop: Shop, rma: str) -> None:
    scanned(shop, rma, "NOTE", "wet", mode="receive")
    assert undo_action(shop)["undone"] == "note or photo"
    assert undo_action(shop)["replayed"] is True
    assert kept(shop, rma) == []
    history: Any = history_of_return(shop, rma)
    assert [one["what"] for one in history][-2:] == ["note", "note taken back"]


def test_who_is_erased_leaves_no_note_and_no_photo(
    shop: Shop, rma: str, photo: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "phone.png"
    elsewhere.write_bytes(PIXELS)
    shared = photo.parent / "box.png"
    shared.write_bytes(PIXELS)
    other = opened(shop, "1002", "1=itchy")
    scanned(shop, other, "PHOTO", str(shared), mode="receive")
    inspected_with(shop, rma, photo, elsewhere, shared)
    scanned(shop, rma, "NOTE", "rang at noon", "UNDO", mode="receive")
    told: Any = export_customer(shop, "ann@example.com")
    assert "photos/tear.png" in str(told)

    answer: Any = erase_customer(shop, "ann@example.com", even_if_open=True)

    assert answer["files_removed"] == ["photos/tear.png"]
    assert (photo.exists(), elsewhere.exists(), shared.exists()) == (False, True, True)
    assert any(str(elsewhere) in note for note in shop.notes)
    assert {text for _, _, text in kept(shop, rma)} == {"[erased]"}
    shown: Any = show_return(shop, rma)
    assert shown["inspected"][0]["note"] == "[erased]"
    assert not any(
        word in (shop.folder / "returns.db").read_bytes()
        for word in (b"tear.png", b"rang at noon", b"a seam")
    )
    checked: Any = check_shop(shop)
    assert (checked["ok"], checked["problems"]) == (True, [])
