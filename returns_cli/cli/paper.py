"""Commands that print paper, for the packing bench: label, slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.domain.errors import Exit, UsageError

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        Context,
        DpiOption,
        FolderOption,
        FontsOption,
        KeepGoingOption,
        MissingOption,
        OutputOption,
        ReadyOption,
        RmasArgument,
        SizeOption,
        SplitOption,
    )


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
