"""The event loops' lag as a row."""

from __future__ import annotations

from concviz.drawing.axis import Axis, View
from concviz.drawing.lag import lag
from concviz.events import Kind
from tests.builders import lane, timeline

MS = 1_000_000


def row(ready_ms: float, resumed_ms: float) -> list[str]:
    made = timeline(
        lane("main", kind="process").runs(0),
        lane("task", kind="task").ready(ready_ms, by="main").resumes(resumed_ms, on="main"),
        now=1000,
    )
    return lag(made, View(Axis(0, 1000 * MS, 10), 12, None, 0)).to_text().splitlines()


def test_a_task_that_was_kept_waiting_is_a_bar_as_long_as_its_wait() -> None:
    assert row(200, 500) == ["lag 300 ms    ▄▄▄"]


def test_a_loop_in_time_has_no_row() -> None:
    assert row(200, 210) == []


def test_a_sleeper_is_late_from_when_its_time_was_up() -> None:
    made = timeline(
        lane("main", kind="process").runs(0),
        lane("task", kind="task").does(Kind.SLEEP, 100, arg=100 * MS).ready(590, by="main").resumes(600, on="main").does(Kind.SLEPT, 600),
        now=1000,
    )

    assert lag(made, View(Axis(0, 1000 * MS, 10), 12, None, 0)).to_text().splitlines() == ["lag 400 ms    ▅▅▅▅"]
