"""What a person has watched and guessed so far: one small file, made to be read, in the platform's folder for data.

Each change is made under a lock to what stands in the file at that moment, and the file is replaced whole: two instances lose
nothing of each other. A file that is missing or damaged is taken for empty; one that cannot be written is nobody's trouble.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concviz.settings import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from concviz.scenarios.lesson import Scenario
    from concviz.scenarios.questions import Question

ABOUT = "What you have watched and guessed with concviz. Without this file, all begins anew."
"""The first words in the file."""

LIMIT_BYTES = 1 << 20
"""A larger file is none of ours."""

RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True, slots=True)
class Guesses:
    """What was guessed at one question."""

    first: bool
    """Whether the first guess was right."""
    right: int
    of: int
    """How many of how many were."""


@dataclass(frozen=True, slots=True)
class Progress:
    """As the file stood when it was read."""

    watched: Mapping[str, int] = field(default_factory=dict)
    """A scenario's key -> how often it was run."""
    guesses: Mapping[str, Mapping[str, Guesses]] = field(default_factory=dict)
    """A scenario's key -> the words of a question -> what was guessed."""
    last: str = ""
    """The key of the scenario that was run last; "" none."""
    tour: bool = False
    """Whether the tour was shown."""

    def seen(self, scenario: Scenario) -> bool:
        """Whether it was ever run."""
        return bool(self.watched.get(key_of(scenario)))

    def right(self, scenario: Scenario) -> bool:
        """Whether each of its questions was guessed right at least once; False when it has none."""
        found = self.guesses.get(key_of(scenario), {})
        return bool(scenario.questions) and all(one.words in found and found[one.words].right for one in scenario.questions)

    @property
    def score(self) -> tuple[int, int]:
        """(questions whose first guess was right, questions guessed at)."""
        every = [one for questions in self.guesses.values() for one in questions.values()]
        return sum(one.first for one in every), len(every)


def path() -> Path:
    """Where it lies: $CONCVIZ_PROGRESS, else in the platform's folder for data. It need not be there."""
    given = os.environ.get("CONCVIZ_PROGRESS")
    return Path(given) if given else _folder() / "concviz" / "progress.json"


def read() -> Progress:
    """As it stands now."""
    told = _read()
    watched, guesses = {}, {}
    for key, one in _table(told.get("scenarios")).items():
        count, asked = _table(one).get("watched"), _table(_table(one).get("guesses"))
        watched[key] = count if isinstance(count, int) else 0
        guesses[key] = {words: _guesses(each) for words, each in asked.items() if _counts(each)}
    last = told.get("last")
    return Progress(watched, guesses, last if isinstance(last, str) else "", bool(told.get("tour")))


def note_watched(scenario: Scenario) -> bool:
    """It was run, today; False when that cannot be kept."""

    def change(told: dict[str, Any]) -> None:
        one = _scenario(told, scenario)
        count = one.get("watched")
        one["watched"] = (count if isinstance(count, int) else 0) + 1
        one["last"] = told["today"]
        told["last"] = key_of(scenario)

    return _change(change)


def note_guess(scenario: Scenario, question: Question, *, right: bool) -> bool:
    """It was guessed at, and answered by a run; False when that cannot be kept."""

    def change(told: dict[str, Any]) -> None:
        asked = _sub(_scenario(told, scenario), "guesses")
        before = asked.get(question.words)
        old = _guesses(before) if _counts(before) else Guesses(right, 0, 0)
        now = {"first": RIGHT if old.first else WRONG, "right": old.right + right, "of": old.of + 1}
        asked[question.words] = now

    return _change(change)


def note_tour() -> bool:
    """It was shown; False when that cannot be kept."""

    def change(told: dict[str, Any]) -> None:
        told["tour"] = told["today"]

    return _change(change)


def _change(change: Callable[[dict[str, Any]], None]) -> bool:
    target = path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target.with_name(f".{target.name}.lock")):
            told = {"about": ABOUT, **_read(), "today": time.strftime("%Y-%m-%d")}
            change(told)
            told.pop("today")
            _replace(target, json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    except (OSError, RuntimeError):
        return False
    return True


@contextlib.contextmanager
def _locked(beside: Path) -> Iterator[None]:
    """Nobody else changes the file meanwhile. Where the system has no flock, the last one wins."""
    with beside.open("a") as file:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _replace(target: Path, text: str) -> None:
    beside = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _read() -> dict[str, Any]:
    try:
        with path().open("rb") as file:
            return _table(json.loads(file.read(LIMIT_BYTES)))
    except (OSError, ValueError, RuntimeError, RecursionError):
        return {}


def _scenario(told: dict[str, Any], scenario: Scenario) -> dict[str, Any]:
    return _sub(_sub(told, "scenarios"), key_of(scenario))


def _sub(told: dict[str, Any], key: str) -> dict[str, Any]:
    if not isinstance(told.get(key), dict):
        told[key] = {}
    found: dict[str, Any] = told[key]
    return found


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _counts(value: Any) -> bool:
    return all(isinstance(_table(value).get(name), int) for name in ("right", "of"))


def _guesses(value: Any) -> Guesses:
    return Guesses(value.get("first") == RIGHT, int(value["right"]), int(value["of"]))


def _folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
