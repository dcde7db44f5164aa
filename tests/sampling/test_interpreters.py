"""Interpreters with GILs of their own: their threads run beside the main one's GIL, and nobody is made its holder."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from concviz.timeline.gil import OTHERS, gil_partly, gil_shares
from concviz.timeline.states import State
from tests.probes.harness import with_gil
from tests.sampling.seen import shares, watched

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.timeline import Timeline

MODULE = """
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
"""


CODE = "import time; until = time.monotonic() + 0.6\nwhile time.monotonic() < until: pass"


def able() -> list[str]:
    """Pythons that make interpreters with GILs of their own."""
    code = MODULE + "import sys; sys.exit(sys.version_info < (3, 12))"
    return [python for python in with_gil() if subprocess.run([python, "-c", code], stderr=subprocess.DEVNULL, check=False).returncode == 0]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a parent read the memory of a child")
@pytest.mark.parametrize("python", able())
def test_threads_of_other_interpreters_run_while_main_threads_hand_their_gil_over(python: str, tmp_path: Path) -> None:
    source = f"""{MODULE}
import threading
CODE = {CODE!r}
run = getattr(interpreters, "exec", None) or interpreters.run_string
others = [threading.Thread(target=run, args=(interpreters.create(), CODE), name=f"other{{number}}") for number in range(2)]
ours = [threading.Thread(target=exec, args=(CODE, {{}}), name=f"main{{number}}") for number in range(2)]
for thread in others + ours: thread.start()
for thread in others + ours: thread.join()
"""
    timeline = watched(tmp_path, source, python)
    held = gil_shares(timeline, 1, timeline.zero_ns, timeline.end_ns)
    lives = {worker.name: sum(timeline.lane(worker.index).totals().values()) for worker in timeline.workers}
    by_name = {timeline.workers[worker].name: ns for worker, (ns, _) in held.items()}

    for name in ("other0", "other1"):
        found = shares(timeline, name)
        assert found[State.RUNNING] + found[State.READY] > 0.5, found  # without a core it is at times taken for waiting
        assert by_name.get(name, 0) < 0.15 * lives[name]
    for name in ("main0", "main1"):
        assert shares(timeline, name)[State.GIL] > 0.2
    assert sorted(told_holders(timeline, number) for number in timeline.looks.interpreters(1)) == [["other0"], ["other1"]]
    assert gil_partly(timeline, 1) == ""


def told_holders(timeline: Timeline, interpreter: int) -> list[str]:
    """Who was seen to hold that interpreter's GIL while it was held for more than a moment."""
    looks = timeline.looks.holders(1, interpreter)
    held_ns = np.diff(looks["time"], append=timeline.end_ns) * looks["held"]
    return sorted({timeline.workers[worker].name for worker in looks["worker"][held_ns > 100_000_000].tolist()})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a parent read the memory of a child")
@pytest.mark.parametrize("python", able())
def test_whoever_runs_in_an_interpreter_holds_its_gil_until_it_is_destroyed(python: str, tmp_path: Path) -> None:
    source = f"""{MODULE}
import threading
CODE = {CODE!r}
run = getattr(interpreters, "exec", None) or interpreters.run_string
number = interpreters.create()
for turn in range(2):
    thread = threading.Thread(target=run, args=(number, CODE.replace("0.6", "0.2")), name=f"turn{{turn}}")
    thread.start()
    thread.join()
interpreters.destroy(number)
"""
    timeline = watched(tmp_path, source, python)
    (number,) = timeline.looks.interpreters(1)

    assert told_holders(timeline, number) == ["turn0", "turn1"]
    assert not timeline.looks.holders(1, number)["held"][-1], "it is gone"
    assert shares(timeline, "turn0")[State.RUNNING] + shares(timeline, "turn0")[State.READY] > 0.5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a parent read the memory of a child")
@pytest.mark.parametrize("python", able())
def test_one_that_nothing_is_told_of_is_said_not_to_be_read(python: str, tmp_path: Path) -> None:
    source = f"""{MODULE}
import time
make = getattr(interpreters.create, "__wrapped__", interpreters.create)
kept = make()
time.sleep(0.6)
"""
    assert gil_partly(watched(tmp_path, source, python), 1) == OTHERS


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a parent read the memory of a child")
@pytest.mark.parametrize("python", able())
def test_where_there_is_one_interpreter_nothing_is_said_of_others(python: str, tmp_path: Path) -> None:
    timeline = watched(tmp_path, "import time; time.sleep(0.1)", python)

    assert gil_partly(timeline, 1) == ""
