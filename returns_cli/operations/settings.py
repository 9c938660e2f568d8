"""The settings of one command: what ``shop.yaml`` says, without YAML where the store knows it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli import __version__
from returns_cli.domain.errors import InvalidError, StoreError
from returns_cli.domain.shop import ShopConfig

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

_LONGEST_KEPT = 65_536  # bytes; a longer file is read anew by every command


class Settings:
    """``shop.yaml``, read once.

    Reading YAML costs more than a whole ``receive`` should, so the store keeps what the file said.
    The copy counts only while the file holds the very same bytes and for the same version of the
    program: an edit is seen at once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._source = b""
        self._config: ShopConfig | None = None
        self._has_met = False

    @property
    def config(self) -> ShopConfig:
        """What the file says; InvalidError (7) with every problem in it."""
        if self._config is None and not self._has_met:
            self._ask_the_store()
        return self._config or self._parsed()

    def _parsed(self) -> ShopConfig:
        from returns_cli.policy.shop_file import parse_shop, read_shop_file

        self._source = read_shop_file(self._path)
        self._config = parse_shop(self._source, self._path.name)
        return self._config

    def _ask_the_store(self) -> None:
        """Meet the store for a command that wants its settings first, or nothing else of it."""
        from returns_cli.store.connection import open_store

        with suppress(StoreError), open_store(self._path.parent, read_only=True) as store:
            self.meet(store, may_keep=False)

    def meet(self, store: Store, *, may_keep: bool) -> None:
        """Take the settings from an open store; let it keep those that it lacks.

        Args:
            store: not inside a transaction.
            may_keep: whether the command may write.
        """
        from returns_cli.store.settings import find_settings

        self._has_met = True
        source = self._source or self._read()
        if not source:
            return
        try:
            kept = find_settings(store, source, __version__)
            config = None if kept is None else _read_kept(kept)
            if config is not None:
                self._config = self._config or config
            elif may_keep:
                self._keep(store)
        except (InvalidError, StoreError):
            return  # whoever needs the settings or the store hears of it

    def _read(self) -> bytes:
        """The file's bytes; none where it is too long or cannot be read: others tell of it."""
        try:
            with self._path.open("rb") as file:
                source = file.read(_LONGEST_KEPT + 1)
        except OSError:
            source = b""
        return source if len(source) <= _LONGEST_KEPT else b""

    def _keep(self, store: Store) -> None:
        from returns_cli.domain.shop_json import shop_to_json
        from returns_cli.store.settings import keep_settings

        body = shop_to_json(self._config or self._parsed())
        keep_settings(store, self._source, __version__, body)


def _read_kept(text: str) -> ShopConfig | None:
    from returns_cli.domain.shop_json import shop_from_json

    try:
        return shop_from_json(text)
    except ValueError:
        return None  # damaged: the file itself is read instead
