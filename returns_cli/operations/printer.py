"""Send finished paper to a printer of CUPS: an argument list, no shell, no scaling."""

from __future__ import annotations

import subprocess
from typing import NamedTuple

from returns_cli.domain.errors import OutputError

_PATIENCE = 60  # seconds; lp only queues
_LONGEST_REASON = 200
_HINT = (
    "The files lie where they were written. See the printers with `lpstat -p`, then print again."
)


class Job(NamedTuple):
    """One file for a printer.

    Attributes:
        size: name of the paper, as ``--size`` has it.
        is_raw: whether it is in the printer's own language (ZPL) and passes unchanged.
        title: what the queue shows; it names a return, never a person.
    """

    data: bytes
    size: str
    is_raw: bool
    title: str


def send(printer: str, job: Job) -> None:
    """Give a job to ``lp`` and wait until the queue has it.

    Raises:
        OutputError: ``E-PRINTER`` (9): no ``lp``, no such printer, or the queue refused.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a list of words, no shell
            command(printer, job),
            input=job.data,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except FileNotFoundError as error:
        raise _refused(
            printer, "the program `lp` is not here", "Install CUPS (Debian: cups-client)."
        ) from error
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise _refused(printer, "`lp` did not answer", _HINT) from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[:_LONGEST_REASON]
        raise _refused(printer, said or f"`lp` ended with {done.returncode}", _HINT)


def command(printer: str, job: Job) -> list[str]:
    """The words of the call; the paper itself goes through standard input.

    >>> command("Zebra", Job(b"", "4x6", True, "label RMA-7F3K2QX"))
    ['lp', '-d', 'Zebra', '-t', 'label RMA-7F3K2QX', '-o', 'raw']
    """
    words = ["lp", "-d", printer, "-t", job.title]
    if job.is_raw:
        return [*words, "-o", "raw"]
    return [*words, "-o", f"media={_media(job.size)}", "-o", "print-scaling=none"]


def _media(size: str) -> str:
    """The paper as CUPS names it: its own name for office paper, else its measures."""
    from returns_cli.documents.sizes import sheets

    sheet = sheets()[size]
    if sheet.media:
        return sheet.media
    return f"Custom.{sheet.width:g}x{sheet.height:g}mm"


def _refused(printer: str, reason: str, hint: str) -> OutputError:
    return OutputError(
        "E-PRINTER", f"The printer {printer} took nothing: {reason}.", where="--printer", hint=hint
    )
