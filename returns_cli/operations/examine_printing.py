"""Whether the printer and the sizes of paper that ``shop.yaml`` names are there."""

from __future__ import annotations

import shutil
import subprocess

from returns_cli.domain.errors import UsageError
from returns_cli.operations.finding import Finding, fine, mend
from returns_cli.operations.shop import SHOP_FILE, Shop

_PATIENCE = 5  # seconds until a print server counts as silent
_USUAL = {"label": "4x6", "slip": "a4"}


def examine_sizes(shop: Shop) -> Finding:
    """Every size under ``paper`` is one that this paper can have."""
    from returns_cli.documents.sizes import find_sheet

    paper = shop.config.paper
    try:
        for use in ("label", "slip", "insert"):
            if use in paper:
                find_sheet(paper[use], use)
    except UsageError as error:
        return mend("sizes", f"{SHOP_FILE}: {error.message}", error.hint)
    said = ", ".join(f"{use}s {paper.get(use, usual)}" for use, usual in _USUAL.items())
    return fine("sizes", f"Paper is made for {said}.")


def examine_printer(shop: Shop) -> Finding:
    """The printer of ``shop.yaml``, as the print system (CUPS) knows it."""
    name = shop.config.paper.get("printer")
    has_lp = shutil.which("lp") is not None
    if not name:
        here = "`lp` is here for --printer" if has_lp else "paper is written to files"
        return fine("printer", f"{SHOP_FILE} names none; {here}.")
    if not has_lp:
        return mend(
            "printer",
            f"The program `lp` is not here, so nothing reaches the printer {name}.",
            "Install CUPS (Debian: cups-client), or take `printer` out of paper in shop.yaml.",
        )
    if said := _refusal(name):
        return mend(
            "printer",
            f"The print system does not take jobs for {name}: {said}",
            "See the printers with `lpstat -p -d`; name one of them in paper.printer.",
        )
    return fine("printer", f"{name} takes jobs.")


def _refusal(name: str) -> str:
    """What the print system says against a printer; empty where it takes jobs."""
    if name.startswith("-"):
        return "it is not a printer's name."
    try:
        done = subprocess.run(  # noqa: S603 - a list of words, no shell
            ["lpstat", "-a", name],  # noqa: S607 - found on the path, as `lp` is
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "`lpstat` does not answer."
    text = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
    refuses = done.returncode != 0 or " not accepting" in text
    return (text[:200] or "it is not known") if refuses else ""
