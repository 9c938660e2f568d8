"""Commands that print paper, for the packing bench: label, slip."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.cli.options import Context, RmasArgument
from returns_cli.domain.errors import Exit, UsageError

ReadyOption = Annotated[
    bool, typer.Option("--ready", help="Every approved return not printed yet.")
]
SizeOption = Annotated[
    str | None,
    typer.Option("--size", metavar="SIZE", help="4x6, 100x150, a6, a4, letter, a4-fold, …"),
]
DpiOption = Annotated[
    int | None, typer.Option("--dpi", metavar="DPI", help="The printer's: 203 or 300.")
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", metavar="FILE", help="One PDF with all of them.")
]
FolderOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Folder for the files; else paper/.")
]
SplitOption = Annotated[bool, typer.Option("--split", help="One file for each return.")]
MissingOption = Annotated[
    str, typer.Option("--on-missing", metavar="WORD", help="A sign no font has: fail or replace.")
]
KeepGoingOption = Annotated[
    bool, typer.Option("--keep-going", help="Print the others when one cannot be printed.")
]
FontsOption = Annotated[
    list[Path] | None, typer.Option("--font", metavar="FILE", help="A font to use; repeatable.")
]


def label(
    context: Context,
    rmas: RmasArgument = None,
    ready: ReadyOption = False,
    size: SizeOption = None,
    dpi: DpiOption = None,
    output_file: OutputOption = None,
    out: FolderOption = None,
    split: SplitOption = False,
    on_missing: MissingOption = "fail",
    keep_going: KeepGoingOption = False,
    fonts: FontsOption = None,
) -> None:
    """Print return labels to PDF: 4x6 inches unless --size says otherwise.

    A label identifies the parcel and pays for nothing. Files are named after the RMA.
    """
    from returns_cli.operations.print_labels import print_labels

    call = invocation_of(context)
    _check_choice(rmas, ready=ready, verb="label")
    answer = print_labels(
        call.shop(),
        rmas or (),
        ready=ready,
        size=size,
        dpi=dpi,
        out=out,
        output_file=output_file,
        split=split,
        on_missing=on_missing,
        keep_going=keep_going,
        fonts=fonts or (),
    )
    _answer(call, answer)


def slip(
    context: Context,
    rmas: RmasArgument = None,
    ready: ReadyOption = False,
    size: SizeOption = None,
    output_file: OutputOption = None,
    out: FolderOption = None,
    split: SplitOption = False,
    on_missing: MissingOption = "fail",
    keep_going: KeepGoingOption = False,
    fonts: FontsOption = None,
) -> None:
    """Print packing slips to PDF: A4 unless --size says otherwise.

    For a gift order no slip shows an amount, a payment method or the buyer.
    """
    from returns_cli.operations.print_slips import print_slips

    call = invocation_of(context)
    _check_choice(rmas, ready=ready, verb="slip")
    answer = print_slips(
        call.shop(),
        rmas or (),
        ready=ready,
        size=size,
        out=out,
        output_file=output_file,
        split=split,
        on_missing=on_missing,
        keep_going=keep_going,
        fonts=fonts or (),
    )
    _answer(call, answer)


def _answer(call: Invocation, answer: dict[str, Any]) -> None:
    from returns_cli.cli.pages.paper import files_page

    call.renders(files_page)
    call.show(answer)
    if answer["problems"]:
        call.exit = Exit.PARTLY


def _check_choice(rmas: list[str] | None, *, ready: bool, verb: str) -> None:
    if bool(rmas) == ready:
        raise UsageError(
            "E-USAGE",
            "Say what to print, in one way.",
            where=f"returns {verb}",
            hint="Name returns, or use --ready.",
        )
