"""What is told about a run as a whole: how it was started, how it ended, what it used, what was lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from concviz.timeline.measure import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_CPU = 8192
"""Of more CPU samples every second of the older half is let go: they are sums, so nothing gets wrong, only coarser."""


@dataclass(frozen=True, slots=True)
class Meta:
    """A state of knowledge; a new one with each thing told. Fields are None until told."""

    launch: Mapping[str, Any] = field(default_factory=dict)
    """What was asked for: script, args, python, cwd, title, model, lines ..."""
    ready: Mapping[str, Any] | None = None
    """{pid, pgid}: the program waits for GO, its probes loaded."""
    attached: Mapping[str, Any] | None = None
    """{pid, inside, why, unseen}: it ran already; whether it is watched from inside, or why not; and what cannot be seen, in words."""
    go_ns: int | None = None
    """When GO was given: the run's zero."""
    interrupted_ns: int | None = None
    """When it was asked to end, as by Ctrl-C, for the first time."""
    exit: Mapping[str, Any] | None = None
    """{code, signal, cpu_seconds, children_left, stopped}: the program ended."""
    exit_ns: int | None = None
    """When that was seen."""
    time_up_s: float | None = None
    """It had run for so many seconds as it was to, and was asked to end."""
    notes: tuple[tuple[int, str, str], ...] = ()
    """(time_ns, words, uid of the worker whose doing it was or ""): what a trigger was set for happened."""
    closed: bool = False
    """Nothing follows any more."""
    failure: str | None = None
    """Our own trouble with this run, in words."""
    silent_bytes: int | None = None
    """The program printed more than that; the rest was not kept."""
    measure: Measure | None = None
    """What is sampled from outside, how often, at what cost; or why not."""
    cpu: tuple[tuple[int, float], ...] = ()
    """(time_ns, CPU seconds used so far by the program and its living children)."""
    gone: Mapping[int, int] = field(default_factory=dict)
    """Process -> time at which it was seen to have ended."""
    lost: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Process -> (records, names) that found no room."""

    def told(self, fields: Mapping[str, Any], time_ns: int, process: int) -> Meta:
        """With what one META frame says. A word that this version does not know changes nothing.

        ValueError or TypeError when a number is none.
        """
        make = TOLD.get(str(fields.get("what")))
        rest = {name: value for name, value in fields.items() if name != "what"}
        return self if make is None else replace(self, **make(self, rest, time_ns, process))


def _exit(_: Meta, fields: Mapping[str, Any], time_ns: int, __: int) -> dict[str, Any]:
    told = {name: whole(fields, name) for name in ("code", "signal", "children_left")}
    return {"exit": {**fields, **told, "cpu_seconds": float(fields.get("cpu_seconds", 0.0))}, "exit_ns": time_ns}


def _gone(old: Meta, _: Mapping[str, Any], time_ns: int, process: int) -> dict[str, Any]:
    return {"gone": {process: time_ns, **old.gone}}


def _lost(old: Meta, fields: Mapping[str, Any], _: int, process: int) -> dict[str, Any]:
    return {"lost": {**old.lost, process: (whole(fields, "records"), whole(fields, "names"))}}


def _cpu(old: Meta, fields: Mapping[str, Any], time_ns: int, _: int) -> dict[str, Any]:
    known = old.cpu if len(old.cpu) < MOST_CPU else (*old.cpu[: MOST_CPU // 2 : 2], *old.cpu[MOST_CPU // 2 :])
    return {"cpu": (*known, (time_ns, float(fields.get("seconds", 0.0))))}


def whole(fields: Mapping[str, Any], name: str) -> int:
    """A whole number among the fields; 0 when it is not there."""
    return int(fields.get(name, 0))


TOLD: dict[str, Callable[[Meta, Mapping[str, Any], int, int], dict[str, Any]]] = {
    "launch": lambda _, fields, __, ___: {"launch": dict(fields)},
    "ready": lambda _, fields, __, ___: {"ready": dict(fields)},
    "attached": lambda _, fields, __, ___: {"attached": dict(fields)},
    "go": lambda _, __, time_ns, ___: {"go_ns": time_ns},
    "gone": _gone,
    "silent": lambda _, fields, __, ___: {"silent_bytes": whole(fields, "limit_bytes")},
    "lost": _lost,
    "cpu": _cpu,
    "measure": lambda _, fields, __, ___: {"measure": Measure.told(fields)},
    "interrupted": lambda old, _, time_ns, ___: {"interrupted_ns": old.interrupted_ns or time_ns},
    "time_up": lambda _, fields, __, ___: {"time_up_s": float(fields.get("seconds", 0.0))},
    "note": lambda old, fields, time_ns, ___: {"notes": (*old.notes, (time_ns, str(fields.get("words")), str(fields.get("worker"))))},
    "failure": lambda _, fields, __, ___: {"failure": str(fields.get("words", ""))},
    "exit": _exit,
    "close": lambda _, __, ___, ____: {"closed": True},
}
"""What each word of a META frame changes."""
