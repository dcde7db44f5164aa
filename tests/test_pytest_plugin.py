"""The plugin as a project has it: marked tests are explored, others are left alone."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import entry_points

import pytest

from tests.walls.tree import ROOT

pytest_plugins = ["pytester"]

INSTALLED = bool(entry_points(group="pytest11", name="concviz"))
PLUGIN = ["-p", "no:cacheprovider"] if INSTALLED else ["-p", "no:cacheprovider", "-p", "concviz.pytest_plugin"]
"""Where concviz is installed, pytest finds it by itself."""

TESTS = """
    import asyncio, sys, threading
    import pytest

    class Counter:
        n = 0
        def add(self):
            value = self.n
            self.n = value + 1

    def twice(counter):
        threads = [threading.Thread(target=counter.add) for _ in range(2)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        assert counter.n == 2

    @pytest.fixture
    def kind():
        return Counter

    @pytest.mark.concviz_explore(schedules=200)
    def test_lost(kind):
        twice(kind())

    @pytest.mark.concviz_explore(schedules=100, races=False)
    async def test_lost_across_await():
        counter = Counter()
        async def add():
            value = counter.n
            await asyncio.sleep(0)
            counter.n = value + 1
        await asyncio.gather(add(), add())
        assert counter.n == 2

    @pytest.mark.concviz_explore(schedules=100)
    async def test_of_tasks_that_do_well():
        await asyncio.gather(asyncio.sleep(0), asyncio.sleep(0))

    @pytest.mark.concviz_explore(strategy="luck")
    def test_with_a_wrong_word():
        pass

    def test_by_the_fixture(concviz_explore):
        found = concviz_explore(lambda: twice(Counter()), check=False, schedules=100)
        assert found.survey.verdict() == "fails"

    class TestOfAClass:
        @pytest.mark.concviz_explore(schedules=100)
        def test_method(self):
            twice(Counter())

    def test_that_is_not_marked():
        twice(Counter())
"""


@pytest.fixture(autouse=True)
def at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it is not installed."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def ran(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    """In a process of its own, as any project's tests."""
    pytester.makepyfile(TESTS)
    return pytester.runpytest_subprocess(*PLUGIN, "--strict-markers", "-o", "asyncio_mode=auto", *words)


def test_marked_tests_are_explored_and_others_are_not(pytester: pytest.Pytester) -> None:
    result = ran(pytester, "-rA")

    told = result.stdout.str()
    outcomes = {name: outcome for outcome, name in re.findall(r"^(PASSED|FAILED) \S+::(\w+)", told, re.MULTILINE)}
    assert outcomes == {
        "test_lost": "FAILED",
        "test_lost_across_await": "FAILED",
        "test_of_tasks_that_do_well": "PASSED",
        "test_with_a_wrong_word": "FAILED",
        "test_by_the_fixture": "PASSED",
        "test_method": "FAILED",
        "test_that_is_not_marked": "PASSED",
    }
    assert "goes first, though Thread-" in told
    assert "there is no strategy 'luck'" in told


def test_a_token_is_honoured(pytester: pytest.Pytester) -> None:
    first = ran(pytester, "-k", "test_lost and not await").stdout.str()
    token = re.findall(r'replay="([\w-]+)"', first)[0]

    again = ran(pytester, "-k", "test_lost and not await", "--concviz-replay", token)
    plain = ran(pytester, "-k", "test_lost and not await", "--concviz-replay", "EwsAAAAA")

    assert again.ret == 1
    assert "AssertionError" in again.stdout.str()
    assert plain.ret == 1
    assert "token" in plain.stdout.str()


def test_where_it_is_not_used_nothing_is_loaded(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import sys\ndef test_it():\n    assert not [name for name in sys.modules if name.startswith('concviz.sched')]")

    result = pytester.runpytest_subprocess(*PLUGIN)

    assert result.ret == 0


def test_the_options_stand_in_the_help(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_subprocess(*PLUGIN, "--help")

    assert "--concviz-replay" in result.stdout.str()


def test_what_is_explored_counts_for_coverage_too(pytester: pytest.Pytester) -> None:
    pytest.importorskip("coverage")
    pytester.makepyfile(lost="def add(counter):\n    value = counter.n\n    counter.n = value + 1\ndef never():\n    return 1\n")
    pytester.makepyfile(
        test_lost="""
        import threading, types
        import pytest
        from lost import add

        @pytest.mark.concviz_explore(schedules=50)
        def test_lost():
            counter = types.SimpleNamespace(n=0)
            threads = [threading.Thread(target=add, args=(counter,)) for _ in range(2)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            assert counter.n == 2
        """
    )
    covered = [sys.executable, "-m", "coverage"]

    result = pytester.run(*covered, "run", "--source=.", "-m", "pytest", *PLUGIN)
    told = pytester.run(*covered, "json", "-o", "-")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*again: concviz.explore(test_lost, replay=*"])
    lines = json.loads(told.stdout.str().partition("\n")[0])["files"]["lost.py"]
    assert (lines["executed_lines"], lines["missing_lines"]) == ([1, 2, 3, 4], [5])
