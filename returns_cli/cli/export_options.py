"""Arguments and options of the commands that export data; see ``options``."""

from pathlib import Path
from typing import Annotated

import typer

TablesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[TABLE]...", help="Only these, such as returns.")
]
ExportFolderOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Folder; else outbox/export/.")
]
ExportFileOption = Annotated[
    Path | None, typer.Option("-o", metavar="FILE", help="The file; else in outbox/export/.")
]
RedactOption = Annotated[bool, typer.Option("--redact", help="Without names, mails and notes.")]
RawOption = Annotated[
    bool, typer.Option("--raw", help="Cells as they are, though a spreadsheet may run them.")
]
