"""Start a policy: a commented file and its cases, from answers or from a page's markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.domain.errors import ConflictError, InvalidError, UsageError
from returns_cli.operations.print_policy_schema import SCHEMA_FILE, policy_schema_text
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop, is_there

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy
    from returns_cli.policy.starting.answers import Start

MOST_BYTES = 4 * 1024 * 1024
"""Of a page with markup: shop pages are large, and most of one is not markup."""


@dataclass(frozen=True, slots=True)
class StartRequest:
    """What was typed or answered; None takes what suits the rest.

    Attributes:
        name: of the policy and its file.
        return_shipping: ``shop``, ``customer``, or an amount that is kept.
        restocking: ``10%`` or an amount per unit.
        countries: ISO 3166-1 alpha-2.
        refund_days: days in which the money is promised.
        markup: a file with schema.org markup to start from; answers beside it win.
        folder: where the files go; else the shop's ``policies/``, else the current folder.
        dry_run: write nothing.
    """

    name: str = "returns"
    title: str | None = None
    days: int | None = None
    return_shipping: str | None = None
    restocking: str | None = None
    countries: tuple[str, ...] = ()
    currency: str | None = None
    refund_days: int | None = None
    markup: Path | None = None
    folder: Path | None = None
    dry_run: bool = False


def start_policy(request: StartRequest, shop: Shop | None = None) -> Json:
    """Write ``NAME.yaml``, ``NAME.cases.yaml`` and the schema that an editor checks them by.

    What is there is never overwritten.

    The policy is read before it is written, so that no answer makes one that cannot be.

    Raises:
        ConflictError: a file of that name is there (6).
        InvalidError: the markup contradicts itself, or holds prose where a value belongs; the
            shop has a policy that fits the same orders equally well, so that none would decide (7).
        UsageError: an answer that cannot be a policy's, or a file that cannot be read (2).
        OutputError: a file cannot be written (9).
    """
    from returns_cli.policy.starting.answers import starter_text
    from returns_cli.policy.starting.cases import starter_cases

    if request.name.endswith(".cases"):
        raise UsageError(
            "E-USAGE-POLICY",
            f"{request.name} would be read as the cases of another policy.",
            where="returns policy new",
            hint="Give a name that does not end with .cases.",
        )
    folder = request.folder or (shop.folder / "policies" if shop is not None else Path())
    start, not_taken = _start(request, shop)
    text = starter_text(start)
    policy = _prove(start.name, text, shop)
    texts = {f"{start.name}.yaml": text, f"{start.name}.cases.yaml": starter_cases(start)}
    for name in texts:
        if is_there(folder / name):
            raise ConflictError(
                "E-POLICY-THERE",
                f"{name} is there already, and is not overwritten.",
                where=str(folder / name),
                hint="Give another name: returns policy new NAME.",
            )
    if shop is not None and folder == shop.folder / "policies":
        _look_beside(policy, shop)
    if not is_there(folder / SCHEMA_FILE):
        texts[SCHEMA_FILE] = policy_schema_text()
    if not request.dry_run:
        from returns_cli.documents import write_file

        for name, text in texts.items():
            write_file(folder / name, text.encode())
    return {
        "policy": start.name,
        "files": [str(folder / name) for name in texts],
        "not_taken": not_taken,
    }


def starter_files(request: StartRequest) -> dict[str, str]:
    """The policy of some answers, its cases and the schema of policies, by name; not written.

    Raises:
        UsageError: an answer that cannot be a policy's (2).
    """
    from returns_cli.policy.starting.answers import starter_text
    from returns_cli.policy.starting.cases import starter_cases

    start, _ = _start(request, None)
    text = starter_text(start)
    _prove(start.name, text, None)
    return {
        f"{start.name}.yaml": text,
        f"{start.name}.cases.yaml": starter_cases(start),
        SCHEMA_FILE: policy_schema_text(),
    }


def _start(request: StartRequest, shop: Shop | None) -> tuple[Start, list[Json]]:
    """The answers as a policy says them, over what the markup said."""
    from returns_cli.policy.starting.answers import Start
    from returns_cli.policy.starting.reader import MarkupStart
    from returns_cli.policy.starting.terms import read_start

    config = shop.config if shop is not None else None
    found = MarkupStart()
    if request.markup is not None:
        wanted = request.currency or (config.currency if config is not None else None)
        found = read_start(_read(request.markup), request.markup.name, wanted, request.countries)
    start = Start(
        request.name,
        request.title or found.said.get("title") or "Returns",
        request.currency or found.currency or (config.currency if config is not None else "USD"),
    )
    start = start._replace(**found.answers)
    if not start.countries and not request.countries and request.markup is None and config:
        start = start._replace(countries=(config.country,) if config.country else ())
    return _answered(start, request), [{"name": n, "why": w} for n, w in found.not_taken]


def _answered(start: Start, request: StartRequest) -> Start:
    if request.countries:
        start = start._replace(countries=request.countries)
    if request.days is not None:
        start = start._replace(days=request.days)
    if request.restocking is not None:
        start = start._replace(restocking=request.restocking)
    if request.refund_days is not None:
        start = start._replace(refund_days=request.refund_days)
    paid = request.return_shipping
    if paid is not None:
        label = "customer" if paid == "customer" else "prepaid"
        amount = "0" if paid in ("shop", "customer") else paid
        start = start._replace(label=label, return_shipping=amount)
    return start


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            "E-FILE-UNREADABLE",
            f"{path.name} cannot be read: {(error.strerror or 'it is refused').lower()}.",
            where=str(path),
            hint="Check the name and its permissions.",
        ) from error
    if len(data) > MOST_BYTES:
        raise InvalidError(
            "E-MARKUP-JSON",
            f"{path.name} has more than {MOST_BYTES // 1024} KiB.",
            where=str(path),
            hint="Save the markup alone: what stands inside the script element.",
        )
    return data


def _look_beside(policy: Policy, shop: Shop) -> None:
    """Refuse a policy that would fight with one of the shop; say whose orders it takes."""
    from returns_cli.policy.choose import narrowness
    from returns_cli.policy.lint import check_side_by_side

    others = [one for one in shop.policies() if one.currency == policy.currency]
    for one in others:
        problems = check_side_by_side([one, policy])
        if any(problem.code == "E-POLICY-OVERLAP" for problem in problems):
            raise InvalidError(
                "E-POLICY-OVERLAP",
                f"{policy.id} and {one.id} would fit the same orders equally well.",
                where=one.shown_as,
                hint="Name other countries with --country, write it elsewhere with --out, or "
                f"take {one.shown_as} away first.",
            )
    wider = [one.id for one in others if narrowness(one) < narrowness(policy)]
    if wider and policy.countries:
        shop.notes.append(
            f"{policy.id} now judges orders to {', '.join(policy.countries)} in place of "
            f"{', '.join(wider)}: the narrower policy decides."
        )


def _prove(name: str, text: str, shop: Shop | None) -> Policy:
    """The policy of the answers; refuses an answer that no policy can hold."""
    from returns_cli.policy.language import parse_policy

    tables = shop.config.tables if shop is not None else None
    try:
        return parse_policy(text.encode(), f"{name}.yaml", tables)
    except InvalidError as error:
        problem = error.problems[0] if error.problems else None
        raise UsageError(
            "E-USAGE-POLICY",
            f"This cannot be a policy: {problem.message if problem else error.message}",
            where="returns policy new",
            hint=problem.hint if problem else error.hint,
        ) from error


def option_values(values: Sequence[str] | None) -> tuple[str, ...]:
    """Values of a repeatable option, also where they were typed with commas between them."""
    return tuple(one.strip().upper() for text in values or () for one in text.split(","))
