"""Real processes, stepped by a person: forward, back, and broken off in the midst."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concviz.runs import descendants
from concviz.stepping.play import Play, Way
from concviz.stepping.request import Request
from concviz.stepping.session import Session
from concviz.stepping.token import asked, of_play
from tests.stepping.toys import led, settled
from tests.waiting import until
from tests.walls.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.stepping.session import Stands

PROGRAMS = ROOT / "tests" / "gates" / "processes"

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")


@contextmanager
def play(name: str, way: Way | None = None) -> Iterator[Play]:
    made = Play(Request(PROGRAMS / f"{name}.py"), way or Way(memory=False), keeps_ready=False)
    try:
        yield settled(made)
    finally:
        made.close()


def go(made: Play, *workers: int) -> None:
    for worker in workers:
        assert made.stands is not None
        assert led(made, lambda worker=worker: made.grant(worker)).stands is not None  # type: ignore[misc]


def seen(made: Play) -> list[tuple[str, str, str]]:
    return [(step.option.name, step.option.operation, step.seen) for step in made.steps]


def shared() -> set[str]:
    """Semaphores and blocks that are there."""
    return {path.name for path in Path("/dev/shm").iterdir() if path.name.startswith(("sem.", "psm_"))}


def test_an_update_is_lost_between_processes_by_hand_and_a_step_back_undoes_it() -> None:
    with play("lost_update") as made:
        go(made, 1, 2, 3, 2, 3, 2, 3)
        lost = [value for name, operation, value in seen(made) if operation == "write"]
        led(made, lambda: made.undo(2))
        go(made, 2, 2)
        kept = [value for name, operation, value in seen(made) if operation in {"read", "write"}]

    assert lost == ["1", "1"]
    assert kept == ["0", "0", "1"]


def test_who_is_blocked_by_another_process_is_told() -> None:
    with play("with_a_lock") as made:
        go(made, 1, 2, 2, 3)

        assert made.stands is not None
        assert ("Process-2", "`counter` is held by Process-1") in [(one.name, one.blocked) for one in made.stands.blocked]


def test_a_token_leads_there_again() -> None:
    with play("lost_update") as made:
        go(made, 1, 2, 3, 2, 3, 2, 3)
        token, steps = of_play(made), seen(made)
    with play("lost_update", asked(token, PROGRAMS / "lost_update.py")) as again:
        assert again.diverged is None
        assert seen(again) == steps[: len(again.steps)]


@contextmanager
def session(name: str, *workers: int) -> Iterator[Session]:
    """One that has granted these a step each, and stands."""
    made = Session(Request(PROGRAMS / f"{name}.py"))

    def stands() -> Stands | None:
        made.poll(0.05)
        return made.stands

    try:
        made.go(memory=False)
        for worker in workers:
            standing = until(stands, "a run that stands")
            assert standing is not None
            made.grant([one.worker for one in standing.can].index(worker))
        until(stands, "a run that stands")
        yield made
    finally:
        made.close()


def test_closing_in_the_midst_leaves_neither_processes_nor_what_they_shared() -> None:
    before = shared()
    with session("spawned", 1, 2, 3, 1) as made:
        below, there = descendants.below(made.pid), shared()
        made.close()

        assert len(below) > 3
        assert there > before
        assert [pid for pid in below if descendants.alive(pid)] == []
        assert shared() == before


def test_processes_end_with_whoever_steps_them_even_if_that_is_killed() -> None:
    with session("put_and_get", 1, 2, 2, 3) as made:
        below = descendants.below(made.pid)
        os.kill(made.pid, signal.SIGKILL)

        assert len(below) > 2
        until(lambda: not [pid for pid in below if descendants.alive(pid)], "the end of all processes")
