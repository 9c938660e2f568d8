"""Arguments and options that commands share, typed once so that they read alike everywhere."""

from pathlib import Path
from typing import Annotated

import typer

Context = typer.Context

RmaArgument = Annotated[str, typer.Argument(metavar="RMA", help="The return's number.")]
RmasArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[RMA]...", help="Numbers of returns.")
]
RmasNeeded = Annotated[list[str], typer.Argument(metavar="RMA...", help="Numbers of returns.")]
OptionalRma = Annotated[str | None, typer.Argument(metavar="[RMA]", help="The return's number.")]
OrderArgument = Annotated[
    str, typer.Argument(metavar="ORDER", help="Order number, or CHANNEL/NUMBER.")
]
RefundArgument = Annotated[str, typer.Argument(metavar="REFUND", help="The refund's number.")]
FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Files to read, or - for stdin.")
]
FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="The file to read, or - for stdin.")
]
PoliciesArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILE]...", help="Policy files; else the shop's own."),
]

DryRunOption = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Show the plan, write nothing.")
]
ExitCodeOption = Annotated[
    bool, typer.Option("--exit-code", help="Exit 4 when denied or to review.")
]
KeyOption = Annotated[
    str | None, typer.Option("--key", metavar="KEY", help="Same key, same content: done once.")
]
WhyOption = Annotated[
    str | None, typer.Option("--why", metavar="TEXT", help="Why; kept with the record.")
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="A note for colleagues.")]
ItemsOption = Annotated[
    list[str] | None,
    typer.Option("--item", metavar="ITEM", help="LINE[:UNITS][=WORD]; may be repeated."),
]
FileOption = Annotated[
    Path | None, typer.Option("--file", metavar="FILE", help="A CSV of them, or - for stdin.")
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help="At most N rows.")
]
ChannelOption = Annotated[
    str | None, typer.Option("--channel", metavar="NAME", help="Where the order was sold.")
]
ConditionOption = Annotated[
    str | None, typer.Option("--condition", metavar="WORD", help="The goods, as the customer says.")
]
PhotosOption = Annotated[int, typer.Option("--photos", metavar="N", min=0, help="Photos sent.")]
AnswersOption = Annotated[
    list[str] | None,
    typer.Option("--answer", metavar="NAME=TEXT", help="Answer to a policy's question."),
]
ExchangeOption = Annotated[
    str, typer.Option("--exchange-sku", metavar="SKU", help="What to send instead.")
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Refuse the whole file for one bad row.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Read a known file again.")]
FormatOption = Annotated[
    str | None, typer.Option("--from", metavar="FORMAT", help="The file's format; else detected.")
]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Unless the file is UTF-8.")
]
DateFormatOption = Annotated[
    str | None, typer.Option("--date-format", metavar="STYLE", help="Such as DD/MM/YYYY.")
]
DecimalOption = Annotated[
    str | None, typer.Option("--decimal", metavar="MARK", help="dot or comma.")
]
CurrencyOption = Annotated[
    str | None, typer.Option("--currency", metavar="CODE", help="ISO 4217, such as EUR.")
]
TimezoneOption = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help="Such as Europe/Berlin.")
]
TaxOption = Annotated[
    str | None, typer.Option("--tax", metavar="STYLE", help="Prices hold it: included or on_top.")
]
