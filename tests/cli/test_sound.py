"""Sounds at the station: a player of our own list, never waited for, never instead of the word."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from returns_cli.cli.sound import PLAYERS, Sounds
from returns_cli.domain.errors import UsageError
from tests.cli.conftest import Run
from tests.operations.desk import opened, small_shop

CLOCK = ("--as-of", "2026-03-20")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sounds for OK and STOP; none for ASK."""
    place = tmp_path / "sounds; touch x"
    place.mkdir()
    for name in ("ok.wav", "stop.wav"):
        (place / name).write_bytes(b"RIFF")
    return place


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A player that writes down what it is given, and the only one that is installed."""
    bin_folder, heard = tmp_path / "bin", tmp_path / "heard"
    bin_folder.mkdir()
    program = bin_folder / "aplay"
    program.write_text(f'#!/bin/sh\nfor word; do echo "$word"; done >>{heard}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(bin_folder))
    return heard


def test_each_word_has_its_sound_and_keeps_its_text(
    tmp_path: Path, run_cli: Run, folder: Path, player: Path
) -> None:
    shop = small_shop(tmp_path / "shop")
    rma = opened(shop, "1001", "1=itchy")
    said = run_cli(
        "scan", *CLOCK, "--sound", str(folder), folder=shop.folder, stdin=f"{rma}\n".encode()
    )
    assert said.out.startswith(f"OK    {rma}  1 unit awaited.")
    assert said.err == "No sound of ask.wav: not there. The bell rings instead.\n"
    assert player.read_text().splitlines() == ["-q", str(folder / "ok.wav")]


class Playing:
    """A player that plays until it is stopped."""

    def __init__(self, words: Sequence[str]) -> None:
        self.file = words[-1]
        self.was_killed = False

    def wait(self, timeout: float | None = None) -> int:
        if not self.was_killed:
            raise subprocess.TimeoutExpired(self.file, timeout or 0)
        return -9

    def kill(self) -> None:
        self.was_killed = True


def test_a_new_sound_cuts_off_the_one_before_and_nobody_waits(folder: Path) -> None:
    begun: list[Playing] = []

    def begin(words: Sequence[str]) -> Any:
        begun.append(Playing(words))
        return begun[-1]

    sounds = Sounds(folder, lambda name: name, begin)
    assert [sounds.play(word) for word in ("OK", "STOP", "ASK")] == [True, True, False]
    assert [Path(one.file).name for one in begun] == ["ok.wav", "stop.wav"]
    assert [one.was_killed for one in begun] == [True, False]
    sounds.close()
    assert begun[1].was_killed


def test_without_a_player_the_bell_rings_and_it_is_said_once(folder: Path) -> None:
    sounds = Sounds(folder, find=lambda _: None)
    assert sounds.told.startswith("No sound: none of paplay, ")
    assert sounds.told.endswith("is installed. The bell rings instead.")
    assert sounds.play("STOP") is False
    sounds.close()


def test_a_player_that_goes_away_is_no_word_in_mid_scan(folder: Path, player: Path) -> None:
    sounds = Sounds(folder)
    (Path(os.environ["PATH"]) / "aplay").unlink()
    assert [sounds.play("OK"), sounds.play("OK")] == [False, False]
    assert not player.exists()


def test_all_sounds_are_there(folder: Path, player: Path) -> None:
    (folder / "ask.wav").write_bytes(b"RIFF")
    assert Sounds(folder).told == "Sounds are played by aplay."
    assert not player.exists()


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no folder"):
        Sounds(tmp_path / "none")


def test_a_player_is_a_program_on_the_path_and_never_a_shell() -> None:
    assert not [one for one in PLAYERS if "/" in one[0] or "sh" in one[0] or "-c" in one]
