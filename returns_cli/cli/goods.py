"""Goods behind the bench: unexpected list and match, stock moves and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.cli.judged import exit_by_rejects, read_items

if TYPE_CHECKING:
    from returns_cli.cli.goods_options import (
        AgainOption,
        AlsoGoneOption,
        AnyPlaceOption,
        AtPlaceOption,
        DispositionsOption,
        GoodsArgument,
        GoodsItemOption,
        MatchTarget,
        MoveSinceOption,
        MoveUntilOption,
        StillThereOption,
        StockFormOption,
        StockSkuOption,
        TemplateOption,
    )
    from returns_cli.cli.options import (
        Context,
        DispositionOption,
        DryRunOption,
        LimitOption,
        LocationOption,
        NoteOption,
        PublishedOption,
        WantOption,
    )


def unexpected_list(context: Context, also_gone: AlsoGoneOption = False) -> None:
    """List goods that nobody announced: surplus, unknown, beyond what was sold; oldest first."""
    from returns_cli.cli.pages.goods import unexpected_page
    from returns_cli.operations.list_unexpected import list_unexpected_goods

    call = invocation_of(context)
    call.renders(unexpected_page)
    call.show(list_unexpected_goods(call.shop(), also_gone=also_gone))


def unexpected_match(
    context: Context,
    number: GoodsArgument,
    target: MatchTarget = None,
    item: GoodsItemOption = None,
    want: WantOption = "refund",
    disposition: DispositionOption = None,
    location: LocationOption = "",
    note: NoteOption = "",
    dry_run: DryRunOption = False,
) -> None:
    """Match unexpected goods to a return, to an order, or put them away as they are.

    For an order a return is opened first and judged by the policy: give --item LINE=REASON.
    """
    from returns_cli.cli.pages.goods import matched_page
    from returns_cli.operations.match_unexpected import MatchRequest, match_unexpected_goods

    call = invocation_of(context)
    call.renders(matched_page)
    items = read_items([item] if item is not None else None)
    request = MatchRequest(
        number, target, items[0] if items else None, want, disposition, location, note
    )
    call.show(match_unexpected_goods(call.shop(dry_run=dry_run), request))


def stock_moves(
    context: Context,
    dispositions: DispositionsOption = None,
    sku: StockSkuOption = None,
    location: AtPlaceOption = None,
    every: AnyPlaceOption = False,
    open_only: StillThereOption = False,
    since: MoveSinceOption = None,
    until: MoveUntilOption = None,
    limit: LimitOption = None,
) -> None:
    """List goods that became stock again; with --disposition, what lies elsewhere."""
    from returns_cli.cli.pages.goods import moves_page
    from returns_cli.operations.list_stock_moves import MoveFilter, list_stock_moves

    call = invocation_of(context)
    call.renders(moves_page)
    wanted = MoveFilter(
        tuple(dispositions or ()), sku, location, every, open_only, since, until, limit
    )
    call.show(list_stock_moves(call.shop(), wanted))


def stock_export(
    context: Context,
    form: StockFormOption,
    template: TemplateOption = None,
    location: AtPlaceOption = None,
    again: AgainOption = False,
    target: PublishedOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write the stock that came back since the last export, and mark it as exported.

    Shopify's import sets absolute quantities: --template is a fresh inventory export, to which
    the units are added. A stale one, or one that was used before, is refused.
    """
    from returns_cli.cli.pages.goods import stock_page
    from returns_cli.operations.export_stock import StockRequest, export_stock

    call = invocation_of(context)
    call.renders(stock_page)
    shop = call.shop(dry_run=dry_run)
    request = StockRequest(form, template, target, location, again)
    answer = export_stock(shop, request)
    if target is None and call.output.format == "table":
        call.output.write_file(str(answer["content"]))
        call.say_more(dry_run=dry_run)
    else:
        call.show(answer)
    exit_by_rejects(call, answer)
