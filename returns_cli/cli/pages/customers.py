"""People as the desk sees them, and their erasure."""

from __future__ import annotations

from returns_cli.cli.page import Fields, Lines, Page, Piece, Table, sentence
from returns_cli.cli.pages.parts import Answer, amount, moment, word


def customer_page(answer: Answer) -> Page:
    """A person: customer rows, orders, returns."""
    customers: list[list[Piece]] = [
        [
            str(one["customer_id"] or "–"),
            str(one["name"] or "–"),
            str(one["email"] or "–"),
            str(one["tier"] or "–"),
            ", ".join(one["tags"]) or "–",
        ]
        for one in answer["customers"]
    ]
    orders: list[list[Piece]] = [
        [str(one["order"]), moment(one["placed_at"]), amount(one["total"], one["currency"])]
        for one in answer["orders"]
    ]
    returns: list[list[Piece]] = [
        [str(one["rma"]), str(one["order"]), word(one["state"]), moment(one["opened_at"])]
        for one in answer["returns"]
    ]
    return [
        Table(["Id", "Name", "Mail", "Tier", "Tags"], customers, empty="In no customers file."),
        Table(["Order", "Placed", "Total"], orders, right=frozenset({"Total"}), empty="No order."),
        Table(["Return", "Order", "State", "Opened"], returns, empty="No return."),
    ]


def export_page(answer: Answer) -> Page:
    """Where the export lies."""
    return [
        Fields(
            [
                ("File", str(answer["path"])),
                ("Orders", str(len(answer["orders"]))),
                ("Returns", str(len(answer["returns"]))),
            ]
        )
    ]


def erased_page(answer: Answer) -> Page:
    """What an erasure took."""
    files: list[list[Piece]] = []
    files += [[f"{path} (removed)"] for path in answer["files_removed"]]
    files += [[f"{path} (without their records)"] for path in answer["files_rewritten"]]
    said = "They were erased before; the files were looked through again."
    rows: list[tuple[str, Piece]] = [
        ("Customer rows", str(answer["customers"])),
        ("Orders without a name", str(answer["orders"])),
        ("Returns without a name", str(len(answer["returns"]))),
    ]
    return [
        sentence(said) if answer["replayed"] else Fields(rows),
        *([Lines(files, title="Files")] if files else []),
    ]
