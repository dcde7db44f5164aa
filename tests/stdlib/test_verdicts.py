"""A watched program behaves as bare: the standard library's own tests give the same verdicts, test by test.

A short selection is claimed each time. All of it, for every Python that is here, takes an hour and is asked for by its mark:

    python -m pytest -m stdlib tests/stdlib

Those are left out that need the network, much time or much memory, as `python -m test` leaves them out.
"""

from __future__ import annotations

import sys

import pytest

from tests.probes.harness import pythons
from tests.stdlib import verdicts
from tests.stdlib.verdicts import Verdicts, bare, claim, has_tests, modules

SHORT = ("test_sched", "test_context", "test_copy", "test_threading_local", "test_asyncio.test_futures2", "test_asyncio.test_locks")

LONG = (
    "test_threading",
    "test_thread",
    "test_threadedtempfile",
    "test_threading_local",
    "test_queue",
    "test_sched",
    "test_asyncio",
    "test_concurrent_futures",
    "test_multiprocessing_fork",
    "test_multiprocessing_spawn",
    "test_multiprocessing_forkserver",
    "test_context",
    "test_signal",
    "test_subprocess",
    "test_weakref",
    "test_copy",
)
"""Packages among them are run a module at a time."""

SHORT_SECONDS, LONG_SECONDS = 40, 900
"""A run of a module's tests takes no longer, bare or watched."""

with_tests = [python for python in pythons() if has_tests(python)]


@pytest.mark.parametrize("python", with_tests)
def test_a_short_selection_gives_the_same_verdicts(python: str) -> None:
    claim(python, tuple(f"test.{name}" for name in SHORT), SHORT_SECONDS)


@pytest.mark.stdlib
@pytest.mark.timeout(4 * LONG_SECONDS)
@pytest.mark.parametrize(
    ("python", "module"), [(python, module) for python in with_tests for name in LONG for module in modules(python, name)]
)
def test_a_module_gives_the_same_verdicts(python: str, module: str) -> None:
    claim(python, (module,), LONG_SECONDS)


@pytest.mark.skipif(sys.executable not in with_tests, reason="this Python came without its tests")
def test_each_test_has_a_verdict() -> None:
    found = bare(sys.executable, ("test.test_sched",), SHORT_SECONDS)

    assert len(found) > 5
    assert {verdict for verdict, _ in found.values()} == {"passes"}


def test_another_verdict_fails_the_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    def alone(*_: object) -> Verdicts:
        return {"test.test_x.T.test_a": ("passes", ""), "test.test_x.T.test_b": ("passes", "")}

    def seen(*_: object) -> Verdicts:
        return {"test.test_x.T.test_a": ("passes", ""), "test.test_x.T.test_b": ("fails", "words")}

    monkeypatch.setattr(verdicts, "bare", alone)
    monkeypatch.setattr(verdicts, "watched", seen)

    monkeypatch.setattr(verdicts, "expected", lambda *_: {})
    with pytest.raises(AssertionError, match=r"test\.test_x\.T\.test_b: passes -> fails\nwords"):
        claim("python", ("test.test_x",), 1)

    monkeypatch.setattr(verdicts, "expected", lambda *_: {"T.test_b": "a reason"})
    claim("python", ("test.test_x",), 1)

    monkeypatch.setattr(verdicts, "expected", lambda *_: {"T.test_a": "no longer true", "T.test_b": "a reason"})
    with pytest.raises(AssertionError, match=r"that they differ: .*T\.test_a"):
        claim("python", ("test.test_x",), 1)
