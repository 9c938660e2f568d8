"""What each problem code says and advises, in a shop's words: one place for all readers.

A message holds no cell value: the value stands beside it in the problem. A reader may say it more
exactly than this table; the hint then still holds.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The standard message and hint of a code."""

    message: str
    hint: str


_SAVE_AS_CSV = "Save the file as CSV in UTF-8 and read that."
_MEND_ROW = "Mend the row in the reject file and import that file."

WORDS: dict[str, Words] = {
    # file refused
    "E-FILE-EMPTY": Words("The file holds no header.", "Export it again; nothing was read."),
    "E-FILE-NOT-TEXT": Words("The file is not a CSV.", _SAVE_AS_CSV),
    "E-FILE-CHANGED": Words(
        "The file changed while it was read.", "Wait until it is written, then run again."
    ),
    "E-ENC-UTF16": Words(
        "The file is UTF-16, not UTF-8.", "Save it as CSV in UTF-8, or add --encoding utf-16."
    ),
    "E-ENC-INVALID": Words("The file holds bytes that are not text in its encoding.", ""),
    "E-CSV-UNCLOSED-QUOTE": Words(
        "A quotation mark opens in the record that starts here and does not close properly.",
        "Close it, or double the marks inside the cell; nothing was read.",
    ),
    "E-CSV-DUP-HEADER": Words(
        "Two columns have the same name, and it is one that is read.",
        "Rename or remove one of the two columns.",
    ),
    "E-CSV-HEADER": Words("A needed column is missing.", "Add the column, or export it too."),
    "E-FORMAT-UNKNOWN": Words(
        "No known format has these columns.",
        "Name its format with --from, or describe its columns with --map; "
        "`returns orders import --sniff FILE` starts a mapping.",
    ),
    "E-FORMAT-AMBIGUOUS": Words(
        "The columns fit more than one format.", "Name the format with --from."
    ),
    "E-FORMAT-COMMAND": Words("Another command reads this file.", ""),
    "E-CURRENCY-MISSING": Words(
        "The file has no currency column and the shop names no currency.",
        "Add --currency, or currency: in shop.yaml.",
    ),
    # row refused
    "E-CSV-NUL": Words("The row holds a NUL byte.", "Remove it; a damaged export is best redone."),
    "E-CSV-RAGGED": Words(
        "The row does not have as many cells as the header.",
        "Put cells that hold the delimiter in quotation marks.",
    ),
    "E-CSV-FIELD-TOO-LONG": Words("A cell is longer than 32,767 characters.", "Shorten it."),
    "E-ORDER-ID-MISSING": Words(
        "The row has no order number and there is no order above it.", _MEND_ROW
    ),
    "E-ORDER-PART": Words(
        "Another row of this order was refused, and an order is all or nothing.",
        "Mend the other row; the reject file holds them together.",
    ),
    "E-ORDER-CONFLICT": Words(
        "The row states another value for the whole order than a row before it.",
        "Leave the cell empty or make the rows agree.",
    ),
    "E-ORDER-NO-LINES": Words(
        "The file says something of an order whose items are not known.",
        "Import the file with the order's items, at once or before.",
    ),
    "E-LINE-DUP": Words("The line number stands twice in this order.", "Number the lines anew."),
    "E-DATE": Words(
        "This is not a date that can be read without guessing.",
        "Write it as 2026-03-05, or name its style with --date-format.",
    ),
    "E-QTY": Words("The quantity is not a whole number of at least 1.", _MEND_ROW),
    "E-MONEY": Words(
        "This is not an amount.", "Write it as 1234.50; --decimal comma reads 1.234,50."
    ),
    "E-MONEY-AMBIGUOUS": Words(
        "The mark with three digits behind it could be decimal or grouping.",
        "Say which it is with --decimal dot or --decimal comma.",
    ),
    "E-MONEY-PRECISION": Words("The amount has more decimals than its currency.", _MEND_ROW),
    "E-CURRENCY-UNKNOWN": Words(
        "The currency is not a code of ISO 4217.", "Write it as USD, EUR, JPY."
    ),
    "E-CURRENCY-MIXED": Words(
        "The row is in another currency than its order.", "Give each currency its own order."
    ),
    "E-REFUND-NO-ORDER": Words(
        "The order that this refund is of is in no file of the call and not in the store.",
        "Import the order too, at once or before.",
    ),
    "E-REFUND-OVER": Words(
        "More was refunded than the order came to.", "Compare the order in the shop's own pages."
    ),
    "E-VALUE": Words("The cell holds none of the values this column may have.", _MEND_ROW),
    "E-KEY-CONFLICT": Words(
        "The same key stands in this file with other content.", "Give each row a key of its own."
    ),
    # accepted, flagged
    "W-CSV-DUP-HEADER": Words("Two columns that are not read have the same name.", ""),
    "W-CSV-EXTRA-EMPTY": Words("The row has empty cells beyond the header.", ""),
    "W-CSV-SHORT-ROW": Words("The row lacks its last cells; they were taken as empty.", ""),
    "W-CELL-FORMULA": Words(
        "The cell looks like a spreadsheet formula; it was kept as text.",
        "Check it before opening the file in a spreadsheet.",
    ),
    "W-CELL-CONTROL": Words(
        "The cell holds control or direction characters; it was kept, and is shown escaped.", ""
    ),
    "W-ID-EXCEL": Words(
        "A spreadsheet has turned this number into a power of ten.",
        "Export it again without opening it in a spreadsheet.",
    ),
    "W-GTIN": Words(
        "The GTIN's check digit does not fit; it was kept, and no scanner will ever send it.",
        "Look at the number below the bars of the product.",
    ),
    "W-ZIP-LOST-ZERO": Words(
        "The postcode is too short: a spreadsheet has dropped its leading zero.",
        "Check the address before a label is printed.",
    ),
    "W-ORDER-ID-FALLBACK": Words(
        "The order has no number; its record number was taken.",
        "Check that it is the number customers know.",
    ),
    "W-ORDER-NO-MONEY": Words(
        "The order has no amounts: it is in no total, and its returns pay nothing.",
        "Import a later file with prices.",
    ),
    "W-LINES-SUMMARY": Words(
        "The file does not tell an order's products apart; they were taken as one line.",
        "A return of a part of such a line needs a look at the order.",
    ),
    "W-TOTAL-MISMATCH": Words(
        "The stated total differs from what the lines come to, by the value shown.",
        "Refunds never exceed the stated total.",
    ),
    "W-TOTAL-COMPUTED": Words("The file states no total; it was computed.", ""),
    "W-PAID-UNCLEAR": Words(
        "The order is marked paid but has an outstanding balance.",
        "Only what was paid can be refunded.",
    ),
    "W-STATUS-UNKNOWN": Words("The status is not known; it was kept out of account.", ""),
    "W-QTY-LARGE": Words("The line has more than 10,000 units.", "Check the quantity."),
    "W-PAYMENT-IN-DOUBT": Words(
        "The payment may be one refund or another; nothing was confirmed.",
        "Look at the refund, then say `refunds confirm` or `refunds fail`.",
    ),
    "W-PAYMENT-DUPLICATED": Words(
        "The refund was paid before.", "Look in your provider whether it was paid twice."
    ),
    "W-PAYMENT-AMOUNT": Words(
        "The refund is recorded with another amount.",
        "Say `refunds fail` and record what was paid, or mend it in your provider.",
    ),
    "W-PAYMENT-UNRECORDED": Words(
        "No recorded refund is this payment.", "Record it, or find out who paid it."
    ),
    "W-ROW-DUPLICATE": Words("The same row stands in the file already.", ""),
}


def wording(code: str, message: str = "", hint: str | None = None) -> Words:
    """The words of a code, with a more exact message or hint where a reader has one."""
    standard = WORDS.get(code, Words(message, ""))
    return Words(message or standard.message, standard.hint if hint is None else hint)
