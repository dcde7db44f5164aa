"""Measures of what workers do: how many at once, how long, how often, and how they end."""

from __future__ import annotations

from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING

from concviz.drawing.durations import duration
from concviz.events import Kind
from concviz.lessons.answer import Answer, CannotTell
from concviz.lessons.seen import most_at_once, one, seen
from concviz.lessons.walls import CLOSE
from concviz.timeline.states import State

if TYPE_CHECKING:
    from concviz.lessons.answer import Case, Spot
    from concviz.lessons.seen import Seen, Stretch

PLURALS = {"process": "es"}
"""What the name of a kind of worker gets where there are several; else an s."""

CALLED = {
    "alive": "alive",
    "running": "running",
    "sleeping": "asleep",
    "waiting": "waiting for somebody",
    "lock": "waiting for a lock",
    "queue": "waiting for a queue or a pipe",
    "event": "waiting for an event",
    "others": "waiting for a condition, a barrier or a semaphore",
    "child": "waiting for another one's end",
    "await": "awaiting a result",
    "io": "waiting for input or output",
    "gil": "waiting for the GIL",
    "ready": "ready, without being able to run",
}
"""What a question calls it -> what an answer does."""


def at_once(case: Case) -> Answer:
    """How many did it at the same time, at most."""
    pane, doing = one(case), case.question.doing
    most, at_ns, who = most_at_once(pane.stretches(doing))
    words = f"at most {most} of {_counted(pane)} {'was' if most == 1 else 'were'} {CALLED[doing]} at the same time"
    return Answer(most, words, (pane.spot(at_ns, who),) if most else ())


def overlap(case: Case) -> Answer:
    """0 when two did it at the same time, else 1."""
    answer = at_once(case)
    return Answer(0 if (answer.number or 0) > 1 else 1, answer.words, answer.spots)


def workers(case: Case) -> Answer:
    """How many there were."""
    pane = one(case)
    spots = tuple(pane.spot(pane.timeline.lane(worker).start_ns or 0, worker) for worker in pane.workers)
    return Answer(len(pane.workers), f"{pane.title} had {_counted(pane)}", spots)


def spent(case: Case) -> Answer:
    """The ms of all of them together."""
    pane, doing = one(case), case.question.doing
    found = pane.stretches(doing)
    total_ns = sum(each.length_ns for each in found)
    words = f"{_who(pane)} spent {duration(total_ns)} {CALLED[doing]}, all together"
    return Answer(total_ns / 1e6, words, _longest_first(pane, found))


def longest(case: Case) -> Answer:
    """The ms of the longest stretch."""
    pane, doing = one(case), case.question.doing
    found = sorted(pane.stretches(doing), key=_length, reverse=True)
    if not found:
        return Answer(0, f"nobody was ever {CALLED[doing]}")
    words = f"{pane.name(found[0].worker)} was {CALLED[doing]} for {duration(found[0].length_ns)} without a break"
    return Answer(found[0].length_ns / 1e6, words, _longest_first(pane, found))


def share(case: Case) -> Answer:
    """The percentage of their lives."""
    pane, doing = one(case), case.question.doing
    found = pane.stretches(doing)
    lived_ns = sum(each.length_ns for each in pane.stretches("alive"))
    if not lived_ns:
        raise CannotTell(f"{pane.title} had no such worker")
    percent = 100 * sum(each.length_ns for each in found) / lived_ns
    words = f"{_who(pane)} spent {percent:.0f} % of {'its life' if len(pane.workers) == 1 else 'their lives'} {CALLED[doing]}"
    return Answer(percent, words, _longest_first(pane, found))


def times(case: Case) -> Answer:
    """How often they did it."""
    pane, doing = one(case), case.question.doing
    found = pane.stretches(doing)
    words = f"{_who(pane)} {'was' if len(pane.workers) == 1 else 'were'} {CALLED[doing]} {len(found)} times"
    return Answer(len(found), words, tuple(pane.spot(each.from_ns, each.worker) for each in found))


def most_time(case: Case) -> Answer:
    """The program in which they did it longest, all together."""
    doing = case.question.doing
    found = [(sum(each.length_ns for each in pane.stretches(doing)), pane) for pane in seen(case)]
    total_ns, pane = max(found, key=lambda pair: pair[0])
    words = ", ".join(f"{each.title} {duration(ns)}" for ns, each in found)
    if sorted(ns for ns, _ in found)[-2] >= total_ns * (1 - CLOSE):
        raise CannotTell(f"too close, or none at all: {CALLED[doing]}: {words}")
    return Answer(case.question.panes.index(pane.pane), f"{CALLED[doing]}: {words}", _longest_first(pane, pane.stretches(doing)))


def switches(case: Case) -> Answer:
    """How often another one ran on."""
    pane = one(case)
    ran = pane.stretches("running")
    changes = [after for before, after in pairwise(ran) if after.worker != before.worker]
    words = f"in {pane.title} another one of {_counted(pane)} ran on {len(changes)} times"
    return Answer(len(changes), words, tuple(pane.spot(each.from_ns, each.worker) for each in changes))


def begins(case: Case) -> Answer:
    """The ms from being created to running."""
    pane = one(case)
    found = sorted(
        (each.from_ns - (pane.timeline.lane(worker).start_ns or 0), worker) for worker in pane.workers if (each := _first(pane, worker))
    )
    if not found:
        raise CannotTell(f"{pane.title} had no such worker")
    delay_ns, worker = median_low(found)
    words = f"{pane.name(worker)} of {pane.title} ran {duration(delay_ns)} after it was created, the middle one of {len(found)}"
    return Answer(delay_ns / 1e6, words, (pane.spot((pane.timeline.lane(worker).start_ns or 0) + delay_ns, worker),))


def fate(case: Case) -> Answer:
    """A place among FATES."""
    pane = one(case)
    if len(pane.workers) != 1:
        raise CannotTell(f"{pane.title} had {len(pane.workers)} workers whose names begin with {case.question.workers}")
    worker = pane.workers[0]
    lane = pane.timeline.lane(worker)
    last = State(int(lane.states[-1]))
    if last is State.FAILED:
        place, words = 1, "failed"
    elif last is State.DONE:
        place, words = (2, "was cancelled") if int(lane.kinds[-1]) == Kind.CANCELLED else (0, "came to its end")
    else:
        place, words = 3, f"was broken off with its program, while {CALLED.get(_doing(last), last.word)}"
    end_ns = lane.stop_ns or pane.timeline.end_ns
    after = duration(end_ns - pane.timeline.zero_ns)
    return Answer(place, f"{pane.name(worker)} {words} after {after}", (pane.spot(end_ns, worker),))


def _doing(state: State) -> str:
    return {State.SLEEPING: "sleeping", State.RUNNING: "running", State.IO: "io", State.QUEUE: "queue"}.get(state, "")


def _first(pane: Seen, worker: int) -> Stretch | None:
    return next((each for each in pane.stretches("running") if each.worker == worker), None)


def _length(stretch: Stretch) -> int:
    return stretch.length_ns


def _longest_first(pane: Seen, found: list[Stretch]) -> tuple[Spot, ...]:
    ordered = sorted(found, key=_length, reverse=True)
    return tuple(pane.spot(each.from_ns, each.worker) for each in ordered)


def _who(pane: Seen) -> str:
    """The subject of a sentence."""
    return pane.name(pane.workers[0]) if len(pane.workers) == 1 else f"the {_counted(pane)} of {pane.title}"


def _counted(pane: Seen) -> str:
    """As what they all are: "3 threads", else "3 workers"."""
    count, kinds = len(pane.workers), {pane.timeline.workers[worker].kind for worker in pane.workers}
    kind = kinds.pop() if len(kinds) == 1 else "worker"
    return f"{count} {kind}{PLURALS.get(kind, 's') if count != 1 else ''}"
