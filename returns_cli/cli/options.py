"""Arguments and options of the commands, typed once so that they read alike everywhere.

Command modules name them in annotations only, and import this module for type checkers alone:
a well-formed command line is then read by ``direct`` without Typer, whose import costs more than
a receive may take. ``app.make_command`` resolves the names when Typer is needed.
"""

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
ParcelArgument = Annotated[
    str | None,
    typer.Argument(metavar="[RMA]", help="Its number, or a tracking or order number."),
]
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
StrictCheckOption = Annotated[bool, typer.Option("--strict", help="Exit 10 on warnings too.")]

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
MapOption = Annotated[
    Path | None, typer.Option("--map", metavar="FILE", help="A mapping of the file's columns.")
]
ShipmentFiles = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILE]...", help="Files to read, or - for stdin."),
]
CodesOption = Annotated[
    list[Path] | None,
    typer.Option("--codes", metavar="FILE", help="A carrier's list of event codes; repeatable."),
]
SoldItems = Annotated[
    list[str], typer.Option("--item", metavar="ITEM", help="SKU:UNITS@PRICE=TITLE; repeatable.")
]
NewOrder = Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")]
PlacedOption = Annotated[
    str | None, typer.Option("--placed", metavar="ISO", help="When it was placed; else now.")
]
ShippedOption = Annotated[
    str | None, typer.Option("--shipped", metavar="ISO", help="When it left.")
]
DeliveredOption = Annotated[
    str | None, typer.Option("--delivered", metavar="ISO", help="When it arrived.")
]
ShippingOption = Annotated[
    str | None, typer.Option("--shipping", metavar="M", help="Shipping that was charged.")
]
DiscountOption = Annotated[
    str | None, typer.Option("--discount", metavar="M", help="Discount on the whole order.")
]
TaxAmountOption = Annotated[
    str | None, typer.Option("--tax-amount", metavar="M", help="Tax of the whole order.")
]
CodeWordsOption = Annotated[
    list[str] | None, typer.Option("--discount-code", metavar="CODE", help="Repeatable.")
]
TagsOption = Annotated[
    list[str] | None, typer.Option("--tag", metavar="TAG", help="A tag of the order; repeatable.")
]
GiftOption = Annotated[bool, typer.Option("--gift", help="It is a gift.")]
BusinessOption = Annotated[bool, typer.Option("--business", help="A business bought it.")]
CustomerIdOption = Annotated[
    str, typer.Option("--customer-id", metavar="ID", help="The customer's number.")
]
CustomerOption = Annotated[str, typer.Option("--customer", metavar="NAME", help="Who bought.")]
EmailOption = Annotated[str, typer.Option("--email", metavar="MAIL", help="The buyer's mail.")]
ShipNameOption = Annotated[
    str | None, typer.Option("--ship-name", metavar="NAME", help="Who gets it; else the buyer.")
]
CompanyOption = Annotated[str, typer.Option("--company", metavar="NAME", help="Ship-to company.")]
AddressOption = Annotated[
    list[str] | None, typer.Option("--address", metavar="LINE", help="Street; at most twice.")
]
CityOption = Annotated[str, typer.Option("--city", metavar="CITY", help="Ship-to city.")]
RegionOption = Annotated[str, typer.Option("--region", metavar="REGION", help="Ship-to region.")]
PostcodeOption = Annotated[
    str, typer.Option("--postcode", metavar="CODE", help="Ship-to postcode.")
]
ShipCountryOption = Annotated[
    str | None, typer.Option("--country", metavar="CC", help="Ship-to country; else the shop's.")
]
PhoneOption = Annotated[str, typer.Option("--phone", metavar="NO", help="Ship-to phone.")]
ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Change an order that is there and differs.")
]
SniffOption = Annotated[bool, typer.Option("--sniff", help="Say what the file is; write nothing.")]
EncodingOption = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="The file's, unless UTF-8; such as cp1252."),
]
DateFormatOption = Annotated[
    str | None,
    typer.Option("--date-format", metavar="STYLE", help="How it writes days, such as DD/MM/YYYY."),
]
DecimalOption = Annotated[
    str | None, typer.Option("--decimal", metavar="MARK", help="Decimal mark: dot or comma.")
]
CurrencyOption = Annotated[
    str | None, typer.Option("--currency", metavar="CODE", help="ISO 4217, such as EUR.")
]
TimezoneOption = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help="Time zone, such as Europe/Berlin.")
]
TaxOption = Annotated[
    str | None,
    typer.Option("--tax", metavar="STYLE", help="Tax in prices: included, on_top or none."),
]
WantOption = Annotated[
    str,
    typer.Option("--want", metavar="WHAT", help="refund, store_credit, exchange, repair, …"),
]
KindOption = Annotated[
    str, typer.Option("--kind", metavar="KIND", help="return, claim, withdrawal, …")
]
RequestedOption = Annotated[
    str | None,
    typer.Option("--requested-at", metavar="ISO", help="When the customer asked; else now."),
]
NewPhotosOption = Annotated[
    int | None, typer.Option("--photos", metavar="N", min=0, help="Photos sent by now.")
]
NewNoteOption = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="A note for colleagues.")
]
NewExchangeOption = Annotated[
    str | None, typer.Option("--exchange-sku", metavar="SKU", help="What to send instead.")
]
NewWantOption = Annotated[
    str | None, typer.Option("--want", metavar="WHAT", help="What the customer wants instead.")
]
StateOption = Annotated[
    list[str] | None, typer.Option("--state", metavar="STATE", help="Only this state; repeatable.")
]
OfOrderOption = Annotated[
    str | None, typer.Option("--order", metavar="ORDER", help="Only returns of this order.")
]
VerdictOption = Annotated[
    str | None, typer.Option("--verdict", metavar="WORD", help="approve, deny, review or partial.")
]
OpenOption = Annotated[bool, typer.Option("--open", help="Only open returns.")]
OverdueOption = Annotated[bool, typer.Option("--overdue", help="Only with a refund overdue.")]
RemoveOption = Annotated[
    list[int] | None,
    typer.Option("--remove", metavar="N", min=1, help="Take this line out; repeatable."),
]
TextArgument = Annotated[str, typer.Argument(metavar="TEXT", help="What to look for.")]
AllOption = Annotated[bool, typer.Option("--all", help="Every open return.")]
JudgeFileOption = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="Judge a file of requests, write nothing."),
]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Say why, in plain words.")]
RepinOption = Annotated[
    bool, typer.Option("--repin", help="Judge by today's policy text, not the pinned one.")
]
LinesOption = Annotated[
    list[int] | None, typer.Option("--line", metavar="N", min=1, help="Only this line; repeatable.")
]
ReadyOption = Annotated[
    bool, typer.Option("--ready", help="Every approved return of which nothing came yet.")
]
SizeOption = Annotated[
    str | None,
    typer.Option("--size", metavar="SIZE", help="Such as 4x6, 100x150, a6, a4, letter."),
]
DpiOption = Annotated[
    int | None, typer.Option("--dpi", metavar="DPI", help="The printer's: 203 or 300.")
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", metavar="FILE", help="One file with all of them.")
]
FolderOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Folder for the files; else paper/.")
]
SplitOption = Annotated[bool, typer.Option("--split", help="One file for each return.")]
ZplOption = Annotated[bool, typer.Option("--zpl", help="ZPL for a label printer instead of PDF.")]
PngOption = Annotated[
    bool, typer.Option("--png", help="A picture of each, to look at, instead of PDF.")
]
PrinterOption = Annotated[
    str, typer.Option("--printer", metavar="NAME", help="Print it too; default: as in shop.yaml.")
]
StickerOption = Annotated[
    bool, typer.Option("--sticker", help="Disposition stickers of inspected units instead.")
]
CarrierOption = Annotated[
    Path | None, typer.Option("--carrier", metavar="FILE", help="A carrier's label, PDF or PNG.")
]
StartAtOption = Annotated[
    int, typer.Option("--start-at", metavar="N", help="First free cell of a used sheet.")
]
PaperKindOption = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="Only label, or only slip.")
]
MissingOption = Annotated[
    str, typer.Option("--on-missing", metavar="WORD", help="A sign no font has: fail or replace.")
]
KeepGoingOption = Annotated[
    bool, typer.Option("--keep-going", help="Print the others when one cannot be printed.")
]
FontsOption = Annotated[
    list[Path] | None, typer.Option("--font", metavar="FILE", help="A font to use; repeatable.")
]
StationOption = Annotated[
    str | None, typer.Option("--station", metavar="NAME", help="Where it was unpacked.")
]
TrackingOption = Annotated[
    str | None, typer.Option("--tracking", metavar="NO", help="The parcel's tracking number.")
]
ReceivedOption = Annotated[
    str | None, typer.Option("--received-at", metavar="ISO", help="When it arrived; else now.")
]
DispositionOption = Annotated[
    str | None,
    typer.Option("--disposition", metavar="WORD", help="Where it goes; else as the policy says."),
]
LocationOption = Annotated[str, typer.Option("--location", metavar="PLACE", help="Bin or shelf.")]
RefundStateOption = Annotated[
    str | None, typer.Option("--state", metavar="STATE", help="Only this state, such as submitted.")
]
OfReturnOption = Annotated[
    str | None, typer.Option("--rma", metavar="RMA", help="Only refunds of this return.")
]
RefundOfOrderOption = Annotated[
    str | None, typer.Option("--order", metavar="ORDER", help="Only refunds of this order.")
]
ReferenceOption = Annotated[
    str | None, typer.Option("--reference", metavar="REF", help="The provider's reference.")
]
AnchorOption = Annotated[
    Path | None,
    typer.Option("--anchor", metavar="FILE", help="Compare with a backup's manifest."),
]
PolicyArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A policy file.")]
OldPolicyArgument = Annotated[Path, typer.Argument(metavar="OLD", help="The policy as it was.")]
NewPolicyArgument = Annotated[
    Path, typer.Argument(metavar="NEW", help="The policy as it shall be.")
]
AgainstOption = Annotated[
    Path | None,
    typer.Option("--against", metavar="OLD", help="Compare with this policy, not the records."),
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="First day of the request.")
]
StepsOption = Annotated[
    str | None, typer.Option("--steps", metavar="NAMES", help="Only these, between commas.")
]
RunSinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="Leave alone what is older.")
]
MaxTimeOption = Annotated[
    str | None, typer.Option("--max-time", metavar="TIME", help="Begin nothing new after 30m.")
]
RunArgument = Annotated[int, typer.Argument(metavar="RUN", min=1, help="A run's number.")]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Last day of the request.")
]
FactsOption = Annotated[
    Path, typer.Option("--facts", metavar="FILE", help="Facts as in a case: given and as_of.")
]
PublishOption = Annotated[
    str, typer.Option("--as", metavar="FORM", help="html, md, jsonld or google.")
]
BooksOption = Annotated[
    str, typer.Option("--as", metavar="FORM", help="csv, beancount, hledger or ledger.")
]
OriginOption = Annotated[bool, typer.Option("--origin", help="Say where each comes from.")]
InDoubtOption = Annotated[bool, typer.Option("--in-doubt", help="Not known whether paid.")]
PublishedOption = Annotated[
    Path | None, typer.Option("-o", metavar="FILE", help="Write it there; else to stdout.")
]
NewPolicyName = Annotated[
    str, typer.Argument(metavar="[NAME]", help="Its name, and that of its file.")
]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="Its title, as customers read it.")
]
DaysOption = Annotated[
    int | None, typer.Option("--days", metavar="N", min=0, help="Days after the delivery.")
]
ReturnShippingOption = Annotated[
    str | None,
    typer.Option("--return-shipping", metavar="WHO", help="shop, customer, or an amount kept."),
]
RestockingOption = Annotated[
    str | None, typer.Option("--restocking", metavar="FEE", help="10%, or an amount per unit.")
]
CountriesOption = Annotated[
    list[str] | None,
    typer.Option("--country", metavar="CODE", help="Where it holds, such as US; repeatable."),
]
RefundDaysOption = Annotated[
    int | None, typer.Option("--refund-days", metavar="N", min=0, help="Days until money is paid.")
]
MarkupOption = Annotated[
    Path | None, typer.Option("--from", metavar="FILE", help="schema.org markup to start from.")
]
PolicyFolderOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Folder; else the shop's policies/.")
]
TargetArgument = Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")]
PrintedArgument = Annotated[Path, typer.Argument(metavar="FILE.pdf", help="A printed PDF.")]
BackupArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")]
WhoArgument = Annotated[str, typer.Argument(metavar="WHO", help="A mail address or a customer id.")]
EvenIfOpenOption = Annotated[bool, typer.Option("--even-if-open", help="Also while open.")]
FolderArgument = Annotated[
    Path | None, typer.Argument(metavar="[DIR]", help="The folder; else the current one.")
]
DemoArgument = Annotated[
    Path | None, typer.Argument(metavar="[DIR]", help="The folder; else returns-demo.")
]
JsonSchemaOption = Annotated[
    bool, typer.Option("--json-schema", help="Print the JSON Schema of a command's answer.")
]
ModeOption = Annotated[
    str, typer.Option("--mode", metavar="MODE", help="receive, inspect, count or find.")
]
BlindOption = Annotated[bool, typer.Option("--blind", help="Do not say what is awaited.")]
PrintEachOption = Annotated[bool, typer.Option("--print-each", help="A sticker a unit.")]
CardOption = Annotated[bool, typer.Option("--card", help="Print the command cards.")]
WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[WHAT]...", help="A command, a topic or an error code."),
]
