"""Erase a person: from the store, its free pages, paper, handled files; for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import ConflictError, NotFoundError
from returns_cli.operations.finding import counted
from returns_cli.operations.personal_files import Mended, files_without
from returns_cli.operations.return_view import Json, quote_record, state_of
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store
    from returns_cli.store.people import Person

_MOST_NAMED = 10


def plan_erasure(shop: Shop, who: str) -> str:
    """What an erasure would take, as a question for a person to answer.

    Raises:
        NotFoundError: nothing is known of them, and they were not erased before.
    """
    with shop.open_store(read_only=True) as store, store.reading():
        person = _person(store, who)
    if person is None:
        return f"{who} was erased before. Look through the files again?"
    return (
        f"Erase {who} for good: {counted(len(person.order_pks), 'order')} and "
        f"{counted(len(person.rmas), 'return')} lose their name?"
    )


def erase_customer(shop: Shop, who: str, *, even_if_open: bool = False) -> Json:
    """Take a person out of the shop's files and its store; orders, decisions and money stay.

    Files first, then the store, so that the same command again completes one that was killed. A
    salted reference stays, which keeps the next import of an old file from bringing them back.
    Backups, and files outside the shop folder, are not touched: the answer names those it sees.

    Args:
        who: a mail address, or the customer id of a source.
        even_if_open: erase also while goods or money of theirs are on the way.

    Raises:
        NotFoundError: nothing is known of them (5).
        ConflictError: a return of theirs is open (6).
        OutputError: a file cannot be changed; nothing of the store was (9).
    """
    from returns_cli.store.erasure import erase_person, sweep
    from returns_cli.store.people import Person

    with shop.open_store() as store:
        person = _person(store, who)
        if person is not None and not even_if_open:
            _check_closed(shop, store, person)
        told = person or Person((), (), (), (), (), (who.strip().casefold(),), ())
        mended = files_without(shop.folder, told)
        photos, elsewhere = _photos(shop, store, told)
        mended = mended._replace(removed=(*mended.removed, *photos))
        if not shop.dry_run:
            _mend(mended)
            if person is not None:
                day = shop.today.isoformat()
                erase_person(store, person, orders_until=day, actor=shop.actor)
            sweep(store)
    if elsewhere:
        shop.notes.append(
            f"Photos outside the shop's folder stay: {', '.join(elsewhere[:_MOST_NAMED])}. Delete "
            "them where they lie."
        )
    backups = _backups(shop.folder)
    if backups:
        shop.notes.append(
            f"Backups still hold them: {', '.join(backups[:_MOST_NAMED])}. Delete those, or keep "
            "them only as long as you must."
        )
    return {
        "customers": len(told.customer_pks),
        "orders": len(told.order_pks),
        "returns": list(told.rmas),
        "files_removed": [_shown(shop, path) for path in mended.removed],
        "files_rewritten": [_shown(shop, path) for path, _ in mended.rewritten],
        "backups": backups,
        "replayed": person is None,
    }


def _person(store: Store, who: str) -> Person | None:
    """The person; None where they were erased before.

    Raises:
        NotFoundError: nothing is known of them.
    """
    from returns_cli.store.people import find_person
    from returns_cli.store.suppression import suppressed

    person = find_person(store, who.strip())
    if person is None and suppressed(store).erased_on(who.strip(), who) is None:
        raise NotFoundError(
            "E-CUSTOMER-UNKNOWN",
            "Nobody of that mail address or customer id is known.",
            where=who[:80],
            hint="Find them with `returns find NAME`, then `returns orders show ORDER`.",
        )
    return person


def _check_closed(shop: Shop, store: Store, person: Person) -> None:
    from returns_cli.store.ledger import order_ledgers
    from returns_cli.store.returns import load_returns

    records = load_returns(store, person.return_ids)
    ledgers = order_ledgers(store, [one.order_pk for one in records])
    open_ones = []
    for record in records:
        quote = quote_record(record, ledgers[record.order_pk], shop.config)
        state = state_of(record, quote, shop.today, shop.zone)
        if state not in lifecycle.ENDED:
            open_ones.append(record.rma)
    if open_ones:
        raise ConflictError(
            "E-ERASE-OPEN",
            f"Goods or money are still on the way: {', '.join(open_ones[:_MOST_NAMED])}.",
            where=open_ones[0],
            hint="End the returns first, or say --even-if-open.",
        )


def _mend(mended: Mended) -> None:
    from returns_cli.documents import write_file

    for path, data in mended.rewritten:
        write_file(path, data)
    for path in mended.removed:
        path.unlink(missing_ok=True)


def _photos(shop: Shop, store: Store, person: Person) -> tuple[list[Path], list[str]]:
    """Photos of the person's returns alone: files of the shop's folder, and paths elsewhere."""
    from returns_cli.store.evidence import photo_paths

    paths = photo_paths(store, person.return_ids)
    inside = [shop.folder / one for one in paths if not Path(one).is_absolute()]
    files = [one for one in inside if one.is_file() and not one.is_symlink()]
    return files, [one for one in paths if Path(one).is_absolute()]


def _backups(folder: Path) -> list[str]:
    found = [*folder.glob("*.backup"), *folder.glob("backups/*.db"), *folder.glob("*.db.bak")]
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _shown(shop: Shop, path: Path) -> str:
    return path.relative_to(shop.folder).as_posix()
