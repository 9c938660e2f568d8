"""The shop that a command works for: its folder, settings, clock and actor."""

from __future__ import annotations

import os
from contextlib import nullcontext
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from returns_cli.domain.days import iso, parse_instant
from returns_cli.domain.errors import StoreError, UsageError
from returns_cli.domain.shop import ShopConfig
from returns_cli.operations.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from returns_cli.operations.watch import Item, Watch
    from returns_cli.policy.language import Policy
    from returns_cli.store.connection import Store

SHOP_FILE = "shop.yaml"


def _unwatched(items: Iterable[Item], what: str, total: int | None = None) -> Iterable[Item]:
    del what, total
    return items


class Shop:
    """One shop folder as seen by one command.

    Attributes:
        folder: holds ``shop.yaml`` and ``returns.db``.
        actor: staff handle that is recorded with every fact, never a customer.
        as_of_text: what ``--as-of`` said; None takes the machine's clock.
        dry_run: plan and answer as always, write nothing.
        notes: what the person should hear beside the answer; the shell says it on stderr.
        rejected: rows that were refused where the answer itself has no place for them (exit 3).
        watch: passes items through and shows how far they are; the shell gives one that draws.
        hold: while it lasts, signals wait for its end; the shell gives one that does so.
        standing: how much of a batch that has not ended is done, None outside of one.
        kept_policies: kept texts that an explanation read, by their sha256, their parent's and
            that of the legal minimums; ``kept_texts``: those that judgements read.
    """

    def __init__(
        self, folder: Path, actor: str, as_of_text: str | None = None, *, dry_run: bool = False
    ) -> None:
        self.folder = folder
        self.actor = actor
        self.as_of_text = as_of_text
        self.dry_run = dry_run
        self.notes: list[str] = []
        self.rejected = 0
        self.kept_policies: dict[tuple[str | None, object, object], Policy | None] = {}
        self.kept_texts: dict[tuple[str, object, object], Policy | None] = {}
        self._settings = Settings(folder / SHOP_FILE)
        self._store: Store | None = None
        self.watch: Watch = _unwatched
        self.hold: Callable[[], AbstractContextManager[None]] = nullcontext
        self.standing: str | None = None

    @property
    def config(self) -> ShopConfig:
        """What ``shop.yaml`` says; InvalidError (7) with every problem in it."""
        return self._settings.config

    @cached_property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return self.config.zone

    @cached_property
    def as_of(self) -> datetime:
        """The clock of this command, in the shop's zone; a bare day means 12:00.

        Raises:
            UsageError: ``--as-of`` is neither a date nor a date-time.
        """
        if self.as_of_text is None:
            return datetime.now(UTC).astimezone(self.zone).replace(microsecond=0)
        return self.moment(self.as_of_text, "--as-of")

    def moment(self, text: str, option: str) -> datetime:
        """An instant typed as an option, in the shop's zone.

        Raises:
            UsageError: neither a date nor a date-time.
        """
        return _moment(text, self.zone, option).astimezone(self.zone).replace(microsecond=0)

    @cached_property
    def now(self) -> str:
        """The clock of this command as stored: ISO 8601 with its offset."""
        return iso(self.as_of)

    def renew_clock(self) -> None:
        """Look at the clock anew, for a command that works for hours."""
        for name in ("as_of", "now", "today"):
            self.__dict__.pop(name, None)

    @cached_property
    def today(self) -> date:
        """The shop's calendar day of this command."""
        return self.as_of.date()

    def open_store(self, *, read_only: bool = False) -> Store:
        """The shop's store; StoreError (8) where it cannot be used."""
        from returns_cli.store.connection import open_store

        store = open_store(self.folder, read_only=read_only)
        try:
            self._settings.meet(store, may_keep=not (read_only or self.dry_run))
        except BaseException:
            store.close()
            raise
        self._store = store
        return store

    def policies(self) -> tuple[Policy, ...]:
        """Every policy of ``policies/``, read once; InvalidError (7) where one is wrong.

        With the store open, texts that were read before are not read as YAML again.
        """
        return self._policies

    @cached_property
    def _policies(self) -> tuple[Policy, ...]:
        from returns_cli.notation.shelf import put_up
        from returns_cli.operations.kept_trees import KeptTrees
        from returns_cli.policy.language import load_policies

        with put_up(KeptTrees(self._store) if self._store is not None else None):
            return load_policies(self.folder / "policies", self.config.tables)


def find_shop(
    named: Path | None,
    *,
    actor: str,
    as_of: str | None = None,
    dry_run: bool = False,
    start: Path | None = None,
) -> Shop:
    """The shop of the named folder, else of the nearest of ``start`` and its parents.

    Raises:
        StoreError: no ``shop.yaml`` there (exit 8, ``E-SHOP-MISSING``).
    """
    if as_of is not None:  # said at once, also by commands that never look at the clock
        _moment(as_of, UTC, "--as-of")
    here = start or _here()
    for place in [named] if named is not None else [here, *here.parents]:
        if is_there(place / SHOP_FILE):
            return Shop(place, actor, as_of, dry_run=dry_run)
    raise StoreError(
        "E-SHOP-MISSING",
        f"There is no shop in {named}." if named else "There is no shop here or above.",
        where=str(named or here),
        hint="Make one with `returns init`, or name its folder with --shop DIR.",
    )


def is_there(path: Path) -> bool:
    """Whether something is there, as far as may be seen; unlike ``Path.exists`` it never raises."""
    return os.access(path, os.F_OK)


def _moment(text: str, zone: tzinfo, option: str) -> datetime:
    try:
        return parse_instant(text, zone)
    except ValueError as error:
        raise UsageError(
            "E-USAGE-DATE",
            f"{option}: {error}.",
            where=option,
            hint="Write 2026-03-20 or 2026-03-20T09:30:00+01:00.",
        ) from error


def _here() -> Path:
    """The caller's folder; where somebody has deleted it there is no shop in it."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise StoreError(
            "E-SHOP-MISSING",
            "The folder you are in no longer exists.",
            hint="Change to the shop's folder, or name it with --shop DIR.",
        ) from None
