"""Options of the reports; see ``options``."""

from pathlib import Path
from typing import Annotated

import typer

SinceDayOption = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="First day; else the first known.")
]
UntilDayOption = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Last day; else today.")
]
ByOption = Annotated[
    str, typer.Option("--by", metavar="PERIOD", help="Cut the time by month or week.")
]
OnlyChannelOption = Annotated[
    str, typer.Option("--channel", metavar="NAME", help="Only orders of this channel.")
]
OnlyCountryOption = Annotated[
    str, typer.Option("--country", metavar="CODE", help="Only orders of this country: DE.")
]
OnlyCategoryOption = Annotated[
    str, typer.Option("--category", metavar="PATH", help="Only this category and all under it.")
]
OnlyReasonOption = Annotated[
    str, typer.Option("--reason", metavar="CODE", help="Only what came back for this reason.")
]
OnlyTierOption = Annotated[
    str, typer.Option("--tier", metavar="NAME", help="Only customers of this tier.")
]
ReportTableOption = Annotated[
    str | None,
    typer.Option("--table", metavar="NAME", help="Only this table; CSV has the first without."),
]
ShipCostOption = Annotated[
    str, typer.Option("--ship-cost", metavar="AMOUNT", help="Bringing a unit back costs so much.")
]
CsvOption = Annotated[
    bool, typer.Option("--csv", help="One table as CSV (the same as --format csv).")
]
TopOption = Annotated[
    int, typer.Option("--limit", metavar="N", min=1, help="At most so many products.")
]
HtmlOption = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write it as a page with charts; - is stdout."),
]
