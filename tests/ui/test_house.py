from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from concviz.errors import RecordingError, ScenarioError, TargetError
from concviz.runs.launch import Launch
from concviz.stage import Conditions
from concviz.ui.house import House
from tests.builders import lane, recorded
from tests.ui.stand_ins import StandInStage

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.stage import Stage


def test_a_stage_is_closed_once_whoever_comes_first() -> None:
    house, stage, other = House(), StandInStage(()), StandInStage(())
    house.admit(stage)
    house.admit(other)

    house.close(stage)
    house.close(stage)
    house.close_all()
    house.close_all()

    assert (stage.asked, other.asked) == (["close"], ["close"])


def test_the_built_in_scenarios_begin_with_the_three_models() -> None:
    scenarios = list(House().scenarios())

    assert scenarios[0].name == "three_models"
    assert [pane.model for pane in scenarios[0].panes] == ["threads", "processes", "asyncio"]


def test_a_script_is_a_scenario_of_one_pane_and_a_folder_is_what_its_lesson_says(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text("print(1)\n")

    assert House().load(str(script)).panes[0].script == script
    with pytest.raises(TargetError, match="no file"):
        House().load(str(tmp_path / "no.py"))
    with pytest.raises(ScenarioError, match=r"lesson\.toml"):
        House().load(str(tmp_path))


def test_what_the_command_line_asked_for_holds_again_and_its_interpreter_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCVIZ_SETTINGS", str(tmp_path / "settings.json"))
    monkeypatch.setattr("concviz.stage.Stage.start", lambda _: None)
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text("print(1)\n")
    house = House()
    one, two = house.load(str(tmp_path / "one.py")), house.load(str(tmp_path / "two.py"))

    house.open(one, {}, conditions=Conditions(args=("a",), lines=False, order="in turn"))
    again, together, other = house.open(one, {}), house.open(one, {}, "together"), house.open(two, {})
    launches = [cast("Stage", stage).runs[0].launch for stage in (again, together, other)]
    orders = [stage.order for stage in (again, together, other)]
    house.close_all()

    assert [(launch.args, launch.lines) for launch in launches if isinstance(launch, Launch)] == [
        (("a",), False),
        (("a",), False),
        ((), False),
    ]
    assert orders == ["in turn", "together", "together"]


def test_a_recording_stands_on_stage_like_runs_that_have_ended(tmp_path: Path) -> None:
    path = recorded(tmp_path / "x.cvz", lane("A").runs(0).ends(9), ended=10, title="mine", model="threads", script="/x/mine.py")
    house = House()

    stage = house.replay(path)
    run = stage.runs[0]

    assert (stage.scenario, stage.title, stage.poll()) == (None, "x.cvz", False)
    assert (run.state, run.launch.title, run.launch.model, run.failure) == ("ended", "mine", "threads", "")
    assert run.exit is not None
    assert run.exit.words == "done"
    stage.save(tmp_path / "copy.cvz")
    assert house.replay(tmp_path / "copy.cvz").runs[0].launch.title == "mine"
    with pytest.raises(RecordingError):
        stage.save(tmp_path / "no" / "copy.cvz")
    house.close_all()


def test_a_recording_that_was_cut_off_has_no_end(tmp_path: Path) -> None:
    path = recorded(tmp_path / "x.cvz", lane("A").runs(0))

    run = House().replay(path).runs[0]

    assert (run.state, run.exit) == ("ended", None)
