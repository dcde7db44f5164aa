"""Measures of whole programs: how long they took, how many cores they kept busy, whether they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.durations import duration
from concviz.findings.search import checks, look_with
from concviz.lessons.answer import Answer, CannotTell
from concviz.lessons.seen import seen, stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.lessons.answer import Case
    from concviz.lessons.seen import Seen

CLOSE = 0.02
"""Programs whose times differ by less than this share of the longer one took the same time: another run may say the opposite."""

ENDLESS = ("deadlock", "stuck")
"""The findings that say that nobody will ever go on."""


def first_done(case: Case) -> Answer:
    """The one that took the least time."""
    return _extreme(case, _walls(case), min)


def last_done(case: Case) -> Answer:
    """The one that took the most."""
    return _extreme(case, _walls(case), max)


def most_cpu(case: Case) -> Answer:
    """The one that used the most CPU seconds."""
    return _extreme(case, [(int(_cpu_s(pane) * 1e9), pane) for pane in seen(case)], max)


def times_as_fast(case: Case) -> Answer:
    """The first one's time over the second one's."""
    (base_ns, base), (other_ns, other) = _walls(case)
    times = base_ns / max(other_ns, 1)
    words = f"{base.title} took {duration(base_ns)}, {other.title} {duration(other_ns)}: {times:.2f} times as fast"
    return Answer(times, words, (other.end(), base.end()))


def took(case: Case) -> Answer:
    """Its time, in ms."""
    ((wall_ns, pane),) = _walls(case)
    return Answer(wall_ns / 1e6, f"{pane.title} took {duration(wall_ns)}", (pane.end(),))


def cores(case: Case) -> Answer:
    """CPU seconds over wall seconds."""
    ((wall_ns, pane),) = _walls(case)
    cpu_s = _cpu_s(pane)
    busy = cpu_s * 1e9 / max(wall_ns, 1)
    words = f"{pane.title} used {duration(int(cpu_s * 1e9))} of CPU in {duration(wall_ns)}: {busy:.2f} cores kept busy"
    return Answer(busy, words, (pane.spot(pane.timeline.zero_ns + wall_ns // 2),))


def ends(case: Case) -> Answer:
    """0 when it ended by itself, 1 when it never will."""
    (pane,) = seen(case, anyhow=True)
    told = pane.timeline.meta.exit
    if told is not None and not stopped(pane.timeline):
        return Answer(0, f"{pane.title} ended by itself after {duration(pane.wall_ns)}", (pane.end(),))
    for check in checks():
        for finding in look_with(check, pane.timeline) if check.name in ENDLESS else ():
            spots = tuple(pane.spot(finding.from_ns, worker) for worker in finding.workers)
            return Answer(1, finding.words, spots)
    if told is None:
        raise CannotTell(f"{pane.title} has not ended yet, and may still do")
    raise CannotTell(f"{pane.title} was ended before it could be told")


def _walls(case: Case) -> list[tuple[int, Seen]]:
    """Time and program. CannotTell when one of them failed: then it did not do the same."""
    found = [(pane.wall_ns, pane) for pane in seen(case)]
    for _, pane in found:
        code, signal = (int((pane.timeline.meta.exit or {}).get(name, 0)) for name in ("code", "signal"))
        if code or signal:
            raise CannotTell(f"{pane.title} ended with {f'signal {signal}' if signal else f'exit code {code}'}")
    return found


def _extreme(case: Case, found: list[tuple[int, Seen]], which: Callable[..., tuple[int, Seen]]) -> Answer:
    value, winner = which(found, key=_first)
    near, runner_up = which(((other, pane) for other, pane in found if pane is not winner), key=_first)
    if abs(near - value) < CLOSE * max(near, value):
        raise CannotTell(f"{winner.title} and {runner_up.title} are too close: {duration(value)} and {duration(near)}")
    words = ", ".join(f"{pane.title} {duration(other)}" for other, pane in found)
    return Answer(case.question.panes.index(winner.pane), words, (winner.end(),))


def _first(pair: tuple[int, Seen]) -> int:
    return pair[0]


def _cpu_s(pane: Seen) -> float:
    cpu_s = pane.timeline.figures().cpu_s
    if cpu_s is None:
        raise CannotTell(f"the CPU seconds of {pane.title} were not measured")
    return cpu_s
