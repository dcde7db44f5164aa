"""Which waits have a limit, as far as the source tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.timeline.patience import limited, outside, signals
from tests.builders import FILE, lane, timeline

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline

LIMITED = """\
lock.acquire(timeout=2)
lock.acquire(True, 2)
lock.acquire(blocking=False)
lock.acquire(False)
event.wait(1)
items.get(timeout=left)
items.get(True, 1)
items.put(1, True, 2)
worker.join(1)
future.result(1)
wait(fs, timeout=1)
"""
UNLIMITED = """\
lock.acquire()
lock.acquire(timeout=None)
lock.acquire(True)
with lock: pass
event.wait()
event.wait(None)
items.get()
items.put(1)
worker.join()
future.result()
', '.join(names)
not python at all
"""


def reading(source: str) -> Timeline:
    """A worker that waits in line 1 of this source."""
    built = timeline(lane("A").runs(0).waits_for("x", 1, line=1), now=10)
    built.add_source(FILE, source)
    return built


@pytest.mark.parametrize("line", LIMITED.splitlines())
def test_a_call_with_a_limit_is_known(line: str) -> None:
    assert limited(reading(line), 1, task=False)


@pytest.mark.parametrize("line", UNLIMITED.splitlines())
def test_one_without_is_too(line: str) -> None:
    assert not limited(reading(line), 1, task=False)


@pytest.mark.parametrize("call", ["asyncio.timeout(1)", "asyncio.wait_for(work(), 1)"])
def test_a_limit_anywhere_may_be_around_a_task_but_not_around_a_thread(call: str) -> None:
    built = reading(f"lock.acquire()\n{call}")

    assert limited(built, 1, task=True)
    assert not limited(built, 1, task=False)


def test_without_its_source_a_call_has_none_and_anybody_may_wake() -> None:
    built = timeline(lane("A").runs(0).waits_for("x", 1, line=1), now=10)

    assert not limited(built, 1, task=True)
    assert outside(built)
    assert signals(built)


def test_words_in_the_source_tell_who_else_may_wake() -> None:
    assert not outside(reading("lock.acquire()"))
    assert outside(reading("loop.call_later(1, event.set)"))
    assert not signals(reading("loop.call_later(1, event.set)"))
    assert signals(reading("signal.signal(signal.SIGINT, stop)"))
