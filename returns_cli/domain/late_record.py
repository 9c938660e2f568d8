"""A mapping that is worked out when somebody first looks: most decisions' facts are never read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping


class LateRecord(Mapping[str, object]):
    """Behaves as the mapping that ``work_out`` gives, which is asked for once and only if needed.

    Args:
        work_out: looks only at what does not change any more.
        write: gives the same mapping as canonical JSON (``domain.decision_json``); None where it
            has no shorter way than over the mapping.
    """

    __slots__ = ("_found", "_work_out", "write")

    def __init__(
        self,
        work_out: Callable[[], Mapping[str, object]],
        write: Callable[[], str] | None = None,
    ) -> None:
        self._work_out = work_out
        self._found: Mapping[str, object] | None = None
        self.write = write

    def _record(self) -> Mapping[str, object]:
        if self._found is None:
            self._found = self._work_out()
        return self._found

    def __getitem__(self, key: str) -> object:
        return self._record()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._record())

    def __len__(self) -> int:
        return len(self._record())

    def __repr__(self) -> str:
        return repr(self._record())
