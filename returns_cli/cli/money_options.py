"""Arguments and options of quotes, refunds and store credit; the others stand in ``options``."""

from typing import Annotated

import typer

WhatIfOption = Annotated[
    list[str] | None,
    typer.Option("--what-if", metavar="TEXT", help="Suppose `line 2 graded used`; repeatable."),
]
AmountOption = Annotated[
    str | None, typer.Option("--amount", metavar="M", help="Only this much, such as 12.50.")
]
PaidOption = Annotated[
    str | None, typer.Option("--paid", metavar="REF", help="Paid: the provider's reference.")
]
TenderOption = Annotated[
    str | None, typer.Option("--to", metavar="TENDER", help="Another way than the policy's.")
]
GoodwillOption = Annotated[
    str | None, typer.Option("--goodwill", metavar="M", help="Given on top; says --why.")
]
DueOption = Annotated[bool, typer.Option("--due", help="Every return whose refund is due.")]
CreditArgument = Annotated[str, typer.Argument(metavar="CODE", help="The store credit's code.")]
OptionalCredit = Annotated[
    str | None, typer.Argument(metavar="[CODE]", help="The store credit's code.")
]
CreditAmount = Annotated[str, typer.Argument(metavar="AMOUNT", help="What it is worth: 25.00.")]
ExpiresOption = Annotated[
    str | None, typer.Option("--expires", metavar="DAY", help="Its last day; else none.")
]
ApprovedByOption = Annotated[
    str | None, typer.Option("--approved-by", metavar="NAME", help="The second person.")
]
SpentForOption = Annotated[
    str | None, typer.Option("--reference", metavar="REF", help="What it paid for; done once.")
]
StillOpenOption = Annotated[
    bool, typer.Option("--open", help="Only where goods or money are awaited.")
]
ExchangedLineOption = Annotated[
    int | None, typer.Option("--line", metavar="N", min=1, help="Only this line of the order.")
]
BackByOption = Annotated[
    str | None, typer.Option("--back-by", metavar="DAY", help="When the goods must be here.")
]
PaymentOption = Annotated[
    str, typer.Option("--payment", metavar="WORD", help="How it was paid; `A=30.00|B=9.90`.")
]
