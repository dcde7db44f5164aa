"""In the library nobody is said to be stuck but those who are; and no pane that is correct is warned of about its waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.findings.finding import Weight
from concviz.findings.search import checks, look_with
from concviz.scenarios.catalogue import builtin
from tests.findings.endless import LONG_ENOUGH_NS
from tests.scenarios.programs import QUICK
from tests.scenarios.watched import watched

if TYPE_CHECKING:
    from concviz.runs.run import Run
    from tests.scenarios.watched import Seen

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


pytestmark = pytest.mark.timeout(150)


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    return watched(SCRIPTS, QUICK, lambda run: any(str(run.launch.script).endswith(script) for script in ENDLESS) and _stands(run))


def _stands(run: Run) -> bool:
    timeline = run.timeline
    return bool(len(timeline.events)) and timeline.end_ns - int(timeline.events.time_ns[-1]) > 2 * LONG_ENOUGH_NS


@pytest.mark.parametrize("script", SCRIPTS)
def test_only_what_is_wrong_is_warned_of(seen: dict[str, Seen], script: str) -> None:
    """By the checks of waits: when it has ended, or has stood still for a while."""
    found = [finding for check in checks() if check.name in ABOUT_WAITS for finding in look_with(check, seen[script].timeline, None)]

    assert {finding.kind for finding in found if finding.weight >= Weight.WARNING} == ENDLESS.get(script, set())


def test_every_endless_one_is_among_them() -> None:
    assert set(ENDLESS) <= set(SCRIPTS)
