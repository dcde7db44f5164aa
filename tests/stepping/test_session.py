from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from concviz.errors import TargetError
from concviz.gates.choice import End
from concviz.runs import descendants
from concviz.stepping.request import Request
from concviz.stepping.session import ENDED_EARLY, STDOUT, Session
from tests.stepping.toys import a_request
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def session(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> Iterator[Session]:
    made = Session(a_request(monkeypatch, folder, name))
    try:
        yield made
    finally:
        made.close()


def heard(session: Session) -> Session:
    """When it stands, or is over."""

    def is_it() -> bool:
        session.poll(0.05)
        return session.stands is not None or session.over

    until(is_it, "a session that stands still")
    return session


def test_nothing_runs_before_the_word_and_then_everybody_stands_before_a_first_step(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with session(monkeypatch, tmp_path, "lost.py") as made:
        until(lambda: made.poll(0.05) or made.ready, "an engine that is loaded")
        assert made.stands is None
        made.go(memory=True)
        heard(made)

        assert made.stands is not None
        assert [(one.worker, one.operation) for one in made.stands.can] == [(1, "start"), (2, "start")]


def test_a_granted_step_is_told_with_what_came_of_it_and_a_second_grant_is_not_heard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with session(monkeypatch, tmp_path, "lost.py") as made:
        made.go(memory=True)
        for _ in range(2):
            heard(made).grant(0)
            made.grant(0)
        heard(made)

        assert [(step.option.operation, step.seen) for step in made.steps] == [("start", ""), ("read", "0")]


def test_who_is_blocked_is_told_with_who_could_help(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with session(monkeypatch, tmp_path, "deadlock.py") as made:
        made.go(memory=True)
        for index in (0, 0, 1, 0, 1):
            heard(made).grant(index)
        heard(made)

        assert made.outcome is None or made.outcome.end is End.DEADLOCK
        standing = made.outcome.stuck if made.outcome else made.stands.blocked if made.stands else ()
        assert [(one.worker, one.blocked, one.blocked_by) for one in standing if one.worker == 1] == [(1, "`b` is held by Thread-2", (2,))]


def test_what_is_printed_is_told_with_its_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with session(monkeypatch, tmp_path, "prints.py") as made:
        made.go(memory=True)
        for _ in range(3):
            heard(made).grant(0)
        heard(made)

        assert [(words.step, words.stream, words.text) for words in made.words] == [(2, STDOUT, "Thread-1 prints")]
        assert made.outcome is not None
        assert made.outcome.escaped == ("it printed",)


def test_a_program_that_is_gone_without_a_word_is_said_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with session(monkeypatch, tmp_path, "dies.py") as made:
        made.go(memory=True)
        for _ in range(2):
            heard(made).grant(0)
        heard(made)

        assert made.fault == ENDED_EARLY
        assert made.outcome is None


def test_a_program_that_cannot_be_run_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with session(monkeypatch, tmp_path, "broken.py") as made:
        assert heard(made).fault == "it cannot be imported"


def test_closing_in_the_midst_of_a_run_leaves_no_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with session(monkeypatch, tmp_path, "spins.py") as made:
        made.go(memory=True)
        heard(made).grant(0)
        below = descendants.below(made.pid)
        made.close()

        assert below
        assert [pid for pid in [made.pid, *below] if descendants.alive(pid)] == []


def test_what_is_not_there_is_refused_before_anything_starts(tmp_path: Path) -> None:
    for request, words in ((Request(tmp_path / "none.py"), "there is no file"), (Request(tmp_path), "is a folder")):
        with pytest.raises(TargetError, match=words):
            Session(request)
