"""Short pages that ``returns help TOPIC`` prints."""

_EXIT_CODES = """\
Exit codes: frozen, scripts may rely on them

    0  done, also an empty list
    1  the program itself failed; a crash file says where, without personal data
    2  wrong usage, also a file named on the command line that cannot be read
    3  partly: some rows were refused, the rest is committed
    4  denied or to review (only with --exit-code)
    5  not found: order, return, refund
    6  conflict: wrong state, over a limit, same key with other content
    7  invalid input, policy or configuration; nothing was written
    8  the store cannot be used: missing, locked, damaged, newer, read-only, disk full
    9  an output could not be delivered; what is recorded stands, run again
   10  a check did not hold (policy test, doctor, journal verify --anchor)
   11  declined, or a question that cannot be asked
  130  Ctrl-C
  141  the reader closed the pipe
  143  a TERM signal

Warnings never change the exit code.
"""

_STATES = """\
States of a return: derived from its facts, never stored

  requested       not judged yet
  in_review       a person must look at it
  denied          no line may come back
  approved        goods may come
  in_transit      the parcel was seen on its way
  received        some units are in, not all are inspected
  inspected       all that came is inspected, money is outstanding
  refund_pending  a refund is submitted or in doubt
  refunded        paid in full
  closed          nothing left to pay
  cancelled       called off
  expired         nothing came in time

Open are all but denied, refunded, closed, cancelled and expired.

States of a refund: planned, submitted, confirmed, failed, in_doubt, reversed
"""

_ITEMS = """\
Items: how --item names goods

  LINE[:UNITS][=WORD]

  2                line 2, all units
  2:1              one unit of line 2
  2=too_small      all units of line 2, with a reason (open) or a grade (inspect)
  2:1=opened       one unit of line 2, graded
  SHIRT-M=defective    by SKU, where it stands on one line only
  sku:2=defective      the SKU 2; digits alone are always a line number

An order is its number, with or without #, or CHANNEL/NUMBER such as web/1042.
"""

_OUTPUT = """\
Output: data on stdout, talk on stderr

  --format table   for people; aligned text in a pipe, no colour, no boxes
  --format json    one object or array; the same as --json
  --format jsonl   one object a line
  --format csv     a header line and rows, safe to open in a spreadsheet

Errors are three lines on stderr: what happened, where, what next. With --json they are one
object: {"error": {"code", "message", "where", "hint", "exit"}}.

--quiet leaves out the talk. NO_COLOR, TERM=dumb and --no-color leave out the colour. Control,
escape and direction characters in what customers wrote are always shown as escapes.
"""

TOPICS: dict[str, str] = {
    "exit-codes": _EXIT_CODES,
    "states": _STATES,
    "items": _ITEMS,
    "output": _OUTPUT,
}
