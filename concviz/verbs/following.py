"""Waiting for the end of a stage without a screen: Ctrl-C interrupts, twice it ends; so does a timeout."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.attached import AttachedStage
    from concviz.stage import Stage

POLL_SECONDS = 0.01
"""How long nothing is looked at."""


class End(Enum):
    """Why the waiting is over; the value is the exit code that goes with it."""

    ENDED = 0
    TIMED_OUT = 124
    STOPPED = 130


def follow(stage: Stage | AttachedStage, timeout_s: float | None) -> End:
    """Poll until every program has ended; those that live on after `timeout_s`, or after a second Ctrl-C, are ended."""
    until = None if timeout_s is None else time.monotonic() + timeout_s
    with _interrupts() as count:
        obeyed = 0
        while not stage.ended:
            if not stage.poll():
                time.sleep(POLL_SECONDS)
            if len(count) > 1:
                return _stop(stage, End.STOPPED)
            if len(count) > obeyed and stage.interrupt():  # else later: the program is not there yet
                obeyed = 1
            if until is not None and time.monotonic() >= until:
                return _stop(stage, End.TIMED_OUT)
        _settle(stage)
    return End.ENDED


def _stop(stage: Stage | AttachedStage, end: End) -> End:
    stage.stop()
    _settle(stage)
    return end


def _settle(stage: Stage | AttachedStage) -> None:
    """Read to the last word."""
    stage.stop()
    while stage.poll():
        pass


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """Ctrl-C adds to the list instead of raising."""
    count: list[int] = []
    before = signal.signal(signal.SIGINT, lambda *_: count.append(1))
    try:
        yield count
    finally:
        signal.signal(signal.SIGINT, before)
