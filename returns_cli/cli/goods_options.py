"""Arguments and options of the commands over goods; see ``options``."""

from pathlib import Path
from typing import Annotated

import typer

GoodsArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", min=1, help="Of the goods: see `unexpected list`.")
]
MatchTarget = Annotated[
    str | None, typer.Argument(metavar="[RMA|ORDER]", help="The return or order they belong to.")
]
GoodsItemOption = Annotated[
    str | None, typer.Option("--item", metavar="ITEM", help="LINE[:UNITS][=REASON].")
]
AlsoGoneOption = Annotated[bool, typer.Option("--all", help="Also those that are matched.")]
DispositionsOption = Annotated[
    list[str] | None,
    typer.Option("--disposition", metavar="WORD", help="Only put there; repeatable."),
]
StockSkuOption = Annotated[
    str | None, typer.Option("--sku", metavar="SKU", help="Only of this product.")
]
AtPlaceOption = Annotated[
    str | None, typer.Option("--location", metavar="PLACE", help="Bin, shelf or location.")
]
AnyPlaceOption = Annotated[bool, typer.Option("--all", help="Every disposition.")]
StillThereOption = Annotated[
    bool, typer.Option("--open", help="Not exported; elsewhere: still lying there.")
]
MoveSinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="First day of the move.")
]
MoveUntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Last day of the move.")
]
StockFormOption = Annotated[str, typer.Option("--as", metavar="FORM", help="generic or shopify.")]
TemplateOption = Annotated[
    Path | None, typer.Option("--template", metavar="FILE", help="A fresh inventory export.")
]
AgainOption = Annotated[
    bool, typer.Option("--again", help="In place of the last export, never used.")
]
SerialOption = Annotated[
    str, typer.Option("--serial", metavar="NUMBER", help="Serial number of the one unit.")
]
PhotoFilesOption = Annotated[
    list[Path] | None,
    typer.Option("--photo", metavar="FILE", help="A photo of the goods; repeatable."),
]
SoundOption = Annotated[
    Path | None,
    typer.Option("--sound", metavar="DIR", help="Play its ok.wav, stop.wav, ask.wav."),
]
