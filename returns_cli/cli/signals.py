"""Ctrl-C and TERM: they end a command at once, or once what it is writing stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Terminated(BaseException):
    """SIGTERM arrived; not an Exception, so that only the entry catches it."""


class Signals:
    """SIGINT and SIGTERM of this process.

    They unwind the stack, so that an open transaction rolls back. While :meth:`held` lasts, the
    first one waits for its end; a second one does not.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._waiting: BaseException | None = None

    @contextmanager
    def caught(self) -> Iterator[None]:
        """While it lasts, signals come here; one that the process ignores stays ignored."""
        import signal

        before = {}
        try:
            for number in (signal.SIGINT, signal.SIGTERM):
                if signal.getsignal(number) is not signal.SIG_IGN:
                    before[number] = signal.signal(number, self._arrive)
        except ValueError:  # not in the main thread: whoever runs us there deals with signals
            yield
            return
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let a signal wait until the end.

        Raises:
            KeyboardInterrupt, Terminated: at its end, the one that arrived.
        """
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._waiting is not None and not self._depth:
                stop, self._waiting = self._waiting, None
                raise stop

    def _arrive(self, number: int, frame: object) -> None:
        import signal

        del frame
        stop = KeyboardInterrupt() if number == signal.SIGINT else Terminated()
        if self._depth and self._waiting is None:
            self._waiting = stop
            return
        self._waiting = None
        raise stop
