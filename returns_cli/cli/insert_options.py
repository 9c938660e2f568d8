"""What the card that goes out with an order can be told."""

from __future__ import annotations

from typing import Annotated

import typer

OrdersArgument = Annotated[
    list[str], typer.Argument(metavar="ORDER...", help="Order numbers, or CHANNEL/NUMBER.")
]
ReturnLabelOption = Annotated[
    bool,
    typer.Option("--return-label", help="A return label too, of its return if there is one."),
]
SurveyOption = Annotated[
    bool, typer.Option("--survey", help="The code leads to the survey, not to returns.")
]
