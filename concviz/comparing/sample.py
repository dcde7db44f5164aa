"""What one run of one script told: its figures, or why it has none."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SECOND_NS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One run's figures; seconds unless they say otherwise."""

    begin_ns: int
    """When the work began, on the monotonic clock."""
    end_ns: int
    """When the last result was there."""
    start_up_s: float
    """From the workers' making until each of them answered."""
    shut_down_s: float
    """From the last result until the workers were gone."""
    interpreter_s: float | None
    """From the start of the interpreter to the script's first line; None: nobody watched the clock then."""
    cpu_s: float | None
    """CPU seconds of all processes during the work; None: cannot be told."""
    memory_bytes: int | None
    """The sum of what each process had at most; None: cannot be told."""
    pickled_bytes: int | None
    """Inputs and results, pickled; None: they cannot be."""
    pickled_s: float | None
    """Pickling and unpickling each of them once; None likewise."""
    digests: tuple[str, ...]
    """One a result, equal for equal results; "" for one that does not tell its value."""
    shown: tuple[str, ...]
    """The first results in words."""

    @property
    def work_s(self) -> float:
        """From the first call to the last result, all workers being there."""
        return (self.end_ns - self.begin_ns) / SECOND_NS

    @property
    def whole_s(self) -> float:
        """With the workers' start-up and end."""
        return self.start_up_s + self.work_s + self.shut_down_s


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run has no figures."""

    words: str
    """For people: "ValueError: three is bad"."""
    picklable: bool = True
    """False: something could not be handed to another process."""
    late: bool = False
    """Whether it was ended since it took too long."""


def read(report: Path, spawned_ns: int | None) -> Sample | Failure | None:
    """What the script wrote; None: nothing. `spawned_ns`: when its interpreter was started."""
    try:
        told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if "error" in told:
        words = " ".join(f"{told['error']}: {told['words']}".split()) if told["words"] else told["error"]
        return Failure(words, told["picklable"])
    if "closed_ns" not in told:
        return None
    return Sample(
        begin_ns=told["begin_ns"],
        end_ns=told["end_ns"],
        start_up_s=(told["begin_ns"] - told["made_ns"]) / SECOND_NS,
        shut_down_s=(told["closed_ns"] - told["end_ns"]) / SECOND_NS,
        interpreter_s=None if spawned_ns is None else (told["started_ns"] - spawned_ns) / SECOND_NS,
        cpu_s=told["cpu_s"],
        memory_bytes=told["memory_bytes"],
        pickled_bytes=told["pickled_bytes"],
        pickled_s=told["pickled_s"],
        digests=tuple(told["digests"]),
        shown=tuple(told["shown"]),
    )


def ended(code: int, last_words: str) -> Failure:
    """A run that ended without a report. `code`: below 0 for a signal."""
    if code < 0:
        return Failure(f"ended by {signal.Signals(-code).name}")
    return Failure(last_words or f"it ended with exit code {code} before its work was done")
