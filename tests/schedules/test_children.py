"""Child processes that work, and are replaced when they do not come back."""

from __future__ import annotations

import os
import sys
import time

import pytest

from concviz.errors import TargetError
from concviz.schedules.children import Children
from concviz.schedules.errors import StuckError


def refuse() -> None:
    raise TargetError("there is no such file", "check the path")


def hashes() -> tuple[int, set[int]]:
    return hash("concviz"), os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else {0}


def test_each_child_keeps_to_one_core_and_hashes_the_same() -> None:
    with Children(1) as one, Children(1) as other:
        first, second = one.submit(hashes).result(), other.submit(hashes).result()

    assert first[0] == second[0]
    assert len(first[1]) == 1


def knows(module: str) -> bool:
    return module in sys.modules


def test_a_child_has_loaded_what_programs_under_control_need_before_it_is_asked() -> None:
    with Children(1) as children:
        assert children.submit(knows, "concviz.gates.run").result()
        assert children.submit(knows, "asyncio").result()
        assert not children.submit(knows, "textual").result()


def test_one_that_hangs_is_replaced() -> None:
    with Children(1, limit_seconds=0.2) as children:
        before = children.submit(os.getpid).result()
        with pytest.raises(StuckError, match=r"did not come back within 0\.2 s"):
            children.submit(time.sleep, 60).result()

        assert children.submit(os.getpid).result() != before


def test_one_that_dies_is_replaced() -> None:
    with Children(1) as children:
        with pytest.raises(StuckError, match="signal SIGABRT"):
            children.submit(os.abort).result()

        assert children.submit(abs, -1).result() == 1


def test_an_error_of_ours_comes_back_as_it_was() -> None:
    with Children(1) as children, pytest.raises(TargetError, match=r"there is no such file \(check the path\)"):
        children.submit(refuse).result()


def test_another_error_comes_back_in_words() -> None:
    with Children(1) as children, pytest.raises(RuntimeError, match="ValueError: invalid literal"):
        children.submit(int, "x").result()


def test_the_end_does_not_wait_for_what_runs() -> None:
    children = Children(1)
    running, waiting = children.submit(time.sleep, 60), children.submit(abs, 1)

    children.shutdown()

    assert waiting.cancelled()
    assert running.cancelled() or isinstance(running.exception(0), StuckError)
