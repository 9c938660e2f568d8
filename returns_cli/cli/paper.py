"""Commands that print paper, for the packing bench: label, slip, reprint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.domain.errors import Exit, UsageError

if TYPE_CHECKING:
    from returns_cli.cli.insert_options import (
        OrdersArgument,
        ReturnLabelOption,
        SurveyOption,
    )
    from returns_cli.cli.options import (
        CarrierOption,
        Context,
        DpiOption,
        DryRunOption,
        FolderOption,
        FontsOption,
        KeepGoingOption,
        MissingOption,
        OutputOption,
        PaperKindOption,
        PngOption,
        PrinterOption,
        ReadyOption,
        RmasArgument,
        RmasNeeded,
        SizeOption,
        SplitOption,
        StartAtOption,
        StickerOption,
        TrackingOption,
        ZplOption,
    )


def label(
    context: Context,
    rmas: RmasArgument = None,
    ready: ReadyOption = False,
    size: SizeOption = None,
    dpi: DpiOption = None,
    zpl: ZplOption = False,
    png: PngOption = False,
    sticker: StickerOption = False,
    start_at: StartAtOption = 1,
    carrier: CarrierOption = None,
    tracking: TrackingOption = None,
    printer: PrinterOption = "",
    output_file: OutputOption = None,
    out: FolderOption = None,
    split: SplitOption = False,
    on_missing: MissingOption = "fail",
    keep_going: KeepGoingOption = False,
    fonts: FontsOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Print return labels to PDF: 4x6 inches unless --size says otherwise.

    A label identifies the parcel and pays for nothing. Files are named after the RMA. Print at
    100 %: a code that was scaled may not read.
    """
    from returns_cli.operations.paper_files import form_of
    from returns_cli.operations.print_paper import PaperRequest, print_labels
    from returns_cli.operations.print_stickers import print_stickers

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
        form=form_of(output_file, zpl=zpl, png=png),
        printer=printer,
        start_at=start_at,
        language=call.language,
        carrier=carrier,
        tracking=tracking or "",
    )
    verb = print_stickers if sticker else print_labels
    _answer(call, verb(call.shop(dry_run=dry_run), request))


def slip(
    context: Context,
    rmas: RmasArgument = None,
    ready: ReadyOption = False,
    size: SizeOption = None,
    png: PngOption = False,
    printer: PrinterOption = "",
    output_file: OutputOption = None,
    out: FolderOption = None,
    split: SplitOption = False,
    on_missing: MissingOption = "fail",
    keep_going: KeepGoingOption = False,
    fonts: FontsOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Print packing slips to PDF: A4 unless --size says otherwise.

    On a4-fold and letter-fold the label lies below the fold. For a gift order no slip shows an
    amount, a payment method or the buyer.
    """
    from returns_cli.operations.paper_files import form_of
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
        form=form_of(output_file, zpl=False, png=png),
        printer=printer,
        language=call.language,
    )
    _answer(call, print_slips(call.shop(dry_run=dry_run), request))


def insert(
    context: Context,
    orders: OrdersArgument,
    return_label: ReturnLabelOption = False,
    survey: SurveyOption = False,
    size: SizeOption = None,
    png: PngOption = False,
    printer: PrinterOption = "",
    output_file: OutputOption = None,
    out: FolderOption = None,
    split: SplitOption = False,
    on_missing: MissingOption = "fail",
    keep_going: KeepGoingOption = False,
    fonts: FontsOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Print the card that goes out with an order: thanks, how to send back, a code to scan.

    The window and the way back are the policy's; name, colour, logo and offer are `brand` in
    shop.yaml. No card shows a price.
    """
    from returns_cli.operations.paper_files import form_of
    from returns_cli.operations.print_inserts import print_inserts
    from returns_cli.operations.print_paper import PaperRequest

    call = _call(context, orders, ready=False, verb="insert")
    request = PaperRequest(
        size=size,
        out=out,
        output_file=output_file,
        split=split,
        on_missing=on_missing,
        keep_going=keep_going,
        fonts=tuple(fonts or ()),
        form=form_of(output_file, zpl=False, png=png),
        printer=printer,
        language=call.language,
    )
    shop = call.shop(dry_run=dry_run)
    _answer(call, print_inserts(shop, orders, request, return_label=return_label, to_survey=survey))


def reprint(
    context: Context,
    rmas: RmasNeeded,
    kind: PaperKindOption = None,
    zpl: ZplOption = False,
    printer: PrinterOption = "",
    output_file: OutputOption = None,
    out: FolderOption = None,
    fonts: FontsOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Print the label and the slip of returns again.

    Everything on them comes from stored facts, so the same facts give the same bytes.
    """
    from returns_cli.operations.paper_files import form_of
    from returns_cli.operations.print_paper import PaperRequest
    from returns_cli.operations.reprint_paper import reprint_paper

    call = _call(context, rmas, ready=False, verb="reprint")
    request = PaperRequest(
        rmas=tuple(rmas),
        out=out,
        output_file=output_file,
        fonts=tuple(fonts or ()),
        form=form_of(output_file, zpl=zpl, png=False),
        printer=printer,
        language=call.language,
    )
    _answer(call, reprint_paper(call.shop(dry_run=dry_run), request, kind))


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
