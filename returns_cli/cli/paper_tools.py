"""Commands around printed paper: check, calibrate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.domain.errors import Exit

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        Context,
        DpiOption,
        DryRunOption,
        FolderOption,
        OutputOption,
        PngOption,
        PrintedArgument,
        PrinterOption,
        SizeOption,
        ZplOption,
    )


def check(context: Context, file: PrintedArgument) -> None:
    """Read every code of a PDF as a scanner would, at 203 and 300 dpi; exit 10 when one fails."""
    from returns_cli.cli.pages.paper import check_page
    from returns_cli.operations.check_paper import check_paper

    call = invocation_of(context)
    call.renders(check_page)
    answer = check_paper(file)
    call.show(answer)
    if not answer["ok"]:
        call.exit = Exit.CHECK_FAILED


def calibrate(
    context: Context,
    size: SizeOption = None,
    dpi: DpiOption = None,
    zpl: ZplOption = False,
    png: PngOption = False,
    printer: PrinterOption = "",
    output_file: OutputOption = None,
    out: FolderOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Print a page with corner marks, rulers and cell frames.

    It shows whether a printer scales or shifts: print it at 100 % and measure the rulers.
    """
    from returns_cli.cli.pages.paper import files_page
    from returns_cli.operations.paper_files import form_of
    from returns_cli.operations.print_paper import PaperRequest
    from returns_cli.operations.print_stickers import print_calibration

    call = invocation_of(context)
    call.renders(files_page)
    form = form_of(output_file, zpl=zpl, png=png)
    request = PaperRequest(
        size=size, dpi=dpi, out=out, output_file=output_file, form=form, printer=printer
    )
    call.show(print_calibration(call.shop(dry_run=dry_run), request))
