"""A process that runs already, on the run screen: its keys let go of it, and never end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.runs import descendants
from concviz.runs.attachment import Attachment
from concviz.ui.app import ConcvizApp
from concviz.ui.house import House
from concviz.ui.screens.run import RunScreen
from tests.already import THREADS, already, ended
from tests.ui.stand_ins import settled, shown

if TYPE_CHECKING:
    from pathlib import Path

WAITS = 3000
"""So often it is looked whether something has come; each look takes a hundredth of a second."""


@pytest.mark.parametrize("key", ["e", "escape", "q"])
async def test_a_key_that_would_end_a_program_lets_go_of_it(tmp_path: Path, key: str) -> None:
    with already(tmp_path, THREADS) as target:
        house = House()
        app = ConcvizApp(house, house.attach(Attachment(target.pid, events=False)))
        async with app.run_test(size=(120, 36)) as pilot:
            run = app.screen
            assert isinstance(run, RunScreen)
            for _ in range(WAITS):
                if run.stage.runs[0].state == "running" and len(run.model.workers(0)) == 4:
                    break
                await pilot.pause(0.01)
            await settled(pilot)
            assert f"attached to PID {target.pid}" in shown(app)
            assert "not seen: locks, queues" in shown(app)
            assert "e let go" in shown(app)
            await pilot.press(key)
            if key == "e":
                for _ in range(WAITS):
                    if "detached" in shown(app):
                        break
                    await pilot.pause(0.01)
                assert "detached" in shown(app)
        house.close_all()

        assert descendants.alive(target.pid)
        assert ended(target) == ("the program's own last words\n", "", 7)
