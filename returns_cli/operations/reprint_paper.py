"""Print the paper of returns again, from the same stored facts: the same bytes."""

from __future__ import annotations

from dataclasses import replace

from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.operations.paper_batch import PaperRequest
from returns_cli.operations.print_paper import print_labels, print_slips
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

_VERBS = {"label": print_labels, "slip": print_slips}
_KEYS = ("files", "problems")


def reprint_paper(shop: Shop, request: PaperRequest, kind: str | None = None) -> Json:
    """Print label and slip of each return into the files they had; nothing is recorded.

    Refused as labels and slips are; both are drawn before the first is written.

    Args:
        shop: the shop.
        request: the returns, and how and where to print.
        kind: ``label`` or ``slip``; None for both.

    Raises:
        UsageError: another kind, or one file for both.
    """
    kinds = _kinds(request, kind)
    each = replace(request, split=request.output_file is None)  # each under its own name, as before
    rehearsal = Shop(shop.folder, shop.actor, shop.as_of_text, dry_run=True)
    for one in kinds:
        _VERBS[one](rehearsal, each)
    answers = [_VERBS[one](shop, each) for one in kinds]
    return {key: [row for answer in answers for row in _rows(answer[key])] for key in _KEYS}


def _kinds(request: PaperRequest, kind: str | None) -> list[str]:
    # A label printer prints labels: ZPL has no slip.
    kinds = [kind] if kind else ["label"] if request.form == "zpl" else list(_VERBS)
    if kinds[0] not in _VERBS:
        raise UsageError(
            "E-USAGE",
            f"`{kind}` is no paper of a return.",
            where="--kind",
            hint=nearest_or_all(kinds[0], _VERBS),
        )
    if request.output_file is not None and len(kinds) > 1:
        raise UsageError(
            "E-USAGE",
            "A label and a slip are two files.",
            where="-o",
            hint="Add --kind label or --kind slip, or name a folder with --out.",
        )
    return kinds


def _rows(listed: object) -> list[object]:
    return list(listed) if isinstance(listed, list) else []
