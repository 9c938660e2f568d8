"""Commands that print paper, for the packing bench: label, slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.domain.errors import Exit, UsageError

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        Context,
        DpiOption,
        DryRunOption,
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
    dry_run: DryRunOption = False,
) -> None:
    """Print return labels to PDF: 4x6 inches unless --size says otherwise.

    A label identifies the parcel and pays for nothing. Files are named after the RMA.
    """
    from returns_cli.operations.print_paper import PaperRequest, print_labels

    call = _call(context, rmas, ready=ready, verb="label")
    request = PaperRequest(
        rmas=tuple(rmas or ()),
        ready=ready,
        size=size,
        dpi=dpi,
        out=out,
        output_file=output_file,
        split=split,
        on_missing=on_missing,
        keep_going=keep_going,
        fonts=tuple(fonts or ()),
    )
    _answer(call, print_labels(call.shop(dry_run=dry_run), request))


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
    dry_run: DryRunOption = False,
) -> None:
    """Print packing slips to PDF: A4 unless --size says otherwise.

    For a gift order no slip shows an amount, a payment method or the buyer.
    """
    from returns_cli.operations.print_paper import PaperRequest, print_slips

    call = _call(context, rmas, ready=ready, verb="slip")
    request = PaperRequest(
        rmas=tuple(rmas or ()),
        ready=ready,
        size=size,
        out=out,
        output_file=output_file,
        split=split,
        on_missing=on_missing,
        keep_going=keep_going,
        fonts=tuple(fonts or ()),
    )
    _answer(call, print_slips(call.shop(dry_run=dry_run), request))


def _call(context: Context, rmas: list[str] | None, *, ready: bool, verb: str) -> Invocation:
    from returns_cli.cli.pages.paper import files_page

    if bool(rmas) == ready:
        raise UsageError(
            "E-USAGE",
            "Say what to print, in one way.",
            where=f"returns {verb}",
            hint="Name returns, or use --ready.",
        )
    call = invocation_of(context)
    call.renders(files_page)
    return call


def _answer(call: Invocation, answer: dict[str, Any]) -> None:
    call.show(answer)
    if any(one["code"].startswith("E-") for one in answer["problems"]):
        call.exit = Exit.PARTLY
