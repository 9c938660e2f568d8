"""Which writing systems paper can be printed in, and whether the shop's own customers are."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from returns_cli.operations.finding import Finding, counted, fine, mend
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.documents.text import Missing
    from returns_cli.domain.model import Address

FindMissing = Callable[[str], "list[Missing]"]

_NEWEST_ORDERS = 5_000
_NOT_TRIED = frozenset({"Cc", "Cf", "Cs", "Mn", "Mc", "Me", "Zs", "Zl", "Zp"})
_SHOWN = 8  # signs named in one message
_SAMPLES = {
    "Latin": "șłőĦễ",
    "Greek": "Ωή",
    "Cyrillic": "Жґ",
    "Han": "王",
    "Kana": "のカ",
    "Hangul": "한",
    "Thai": "ก",
    "Hebrew": "א",
    "Arabic": "م",
    "Devanagari": "क",
    "Armenian": "Հ",
    "Georgian": "ქ",
}


def examine_core_font(_: Shop, missing_of: FindMissing | None = None) -> Finding:
    """The fonts that are there, tried with a letter or two of each writing system.

    Args:
        missing_of: finds the signs of a text that no font has; None asks the fonts of this machine.
    """
    from returns_cli.documents.text import Typesetter

    find = missing_of or Typesetter().missing
    lacking = {name: missing for name, text in _SAMPLES.items() if (missing := find(text))}
    covered = [name for name in _SAMPLES if name not in lacking]
    hint = None
    if installs := installs_for(one for missing in lacking.values() for one in missing):
        hint = f"For more: install {', '.join(installs)}."
    return fine("fonts", f"They print {', '.join(covered)}.", hint)


def examine_customers_signs(shop: Shop, missing_of: FindMissing | None = None) -> Finding:
    """Every sign in the names and addresses of the newest orders.

    Args:
        missing_of: as :func:`examine_core_font` takes it.
    """
    from returns_cli.documents.text import Typesetter
    from returns_cli.store.orders import OrderFilter, list_orders

    with shop.open_store(read_only=True) as store, store.reading():
        orders = list_orders(store, OrderFilter(limit=_NEWEST_ORDERS))
    signs = set().union(*(_signs(order.ship_to) for _, order in orders))
    font = shop.config.paper.get("font")
    find = missing_of or Typesetter([shop.folder / font] if font else []).missing
    missing = find("".join(sorted(signs)))
    if not missing:
        return fine(
            "customers", f"Every address of {counted(len(orders), 'order')} can be printed."
        )
    scripts = ", ".join(dict.fromkeys(one.script.name for one in missing))
    shown = " ".join(one.sign for one in missing[:_SHOWN])
    shown += " …" if len(missing) > _SHOWN else ""
    signs_said = counted(len(missing), "sign")
    said = f"No font here prints {signs_said} of their addresses ({scripts}): {shown}"
    if installs := installs_for(missing):
        return mend("customers", said, f"Install {', '.join(installs)}.")
    return fine("customers", said, "Print their labels with --on-missing replace.")


def examine_language(shop: Shop, missing_of: FindMissing | None = None) -> Finding:
    """Every sign of the paper's own texts in the shop's language, and of its addresses.

    Args:
        missing_of: as :func:`examine_core_font` takes it.
    """
    from returns_cli.documents.text import Typesetter
    from returns_cli.messages.catalogue import signs_of, speaks

    config = shop.config
    font = config.paper.get("font")
    find = missing_of or Typesetter([shop.folder / font] if font else []).missing
    own = set().union(*(_signs(one) for one in config.addresses.values()), _letters(config.name))
    missing = find("".join(sorted(own | _letters(signs_of(config.language)))))
    if missing:
        installs = installs_for(missing)
        return mend(
            "language",
            f"No font here prints all of {config.language} and of the shop's addresses: "
            + " ".join(one.sign for one in missing[:_SHOWN]),
            f"Install {', '.join(installs)}." if installs else "Name a font with paper.font.",
        )
    if not speaks(config.language):
        return fine("language", f"Paper has no texts in {config.language}; it speaks English.")
    return fine("language", f"Fonts print all that paper says in {config.language}.")


def _letters(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) not in _NOT_TRIED}


def _signs(address: Address) -> set[str]:
    """The letters of an address; a mark stands on a letter and cannot be tried alone."""
    return _letters("".join(address))


def installs_for(missing: Iterable[Missing]) -> list[str]:
    """What brings fonts for signs that none has; nothing for those that nobody packages."""
    return list(dict.fromkeys(one.script.install for one in missing if one.script.install))
