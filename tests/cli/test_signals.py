"""A signal ends a command at once, or once what is being written stands."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from returns_cli.cli.signals import Signals, Terminated

BOTH = pytest.mark.parametrize(
    ("number", "raised"),
    [
        pytest.param(signal.SIGINT, KeyboardInterrupt, id="Ctrl-C"),
        pytest.param(signal.SIGTERM, Terminated, id="TERM"),
    ],
)


@pytest.fixture
def signals() -> Iterator[Signals]:
    found = Signals()
    with found.caught():
        yield found


@BOTH
def test_a_signal_unwinds_the_stack_and_the_handler_before_comes_back(
    number: signal.Signals, raised: type[BaseException]
) -> None:
    before = signal.getsignal(number)
    with pytest.raises(raised), Signals().caught():
        signal.raise_signal(number)
    assert signal.getsignal(number) == before


@BOTH
def test_a_held_signal_waits_for_the_end_of_what_is_written(
    signals: Signals, number: signal.Signals, raised: type[BaseException]
) -> None:
    done = []

    def work() -> None:
        with signals.held():
            with signals.held():
                signal.raise_signal(number)
                done.append("the inner part")
            done.append("the outer part")

    with pytest.raises(raised):
        work()
    assert done == ["the inner part", "the outer part"]
    with signals.held():
        done.append("nothing waits any more")


def test_a_second_signal_does_not_wait(signals: Signals) -> None:
    done = []

    def work() -> None:
        with signals.held():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGTERM)
            done.append("never")

    with pytest.raises(Terminated):
        work()
    assert done == []
    with signals.held():
        done.append("nothing waits any more")


def test_a_signal_that_the_process_ignores_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Signals().caught():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_outside_the_main_thread_signals_are_left_alone() -> None:
    done: list[bool] = []

    def work() -> None:
        with Signals().caught():
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
