"""``shop.yaml``: the shop's own settings, read with the same strictness as a policy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast

from returns_cli.domain.errors import InvalidError
from returns_cli.domain.model import Address
from returns_cli.domain.shop import ShopConfig, Tables
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.notation.read import MAX_BYTES, Node, read_yaml
from returns_cli.notation.shapes import Field, Group, ListOf, MapOf, Other, Scalar
from returns_cli.notation.typed import Leaf, Reading, Tree, leaves, value_of
from returns_cli.policy import schema, tables

_TEXT = Scalar("text")
_KEEP = Scalar("days", high=36_500)

ADDRESS = Group(
    "an address",
    {
        "name": Field(_TEXT, "The person or desk."),
        "company": Field(_TEXT, "The company."),
        "address1": Field(_TEXT, "Street and number.", is_required=True),
        "address2": Field(_TEXT, "What the street needs besides."),
        "city": Field(_TEXT, "City.", is_required=True),
        "region": Field(_TEXT, "State, province or county, as mail writes it."),
        "postcode": Field(_TEXT, "Postcode, quoted where it begins with 0."),
        "country": Field(Scalar("country"), "ISO code: US, DE, JP.", is_required=True),
        "phone": Field(_TEXT, "Telephone, for the carrier."),
    },
)

INBOX = Group(
    "an inbox entry",
    {
        "files": Field(_TEXT, "Names of files, with * for any text: orders*.csv", is_required=True),
        "command": Field(_TEXT, "The command that reads them: orders import", is_required=True),
        "options": Field(_TEXT, "Its options, as typed."),
    },
)

SHOP = Group(
    "shop.yaml",
    {
        "name": Field(_TEXT, "The shop's name, as customers read it.", is_required=True),
        "currency": Field(
            Scalar("currency"), "For files that name none: `currency: USD`.", is_required=True
        ),
        "timezone": Field(
            Scalar("timezone"), "Whose days count: `timezone: Europe/Berlin`.", is_required=True
        ),
        "country": Field(Scalar("country"), "Where the shop is: `country: US`."),
        "language": Field(Scalar("language"), "Of what customers read: `language: en`."),
        "tax": Field(
            Scalar("word", tuple(one.value for one in TaxStyle)),
            "Whether prices hold their tax where a file does not say.",
        ),
        "addresses": Field(
            MapOf("addresses", Scalar("name"), ADDRESS), "Where returns go, by name; one is `main`."
        ),
        "paper": Field(
            Group(
                "paper",
                {
                    "label": Field(_TEXT, "Size of labels: 4x6."),
                    "slip": Field(_TEXT, "Size of slips: a4."),
                    "insert": Field(_TEXT, "Size of inserts."),
                    "dpi": Field(Scalar("word", ("203", "300")), "Of the label printer."),
                    "printer": Field(_TEXT, "Its name; `--printer default` means it."),
                    "gs1_prefix": Field(
                        Scalar("gs1_prefix"), "The shop's own GS1 prefix: labels bear an SSCC."
                    ),
                    "font": Field(_TEXT, "A font file for scripts that no other font holds."),
                },
            ),
            "What paper is made for.",
        ),
        "brand": Field(
            Group(
                "brand",
                {
                    "name": Field(_TEXT, "The name on paper, where it is another."),
                    "logo": Field(_TEXT, "A PNG file."),
                    "color": Field(Scalar("color"), "#1a2b3c."),
                    "email": Field(_TEXT, "Where customers write to."),
                    "phone": Field(_TEXT, "Where customers call."),
                    "website": Field(Scalar("url"), "The shop's page."),
                    "survey": Field(Scalar("url"), "Where customers say how it was."),
                    "offer": Field(_TEXT, "What cards in parcels offer."),
                    "offer_until": Field(Scalar("day"), "Its last day: 2026-12-31."),
                    "offer_terms": Field(_TEXT, "Its terms, in small letters."),
                },
            ),
            "How the shop shows itself.",
        ),
        "gift_tags": Field(ListOf(_TEXT), "Order tags that mark a gift."),
        "return_page": Field(Scalar("url"), "Public page that QR codes lead to."),
        "standard_shipping": Field(
            MapOf("standard_shipping", Scalar("country"), Scalar("amount")),
            "What standard shipping costs, by country.",
        ),
        "four_eyes_above": Field(Scalar("limit"), "Refunds above it want a second person."),
        "refund_order": Field(
            ListOf(Scalar("name")),
            "Which means of payment gets back first, where an order has several: gift_card.",
        ),
        "stock_file": Field(_TEXT, "A file that says how much of each SKU is there."),
        "defaults": Field(
            MapOf(
                "defaults",
                Scalar("text"),
                MapOf("the options of a command", Scalar("text"), ListOf(_TEXT)),
            ),
            "What options say that nobody types, by command: `label: {size: a6}`.",
        ),
        "inbox": Field(Other("inbox"), "Which file goes to which command."),
        "retention": Field(
            Group(
                "retention",
                {
                    "outbox": Field(_KEEP, "Days that files in outbox/ are kept, or none."),
                    "done": Field(_KEEP, "Days that handled inbox files are kept, or none."),
                    "rejects": Field(_KEEP, "Days that reject files are kept, or none."),
                    "backups": Field(_KEEP, "Days that backups are kept, or none."),
                },
            ),
            "How long files are kept.",
        ),
        "accounts": Field(
            MapOf("accounts", Scalar("account"), Scalar("account_name")),
            "What accounts of the journal are called in your books.",
        ),
        "holidays": Field(ListOf(Scalar("day")), "Days on which nobody works."),
        **schema.TABLES,
    },
)


def load_shop(path: Path) -> ShopConfig:
    """What ``shop.yaml`` says.

    Raises:
        InvalidError: with every problem found, or the file cannot be read (exit 7).
    """
    return parse_shop(read_shop_file(path), path.name)


def read_shop_file(path: Path) -> bytes:
    """The bytes of ``shop.yaml``, no more of it than tells that it is too long.

    Raises:
        InvalidError: the file cannot be read (exit 7).
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidError(
            "E-SHOP-FILE",
            f"{path.name} cannot be read: {error.strerror}.",
            where=str(path),
            hint="Look at its owner and permissions.",
        ) from error


def parse_shop(data: bytes, shown_as: str) -> ShopConfig:
    """The settings that a file says.

    Raises:
        InvalidError: with every problem found (exit 7).
    """
    root = read_yaml(data, shown_as)
    reading = Reading(shown_as, "SHOP")
    currency = root.get("currency")
    if currency is not None:
        found = Reading(shown_as, "SHOP").scalar(currency, Scalar("currency"))
        reading.currency = str(found[0]) if found else None
    tree = reading.group(root, SHOP)
    node = root.get("inbox")
    inbox = _inbox(node, reading) if node is not None else ()
    if reading.problems:
        raise reading.refused()
    return _config(tree, inbox)


def default_tables() -> Tables:
    """Reasons, grades and dispositions that every shop starts with."""
    return tables.default_tables()


def _inbox(node: Node, reading: Reading) -> tuple[Mapping[str, str], ...]:
    if not reading.expect(node, "list", "`inbox`"):
        return ()
    return tuple(_texts(reading.group(item, INBOX)) for item in node.items)


def _config(tree: Tree, inbox: tuple[Mapping[str, str], ...]) -> ShopConfig:
    def text(name: str, default: str) -> str:
        return str(value_of(tree, name, default))

    above = value_of(tree, "four_eyes_above")
    return ShopConfig(
        name=text("name", ""),
        currency=text("currency", ""),
        timezone=text("timezone", ""),
        country=text("country", ""),
        language=text("language", "en"),
        tax=TaxStyle(text("tax", TaxStyle.INCLUDED.value)),
        addresses=_addresses(tree),
        tables=tables.completed(tables.default_tables(), tree),
        gift_tags=cast("tuple[str, ...]", value_of(tree, "gift_tags", ("gift",))),
        return_page=text("return_page", ""),
        standard_shipping_minor={
            country: cast("int", leaf.value)
            for country, leaf in _block(tree, "standard_shipping").items()
        },
        four_eyes_above_minor=cast("int | None", above),
        holidays=frozenset(cast("tuple[date, ...]", value_of(tree, "holidays", ()))),
        paper=_texts(_block(tree, "paper")),
        brand=_texts(_block(tree, "brand")),
        inbox=inbox,
        retention=_texts(_block(tree, "retention")),
        accounts=_texts(_block(tree, "accounts")),
        defaults=_defaults(tree),
        refund_order=cast("tuple[str, ...]", value_of(tree, "refund_order", ())),
        stock_file=text("stock_file", ""),
    )


def _defaults(tree: Tree) -> dict[str, dict[str, tuple[str, ...]]]:
    found = tree.get("defaults")
    return {
        command: {
            name: cast("tuple[str, ...]", leaf.value) for name, leaf in leaves(options).items()
        }
        for command, options in (found.items() if isinstance(found, dict) else ())
        if isinstance(options, dict)
    }


def _block(tree: Tree, name: str) -> dict[str, Leaf]:
    found = tree.get(name)
    return leaves(found) if isinstance(found, dict) else {}


def _texts(tree: Mapping[str, Leaf | Tree]) -> dict[str, str]:
    return {
        name: leaf.text
        for name, leaf in tree.items()
        if isinstance(leaf, Leaf) and isinstance(leaf.text, str)
    }


def _addresses(tree: Tree) -> dict[str, Address]:
    found = tree.get("addresses")
    if not isinstance(found, dict):
        return {}
    return {
        name: Address(**_texts(address))
        for name, address in found.items()
        if isinstance(address, dict)
    }
