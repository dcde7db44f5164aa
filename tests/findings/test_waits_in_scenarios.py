"""In the library nobody is said to be stuck but those who are; and no pane that is correct is warned of about its waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.findings.finding import Weight
from concviz.findings.search import checks, look_with
from concviz.runs.launch import Launch
from concviz.runs.run import Run
from concviz.scenarios.catalogue import builtin
from tests.findings.endless import LONG_ENOUGH_NS
from tests.scenarios.programs import FOLDER, QUICK
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

ABOUT_WAITS = {"deadlock", "stuck", "lock-order", "contention", "convoy", "starvation", "left-running"}
ENDLESS = {
    "deadlock/opposite_order.py": {"deadlock"},
    "dining_philosophers/left_first.py": {"deadlock"},
    "reentrant_lock/lock.py": {"deadlock"},
    "lost_wakeup/notify_first.py": {"stuck"},
    "fork_with_a_lock/fork.py": {"stuck"},
    "full_queue/join_first.py": {"stuck"},
}
"""Those that never end, and what is found in each."""

NAMES = (
    "barrier_phases",
    "condition",
    "deadlock",
    "dining_philosophers",
    "event_start",
    "fork_with_a_lock",
    "full_queue",
    "giving_up",
    "livelock",
    "lost_wakeup",
    "more_philosophers",
    "ping_pong",
    "pool",
    "producer_consumer",
    "reentrant_lock",
    "semaphore",
    "sentinel",
    "start_methods",
)
SCRIPTS = [f"{scenario.name}/{pane.script.name}" for scenario in builtin() if scenario.name in NAMES for pane in scenario.panes]


def warnings(script: str, folder: Path) -> set[str]:
    """The checks of waits that warn of this program: when it has ended, or has stood still for a while."""
    run = Run(Launch(FOLDER / script, lines=False, cwd=folder, env=QUICK))
    try:
        run.prepare()
        until(lambda: run.poll() and run.state == "ready", "the program being ready")
        run.go()
        until(lambda: run.poll() is not None and (run.state == "ended" or (script in ENDLESS and _stands(run))), "its end")
        found = [finding for check in checks() if check.name in ABOUT_WAITS for finding in look_with(check, run.timeline, None)]
        return {finding.kind for finding in found if finding.weight >= Weight.WARNING}
    finally:
        run.close()


def _stands(run: Run) -> bool:
    timeline = run.timeline
    return timeline.end_ns - (int(timeline.events.time_ns[-1]) if len(timeline.events) else timeline.end_ns) > 2 * LONG_ENOUGH_NS


@pytest.mark.parametrize("script", SCRIPTS)
def test_only_what_is_wrong_is_warned_of(tmp_path: Path, script: str) -> None:
    assert warnings(script, tmp_path) == ENDLESS.get(script, set())


def test_every_endless_one_is_among_them() -> None:
    assert set(ENDLESS) <= set(SCRIPTS)
