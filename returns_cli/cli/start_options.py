"""Options of ``init``: what a new shop is asked for; the others stand in ``options``."""

from typing import Annotated

import typer

NameOption = Annotated[str | None, typer.Option("--name", metavar="NAME", help="The shop's name.")]
CountryOption = Annotated[
    str | None, typer.Option("--country", metavar="CODE", help="Where it is, such as DE.")
]
LanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="TAG", help="What its customers read.")
]
NetworkDiskOption = Annotated[
    bool, typer.Option("--network-disk-ok", help="Allow a network disk, at your own risk.")
]
StreetOption = Annotated[
    str | None, typer.Option("--address", metavar="LINE", help="Street, where returns go.")
]
ShopCityOption = Annotated[
    str | None, typer.Option("--city", metavar="CITY", help="City, where returns go.")
]
ShopRegionOption = Annotated[
    str | None, typer.Option("--region", metavar="REGION", help="State or region of the address.")
]
ShopPostcodeOption = Annotated[
    str | None, typer.Option("--postcode", metavar="CODE", help="Postcode, where returns go.")
]
LabelSizeOption = Annotated[
    str | None, typer.Option("--label-size", metavar="SIZE", help="Paper of labels: 4x6, a6, …")
]
SlipSizeOption = Annotated[
    str | None, typer.Option("--slip-size", metavar="SIZE", help="Paper of slips: a4 or letter.")
]
