"""List unattended runs, and show what one did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.runs import Run


def list_runs(shop: Shop, *, limit: int | None = None) -> list[Json]:
    """Runs, the newest first; one without an end was stopped, or is at work now."""
    from returns_cli.store import runs

    with shop.open_store(read_only=True) as store, store.reading():
        return [_view(one) for one in runs.list_runs(store, limit)]


def show_run(shop: Shop, run_id: int) -> Json:
    """What a run did, step by step, and the problems that it met.

    Raises:
        NotFoundError: there is none of that number (5).
    """
    from returns_cli.store import runs

    with shop.open_store(read_only=True) as store, store.reading():
        run, steps, problems = runs.find_run(store, run_id)
    return {
        **_view(run),
        "steps": [{**one._asdict(), "files": list(one.files)} for one in steps],
        "problems": [one._asdict() for one in problems],
    }


def _view(run: Run) -> Json:
    return {
        "run": run.run_id,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "actor": run.actor,
        "wanted": list(run.steps),
        "entries": run.entries,
        "head": run.head,
        "exit": run.exit,
    }
