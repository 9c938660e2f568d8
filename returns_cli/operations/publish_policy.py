"""Write policies in a form that others read: a page, Markdown, or a product feed's fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.domain.days import parse_instant
from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.operations.named_policies import language_of, named_policies
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy
    from returns_cli.policy.publish.plan import NotSaid, Place

FORMATS = ("html", "md", "jsonld", "google")


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """What is to be published.

    Attributes:
        form: one of :data:`FORMATS`.
        files: policies; none for all of the shop.
        language: of html and md, BCP 47; else the shop's.
        target: the file to write; None only answers the text.
        as_of: the clock, for seasons that come back every year; else the shop's.
        dry_run: write nothing.
    """

    form: str
    files: Sequence[Path] = ()
    language: str | None = None
    target: Path | None = None
    as_of: str | None = None
    dry_run: bool = False


def publish_policies(request: PublishRequest, shop: Shop | None = None) -> Json:
    """The text of the publication, and what of the policies it does not say.

    A page and Markdown say everything. A file that was there is replaced, whole. The same
    policies, settings and day always give the same bytes.

    Raises:
        InvalidError: a policy cannot be accepted (7).
        UsageError: no such form, or a file that cannot be read (2).
        NotFoundError: the shop has no policy (5).
        OutputError: the file cannot be written (9).
    """
    if request.form not in FORMATS:
        raise UsageError(
            "E-USAGE",
            f"There is no form {request.form!r}.",
            where="--as",
            hint=nearest_or_all(request.form, FORMATS),
        )
    policies = named_policies(request.files, shop)
    language = language_of(request.language, shop)
    text, unsaid, spoken = _content(request, policies, language, shop)
    if request.target is not None and not request.dry_run:
        from returns_cli.documents import write_file

        write_file(request.target, text.encode())
    return {
        "as": request.form,
        "policies": [policy.id for policy in policies],
        "language": spoken,
        "path": str(request.target) if request.target is not None else None,
        "content": text,
        "not_said": [{"at": one.at, "name": one.name, "why": one.why} for one in unsaid],
    }


def _content(
    request: PublishRequest, policies: Sequence[Policy], language: str, shop: Shop | None
) -> tuple[str, Sequence[NotSaid], str | None]:
    if request.form in ("html", "md"):
        from returns_cli.policy.publish.html import outlines_html
        from returns_cli.policy.publish.md import outline_md
        from returns_cli.policy.words.policy import explain_policy

        outlines = [explain_policy(policy, language) for policy in policies]
        spoken = outlines[0].language
        if request.form == "html":
            return outlines_html(outlines), (), spoken
        return "\n".join(outline_md(outline) for outline in outlines), (), spoken
    from returns_cli.policy.publish.google import policies_google
    from returns_cli.policy.publish.jsonld import policies_jsonld

    place = _place(shop, _today(request.as_of, shop))
    write = policies_jsonld if request.form == "jsonld" else policies_google
    text, unsaid = write(policies, place)
    return text, unsaid, None


def _place(shop: Shop | None, today: date) -> Place:
    from returns_cli.policy.publish.plan import Place

    if shop is None:
        return Place(today=today)
    config = shop.config
    countries = {name: address.country for name, address in config.addresses.items()}
    return Place(config.return_page, countries, config.country, today)


def _today(as_of: str | None, shop: Shop | None) -> date:
    if shop is not None:
        return shop.today
    if as_of is None:
        return datetime.now(UTC).date()
    try:
        return parse_instant(as_of, UTC).date()
    except ValueError as error:
        raise UsageError(
            "E-USAGE-DATE",
            f"--as-of: {error}.",
            where="--as-of",
            hint="Write 2026-03-20 or 2026-03-20T09:30:00+01:00.",
        ) from error
