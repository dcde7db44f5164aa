from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from concviz.gates.choice import End
from concviz.schedules.token import check_of
from concviz.stepping.play import Lead, Play, Way
from tests.stepping.toys import a_request, led, settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[pytest.MonkeyPatch, Path]:
    return monkeypatch, tmp_path


Folder = tuple[pytest.MonkeyPatch, "Path"]


@contextmanager
def play(folder: Folder, name: str, way: Way | None = None) -> Iterator[Play]:
    made = Play(a_request(*folder, name), way or Way())
    try:
        yield settled(made)
    finally:
        made.close()


def did(play: Play) -> list[tuple[int, str]]:
    return [(step.option.worker, step.option.operation) for step in play.steps]


def test_the_one_who_is_granted_goes_and_nobody_else(folder: Folder) -> None:
    with play(folder, "lost.py") as made:
        for worker in (2, 2, 1):
            led(made, lambda worker=worker: made.grant(worker))  # type: ignore[misc]

        assert did(made) == [(2, "start"), (2, "read"), (1, "start")]
        assert made.choices == (1, 0, 1)


def test_one_who_cannot_go_is_not_granted(folder: Folder) -> None:
    with play(folder, "deadlock.py") as made:
        for worker in (1, 1, 2, 2):
            led(made, lambda worker=worker: made.grant(worker))  # type: ignore[misc]

        assert made.grant(1) is False
        assert made.outcome is not None
        assert made.outcome.end is End.DEADLOCK


def test_going_back_is_the_same_run_again_up_to_the_step_before_as_far_as_the_start(folder: Folder) -> None:
    with play(folder, "lost.py") as made:
        seen = []
        for worker in (1, 1, 2, 2):
            seen.append((did(made), made.stands))
            led(made, lambda worker=worker: made.grant(worker))  # type: ignore[misc]
        back = []
        for _ in range(5):
            led(made, made.undo)
            back.append((did(made), made.stands))

    assert back == [*reversed(seen), seen[0]]


def test_chance_goes_on_to_the_end_and_the_same_seed_goes_the_same_way(folder: Folder) -> None:
    ways = []
    for seed in (1, 1, 2, 3, 4, 5):
        with play(folder, "lost.py", Way(seed=seed)) as made:
            led(made, made.let_chance)
            assert made.outcome is not None
            ways.append(made.choices)

    assert ways[0] == ways[1]
    assert len(set(ways)) > 1


def test_chance_can_be_stopped_and_then_the_person_chooses(folder: Folder) -> None:
    with play(folder, "spins.py") as made:
        made.let_chance()
        made.poll(0.05)
        led(made, made.pause)

        assert made.lead is Lead.HAND
        assert made.stands is not None
        assert 0 < len(made.steps) < 20_000


def test_on_to_the_next_choice_passes_over_what_is_nobody_elses_business(folder: Folder) -> None:
    with play(folder, "lost.py") as made:
        stops = []
        while made.outcome is None:
            led(made, made.to_next)
            stops.append(did(made)[-1])

    assert stops == [(1, "start"), (1, "read"), (2, "end")]


def test_a_prefix_is_gone_through_at_once(folder: Folder) -> None:
    with play(folder, "lost.py", Way((0, 0, 1))) as made:
        assert did(made) == [(1, "start"), (1, "read"), (2, "start")]
        assert made.stands is not None
        assert made.diverged is None


def test_a_prefix_that_cannot_be_followed_says_at_which_step(folder: Folder) -> None:
    with play(folder, "lost.py", Way((0, 7))) as made:
        assert made.diverged == 2
        assert len(made.steps) == 1


def test_a_prefix_that_grants_something_else_than_it_did_says_so_too(folder: Folder) -> None:
    with play(folder, "lost.py", Way((0, 0, 1), ((0, check_of("1 start ")), (2, check_of("2 read counter"))))) as made:
        assert made.diverged == 3
        assert len(made.steps) == 2


def test_another_granularity_begins_at_the_start(folder: Folder) -> None:
    with play(folder, "lost.py") as made:
        led(made, lambda: made.grant(1))
        led(made, lambda: made.start_again(Way(memory=False)))

        assert made.memory is False
        assert did(made) == []
