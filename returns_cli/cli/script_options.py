"""Arguments and options for scripts and shells; see ``options``."""

from typing import Annotated

import typer

ShellArgument = Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]
FailIfOption = Annotated[
    str | None, typer.Option("--fail-if", metavar="overdue", help="Exit 10 when a refund is late.")
]
