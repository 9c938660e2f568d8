"""Sounds of the scanning station: a file for each word, beside the word and never instead of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from returns_cli.domain.errors import UsageError

PLAYERS: tuple[tuple[str, ...], ...] = (
    ("paplay",),
    ("pw-play",),
    ("aplay", "-q"),
    ("afplay",),
    ("play", "-q"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
)
"""Programs that play a WAV file, with their arguments; the first that is installed is taken.

None comes from shop.yaml: a shop's folder may be somebody else's, and must not say what is run.
"""
WORDS = ("OK", "STOP", "ASK")
_PATIENCE = 1.0  # seconds that the last sound has at the end


def _begin(words: Sequence[str]) -> subprocess.Popen[bytes]:
    nothing = subprocess.DEVNULL
    return subprocess.Popen(words, stdin=nothing, stdout=nothing, stderr=nothing)  # noqa: S603 - a list of our words and a path, no shell


class Sounds:
    """Plays the sound of a word without waiting for it; a new one cuts off the one before.

    Attributes:
        told: what the clerk should know before the first scan.
    """

    def __init__(
        self,
        folder: Path,
        find: Callable[[str], str | None] = shutil.which,
        begin: Callable[[Sequence[str]], subprocess.Popen[bytes]] = _begin,
    ) -> None:
        """Look for the files ``ok.wav``, ``stop.wav`` and ``ask.wav``, and for a player.

        Args:
            find: gives the path of an installed program; ``begin``: starts one.

        Raises:
            UsageError: there is no such folder.
        """
        if not folder.is_dir():
            raise UsageError(
                "E-USAGE",
                f"There is no folder {folder}.",
                where="--sound",
                hint="Name a folder with ok.wav, stop.wav and ask.wav.",
            )
        self._files = {
            word: file for word in WORDS if (file := folder / f"{word.lower()}.wav").is_file()
        }
        self._player = next((one for one in PLAYERS if find(one[0]) is not None), None)
        self._begin = begin
        self._playing: subprocess.Popen[bytes] | None = None
        self.told = self._what_is_missing()

    def play(self, word: str) -> bool:
        """Begin to play a word's sound; False where there is none, so that the bell must do."""
        file = self._files.get(word)
        if file is None or self._player is None:
            return False
        self._stop(0)
        try:
            self._playing = self._begin([*self._player, str(file)])
        except OSError:  # the player went away since: say nothing in the middle of a scan
            self._player = None
            return False
        return True

    def close(self) -> None:
        """Let the last sound end, or end it."""
        self._stop(_PATIENCE)

    def _stop(self, patience: float) -> None:
        if self._playing is None:
            return
        try:
            self._playing.wait(patience)
        except subprocess.TimeoutExpired:
            self._playing.kill()
            self._playing.wait()
        self._playing = None

    def _what_is_missing(self) -> str:
        if self._player is None:
            names = ", ".join(one[0] for one in PLAYERS)
            return f"No sound: none of {names} is installed. The bell rings instead."
        missing = [f"{word.lower()}.wav" for word in WORDS if word not in self._files]
        if missing:
            return f"No sound of {' and '.join(missing)}: not there. The bell rings instead."
        return f"Sounds are played by {self._player[0]}."
