"""Commands of the floor, for the clerk at the bench: receive, inspect, dispose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.cli.judged import answer_returns, exit_by_rejects, read_items
from returns_cli.domain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from returns_cli.cli.goods_options import PhotoFilesOption, SerialOption
    from returns_cli.cli.options import (
        Context,
        DispositionOption,
        DryRunOption,
        FileOption,
        ItemsOption,
        KeyOption,
        LocationOption,
        NoteOption,
        ParcelArgument,
        ReceivedOption,
        StationOption,
        StrictOption,
        TrackingOption,
    )

    FileOperation: TypeAlias = Callable[..., dict[str, object]]


def receive(
    context: Context,
    rma: ParcelArgument = None,
    items: ItemsOption = None,
    file: FileOption = None,
    station: StationOption = None,
    tracking: TrackingOption = None,
    received_at: ReceivedOption = None,
    key: KeyOption = None,
    strict: StrictOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Record goods that arrived; without --item, all that is still awaited.

    Each call adds a new fact unless --key says that it is the same one.
    """
    from returns_cli.operations.receive_items import ReceiveRequest, receive_file, receive_items

    call = invocation_of(context)
    if file is not None:
        _from_file(call, receive_file, rma, file, strict, dry_run)
        return
    request = ReceiveRequest(
        rma=_needed(rma, "receive"),
        items=read_items(items),
        key=key,
        station=station,
        tracking=tracking,
        received_at=received_at,
    )
    answer = receive_items(call.shop(dry_run=dry_run), request)
    answer_returns(call, [answer], changed=True)


def inspect_(
    context: Context,
    rma: ParcelArgument = None,
    items: ItemsOption = None,
    file: FileOption = None,
    disposition: DispositionOption = None,
    note: NoteOption = "",
    serial: SerialOption = "",
    photo: PhotoFilesOption = None,
    key: KeyOption = None,
    strict: StrictOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Record the grade of goods that were looked at, as LINE[:UNITS]=GRADE.

    Each call adds a new fact unless --key says that it is the same one.
    """
    from returns_cli.operations.inspect_items import InspectRequest, inspect_file, inspect_items

    call = invocation_of(context)
    if file is not None:
        _from_file(call, inspect_file, rma, file, strict, dry_run)
        return
    request = InspectRequest(
        rma=_needed(rma, "inspect"),
        items=read_items(items),
        disposition=disposition,
        note=note,
        serial=serial,
        photos=tuple(photo or ()),
        key=key,
    )
    answer = inspect_items(call.shop(dry_run=dry_run), request)
    answer_returns(call, [answer], changed=True)


def dispose(
    context: Context,
    rma: ParcelArgument = None,
    items: ItemsOption = None,
    file: FileOption = None,
    location: LocationOption = "",
    key: KeyOption = None,
    strict: StrictOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Record where inspected goods were put, as LINE[:UNITS][=DISPOSITION].

    Each call adds a new fact unless --key says that it is the same one.
    """
    from returns_cli.operations.dispose_items import DisposeRequest, dispose_file, dispose_items

    call = invocation_of(context)
    if file is not None:
        _from_file(call, dispose_file, rma, file, strict, dry_run)
        return
    request = DisposeRequest(
        rma=_needed(rma, "dispose"), items=read_items(items), location=location, key=key
    )
    answer = dispose_items(call.shop(dry_run=dry_run), request)
    answer_returns(call, [answer], changed=True)


def _from_file(
    call: Invocation, operation: FileOperation, rma: str | None, file: Path, strict: bool, dry: bool
) -> None:
    from returns_cli.cli.pages.imports import rows_page

    if rma is not None:
        raise UsageError(
            "E-USAGE",
            "A file names its returns itself.",
            where="--file",
            hint="Give either an RMA or --file FILE.",
        )
    call.renders(rows_page)
    answer = operation(call.shop(dry_run=dry), call.source(file), strict=strict)
    call.show(answer)
    exit_by_rejects(call, answer)


def _needed(rma: str | None, verb: str) -> str:
    if rma is None:
        raise UsageError(
            "E-USAGE",
            "No return was named.",
            where=f"returns {verb}",
            hint=f"Write returns {verb} RMA, a tracking or order number, or --file FILE.",
        )
    return rma
