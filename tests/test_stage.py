"""Who gets GO when, and that nobody is left running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from concviz.errors import ScenarioError, TargetError
from concviz.recordings.follow import opened
from concviz.runs.launch import Launch
from concviz.scenarios.lesson import Pane, Parameter, Scenario
from concviz.stage import Conditions, Stage
from tests.stand_in import StandInRun
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.scenarios.lesson import Order


def scenario_of(folder: Path, *names: str, order: Order = "together") -> Scenario:
    for name in names:
        (folder / f"{name}.py").write_text(f"print('{name}')")
    panes = tuple(Pane("threads", folder / f"{name}.py", name) for name in names)
    return Scenario("mine", "Mine", "My own", "", order, panes, (Parameter("workers", "WORKERS", 4, 1, 8, ""),), folder)


def stand_in_stage(scenario: Scenario) -> tuple[Stage, list[str], list[StandInRun]]:
    """A stage, what its runs are asked for, and the runs."""
    told: list[str] = []
    make: Any = lambda launch: StandInRun(launch, told)  # noqa: E731 - it stands for the class Run
    stage = Stage(scenario, make_run=make)
    runs: Any = list(stage.runs)
    return stage, told, runs


def test_together_nobody_goes_before_all_are_ready(tmp_path: Path) -> None:
    stage, told, (a, b) = stand_in_stage(scenario_of(tmp_path, "a", "b"))
    stage.start()

    a.state = "ready"
    stage.poll()
    before = list(told)
    b.state = "ready"
    stage.poll()

    assert before == ["prepare a", "prepare b"]
    assert told[2:] == ["go a", "go b"]


def test_one_that_failed_to_start_keeps_nobody_waiting(tmp_path: Path) -> None:
    stage, told, (a, b) = stand_in_stage(scenario_of(tmp_path, "a", "b"))
    stage.start()

    a.state, b.state = "failed", "ready"
    stage.poll()

    assert "go b" in told


def test_in_turn_the_next_is_prepared_when_the_one_before_has_ended(tmp_path: Path) -> None:
    stage, told, (a, b) = stand_in_stage(scenario_of(tmp_path, "a", "b", order="in turn"))
    stage.start()
    a.state = "ready"
    stage.poll()
    stage.poll()
    before = list(told)

    a.state = "ended"
    stage.poll()
    b.state = "ready"
    stage.poll()

    assert before == ["prepare a", "go a"]
    assert told[2:] == ["prepare b", "go b"]


def test_it_has_ended_when_all_have_and_none_is_to_come(tmp_path: Path) -> None:
    stage, _, (a, b) = stand_in_stage(scenario_of(tmp_path, "a", "b", order="in turn"))
    stage.start()
    a.state = "ready"
    stage.poll()
    a.state = "ended"
    waits_for_b = not stage.ended

    stage.poll()
    b.state = "ended"

    assert waits_for_b
    assert stage.ended


def test_stopped_in_the_first_turn_there_is_no_second(tmp_path: Path) -> None:
    stage, told, (a, _) = stand_in_stage(scenario_of(tmp_path, "a", "b", order="in turn"))
    stage.start()
    a.state = "running"

    stage.stop()
    stage.poll()

    assert stage.ended
    assert "prepare b" not in told


def test_all_are_asked_to_stop_before_one_is_waited_for(tmp_path: Path) -> None:
    stage, told, (a, b) = stand_in_stage(scenario_of(tmp_path, "a", "b"))
    stage.start()
    a.state = b.state = "running"

    stage.stop()

    assert told[2:] == ["ask a", "ask b", "stop a", "stop b"]


def test_an_interrupt_is_for_those_that_run(tmp_path: Path) -> None:
    stage, told, (a, b) = stand_in_stage(scenario_of(tmp_path, "a", "b"))
    stage.start()
    assert not stage.interrupt()
    a.state = b.state = "ready"
    stage.poll()
    a.state, b.state = "ready", "ended"  # of the first nothing was heard yet since its GO

    assert stage.interrupt()

    assert told[4:] == ["interrupt a"]


def test_one_pane_is_ended_and_the_others_go_on(tmp_path: Path) -> None:
    stage, told, (a, b) = stand_in_stage(scenario_of(tmp_path, "a", "b"))
    stage.start()
    a.state = b.state = "running"

    stage.end(1)

    assert told[2:] == ["ask b"]


def test_parameters_reach_the_programs_as_their_environment(tmp_path: Path) -> None:
    stage = Stage(scenario_of(tmp_path, "a"), {"workers": 7})
    try:
        assert stage.values == {"workers": 7}
        launch = stage.runs[0].launch
        assert isinstance(launch, Launch)
        assert launch.env == {"WORKERS": "7"}
    finally:
        stage.close()


def test_an_order_that_was_asked_for_holds_over_the_scenarios(tmp_path: Path) -> None:
    stage = Stage(scenario_of(tmp_path, "a"), conditions=Conditions(order="in turn"))
    try:
        assert stage.order == "in turn"
    finally:
        stage.close()


def test_what_cannot_be_run_is_told_before_anything_is_made(tmp_path: Path) -> None:
    scenario = scenario_of(tmp_path, "a", "b")
    (tmp_path / "b.py").unlink()

    with pytest.raises(TargetError, match=r"b\.py"):
        Stage(scenario)
    with pytest.raises(ScenarioError, match="workers cannot be 99"):
        Stage(scenario_of(tmp_path, "a"), {"workers": 99})


def test_real_programs_run_and_are_saved_as_one_recording(tmp_path: Path) -> None:
    stage = Stage(scenario_of(tmp_path, "a", "b"))
    try:
        stage.start()
        until(lambda: stage.poll() is not None and stage.ended, "the end of both")
        stage.stop()
        stage.save(tmp_path / "both.cvz")
    finally:
        stage.close()

    follow = opened(tmp_path / "both.cvz")
    assert (follow.head["name"], follow.head["title"], follow.head["values"]) == ("mine", "Mine", {"workers": 4})
    assert [[line.text for line in timeline.output] for timeline in follow.timelines] == [["a"], ["b"]]


@pytest.mark.parametrize(("order", "each"), [("together", 0.02), ("in turn", 0.06)])
def test_panes_that_run_at_once_share_the_budget_for_looking(tmp_path: Path, order: Order, each: float) -> None:
    scenario = scenario_of(tmp_path, "a", "b", "c", order=order)
    make: Any = lambda launch: StandInRun(launch, [])  # noqa: E731 - it stands for the class Run
    stage = Stage(scenario, conditions=Conditions(budget=0.06), make_run=make)

    assert [run.launch.budget for run in stage.runs] == pytest.approx([each] * 3)
