"""The built-in lessons: each asks something that any run answers, and real runs answer what the texts say.

A few of them here; all of them, which takes some minutes, by

    python -m pytest -m library tests/lessons
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from concviz.lessons.answer import Case
from concviz.lessons.answers import answer
from concviz.scenarios import ORDER
from concviz.scenarios.catalogue import builtin
from concviz.scenarios.questions import Shape
from concviz.stage import Stage
from concviz.timeline.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from concviz.lessons.answer import Answer
    from concviz.scenarios.lesson import Scenario

LIMIT_SECONDS = 60

AT_ONCE = 3
"""Scenarios that are watched beside each other: most of them mostly wait."""

HOLD = {
    "waiting": ("nearly three times as fast",),
    "join_and_await": ("one",),
    "daemon_threads": ("it is broken off",),
    "names_and_ids": ("one",),
    "exceptions": ("yes, as if nothing had happened",),
    "shared_counter": ("a hundred or more",),
    "one_at_a_time": ("two",),
    "reentrant_lock": ("no, it waits for itself",),
    "condition": ("four times or more",),
    "semaphore": ("as many as there are places",),
    "event_start": ("yes, all of them",),
    "barrier_phases": ("a tenth to a half",),
    "readers_writer": ("more than twice as fast",),
    "thread_local": ("all three",),
    "ping_pong": ("never",),
    "pipe": ("yes, the pipe is full at times",),
    "pipeline": ("all three",),
    "sentinel": ("it is broken off while it waits",),
    "shared_memory": ("a hundred or more",),
    "pool": ("as many as it has workers",),
    "as_completed": ("job 0", "job 3"),
    "task_group": ("it is cancelled",),
    "timeouts": ("it works on to its end",),
    "cancellation": ("it goes on to its end",),
    "connection_pool": ("as many as there are connections",),
    "check_then_act": ("less than nothing: both got it",),
    "double_checked": ("four times",),
    "deadlock": ("no, never",),
    "dining_philosophers": ("no, it is a deadlock",),
    "starvation": ("a reader",),
    "slow_holder": ("longer",),
    "giving_up": ("no",),
    "lost_wakeup": ("no, the notice is lost",),
    "if_for_while": ("one",),
    "blocking_the_loop": ("as long as the call takes, or longer",),
    "forgotten_await": ("no",),
    "lost_task": ("yes",),
    "task_group_failure": ("no", "yes"),
    "lost_exception": ("no",),
    "fork_with_a_lock": ("no, the child waits for ever",),
    "full_queue": ("no, each waits for the other",),
    "chat_server": ("less than a tenth",),
}
"""What comes out on any machine, with the parameters as they came."""

A_FEW = ("join_and_await", "names_and_ids", "thread_local", "task_group", "check_then_act", "deadlock", "if_for_while", "forgotten_await")

NEEDS_LATER = {"sub_interpreters", "eager_tasks"}
"""What an older Python cannot do, and says so."""


@cache
def lessons() -> dict[str, Scenario]:
    return {scenario.name: scenario for scenario in builtin()}


@pytest.mark.parametrize("name", ORDER)
def test_each_lesson_asks_and_has_three_lines_to_take_away_and_a_section_to_read(name: str) -> None:
    lesson = lessons()[name]

    assert lesson.questions
    assert len(lesson.take_away) == 3
    assert lesson.docs
    assert all(len(line) <= 110 for line in lesson.take_away)


@pytest.mark.parametrize("name", ORDER)
def test_whatever_a_run_comes_to_exactly_one_choice_holds(name: str) -> None:
    lesson = lessons()[name]
    for question in lesson.questions:
        for values in ({one.name: bound for one in lesson.parameters} for bound in (1, 7, 1000)):
            spread = [0, 0.99, 1, 2.5, 6, 7, 8, 99, 1e9] if question.shape is Shape.NUMBER else range(len(question.choices))
            places = [question.holds(number, values) for number in spread]

            assert places == sorted(places)
            assert {*places} <= {*range(len(question.choices))}


@pytest.mark.timeout(120)
def test_a_few_lessons_are_answered_by_a_run() -> None:
    assert answered(A_FEW) == {name: HOLD[name] for name in A_FEW}


@pytest.mark.library
@pytest.mark.timeout(900)
def test_every_lesson_is_answered_by_a_run() -> None:
    found = answered(ORDER)

    assert {name for name in ORDER if "" in found[name]} <= NEEDS_LATER
    assert {name: found[name] for name in HOLD} == HOLD


def answered(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Name -> the choices that hold in a run; "" for one that cannot be told."""
    waiting, running, found = list(names), dict[str, Stage](), dict[str, tuple[str, ...]]()
    begun = {}
    try:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                name = waiting.pop(0)
                running[name], begun[name] = opened(lessons()[name]), time.monotonic()
            for name, stage in list(running.items()):
                stage.poll()
                told = answers(lessons()[name], stage)
                if stage.ended or all(one.choice is not None for one in told):
                    told = answers(lessons()[name], stage)
                    questions = lessons()[name].questions
                    found[name] = tuple(
                        "" if one.choice is None else question.choices[one.choice] for one, question in zip(told, questions, strict=True)
                    )
                    running.pop(name).close()
                assert time.monotonic() < begun[name] + LIMIT_SECONDS, (name, told)
            time.sleep(0.02)
    finally:
        for stage in running.values():
            stage.close()
    return found


def opened(lesson: Scenario) -> Stage:
    """Begun, with those panes alone that are asked about."""
    stage = Stage(replace(lesson, panes=tuple(lesson.panes[place] for place in asked(lesson))))
    stage.start()
    return stage


def asked(lesson: Scenario) -> list[int]:
    return sorted({place for question in lesson.questions for place in question.panes})


def answers(lesson: Scenario, stage: Stage) -> list[Answer]:
    runs = dict(zip(asked(lesson), stage.runs, strict=True))
    timelines = tuple(runs[place].timeline if place in runs else Timeline() for place in range(len(lesson.panes)))
    titles = tuple(pane.title for pane in lesson.panes)
    return [answer(Case(question, titles, timelines, stage.values)) for question in lesson.questions]
