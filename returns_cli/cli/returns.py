"""Commands over single returns, for whoever answers customers: open, amend, list, show, find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.cli.judged import answer_returns, exit_by_verdict, read_answers, read_items
from returns_cli.domain.errors import Exit

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        AnswersOption,
        ChannelOption,
        ConditionOption,
        Context,
        DryRunOption,
        ExchangeOption,
        ExitCodeOption,
        ItemsOption,
        KeyOption,
        KindOption,
        LimitOption,
        NewExchangeOption,
        NewNoteOption,
        NewPhotosOption,
        NewWantOption,
        NoteOption,
        OfOrderOption,
        OpenOption,
        OrderArgument,
        OverdueOption,
        PhotosOption,
        RemoveOption,
        RequestedOption,
        RmaArgument,
        RmasNeeded,
        StateOption,
        TextArgument,
        VerdictOption,
        WantOption,
    )
    from returns_cli.cli.script_options import FailIfOption


def open_(
    context: Context,
    order: OrderArgument,
    items: ItemsOption = None,
    want: WantOption = "refund",
    kind: KindOption = "return",
    condition: ConditionOption = None,
    photos: PhotosOption = 0,
    answers: AnswersOption = None,
    note: NoteOption = "",
    requested_at: RequestedOption = None,
    exchange_sku: ExchangeOption = "",
    channel: ChannelOption = None,
    key: KeyOption = None,
    exit_code: ExitCodeOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Open a return for an order and judge it at once.

    An item is LINE[:UNITS]=REASON: `2=too_small` takes all units of line 2, `2:1=too_small` one of
    them. A SKU stands for its line where it is unambiguous; `sku:2` is the SKU 2.
    """
    from returns_cli.operations.open_return import OpenRequest, open_return

    call = invocation_of(context)
    request = OpenRequest(
        order=order,
        items=read_items(items),
        channel=channel,
        want=want,
        kind=kind,
        condition=condition,
        photos=photos,
        answers=read_answers(answers),
        note=note,
        requested_at=requested_at,
        exchange_sku=exchange_sku,
        key=key,
    )
    answer = open_return(call.shop(dry_run=dry_run), request)
    answer_returns(call, [answer], changed=True)
    exit_by_verdict(call, [answer], wanted=exit_code)


def amend(
    context: Context,
    rma: RmaArgument,
    items: ItemsOption = None,
    want: NewWantOption = None,
    condition: ConditionOption = None,
    photos: NewPhotosOption = None,
    answers: AnswersOption = None,
    remove: RemoveOption = None,
    note: NewNoteOption = None,
    exchange_sku: NewExchangeOption = None,
    exit_code: ExitCodeOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Change a return before any goods arrive; it is judged again.

    An item changes its line or adds it; what is not named stays as it was.
    """
    from returns_cli.operations.amend_return import AmendRequest, amend_return

    call = invocation_of(context)
    request = AmendRequest(
        rma=rma,
        items=read_items(items),
        remove=tuple(remove or ()),
        want=want,
        condition=condition,
        photos=photos,
        answers=read_answers(answers),
        note=note,
        exchange_sku=exchange_sku,
    )
    answer = amend_return(call.shop(dry_run=dry_run), request)
    answer_returns(call, [answer], changed=True)
    exit_by_verdict(call, [answer], wanted=exit_code)


def list_(
    context: Context,
    states: StateOption = None,
    order: OfOrderOption = None,
    channel: ChannelOption = None,
    verdict: VerdictOption = None,
    open_only: OpenOption = False,
    overdue: OverdueOption = False,
    limit: LimitOption = None,
    fail_if: FailIfOption = None,
) -> None:
    """List returns, oldest first; with --fail-if overdue, exit 10 when a listed refund is late."""
    from returns_cli.cli.pages.lists import returns_page
    from returns_cli.cli.thresholds import watches_overdue
    from returns_cli.operations.list_returns import ListFilter, is_overdue, list_returns

    call = invocation_of(context)
    call.renders(returns_page)
    watched = watches_overdue(fail_if)
    chosen = ListFilter(
        states=tuple(states or ()),
        order=order,
        channel=channel,
        verdict=verdict,
        open_only=open_only,
        overdue=overdue,
        limit=limit,
    )
    shop = call.shop()
    rows = list_returns(shop, chosen)
    call.show(rows)
    if watched and any(is_overdue(row, shop.today) for row in rows):
        call.exit = Exit.CHECK_FAILED


def show(context: Context, rmas: RmasNeeded) -> None:
    """Show everything about a return: request, verdict, goods, money, and what to do next."""
    from returns_cli.operations.show_return import show_return

    call = invocation_of(context)
    shop = call.shop()
    answer_returns(call, [show_return(shop, rma) for rma in rmas])


def find(context: Context, text: TextArgument, limit: LimitOption = None) -> None:
    """Find returns by name, mail, postcode, order, RMA or tracking number."""
    from returns_cli.cli.pages.lists import found_page
    from returns_cli.operations.list_returns import find_returns

    call = invocation_of(context)
    call.renders(found_page)
    call.show(find_returns(call.shop(), text, limit=limit or 50))
