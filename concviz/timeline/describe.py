"""Events and waits in words: "waits for `lock` held by Thread-1 since 1.2 ms, counter.py:14"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.events import ARG, STDERR, Kind, Meaning
from concviz.timeline.states import WAITING, State
from concviz.timeline.waits import wait_of

if TYPE_CHECKING:
    from concviz.timeline.events import Event
    from concviz.timeline.spans import Span
    from concviz.timeline.timeline import Timeline
    from concviz.timeline.waits import Wait

SENTENCES: dict[int, str] = {
    Kind.SPAWNED: "starts {worker_arg}",
    Kind.STARTED: "begins",
    Kind.ENDED: "ends",
    Kind.FAILED: "fails: {text}",
    Kind.JOIN: "begins to wait for the end of {worker_arg}",
    Kind.JOINED: "goes on: {worker_arg} has ended",
    Kind.CANCELLED: "is cancelled",
    Kind.REQUESTED: "begins to wait for {resource}{held_by}",
    Kind.ACQUIRED: "takes {resource}",
    Kind.RELEASED: "gives {resource} back",
    Kind.REFUSED: "does not get {resource}",
    Kind.WAIT: "begins to wait for {resource}",
    Kind.WOKE: "goes on after waiting for {resource}{woken_by}",
    Kind.TIMED_OUT: "waited for {resource} until its time was up",
    Kind.NOTIFIED: "signals {resource}",
    Kind.CLEARED: "clears {resource}",
    Kind.PUT_WAIT: "begins to wait for room in {resource}",
    Kind.PUT: "puts an item into {resource}, {number} in it now",
    Kind.GET_WAIT: "begins to wait for an item from {resource}",
    Kind.GOT: "takes an item from {resource}{left}",
    Kind.QUEUE_REFUSED: "gives up on {resource}: it is full or empty",
    Kind.TASK_DONE: "calls task_done of {resource}, {number} unfinished",
    Kind.SLEEP: "goes to sleep for {time}",
    Kind.SLEPT: "has slept",
    Kind.IO_WAIT: "begins to wait for input or output{on}",
    Kind.IO_DONE: "has its input or output",
    Kind.READY: "is ready to go on{made_ready}",
    Kind.RESUMED: "goes on, on {worker_arg}",
    Kind.SUSPENDED: "stops at an await{on}",
    Kind.AWAIT: "awaits {worker_arg}",
    Kind.SUBMITTED: "hands {resource} to a pool",
    Kind.JOB: "begins {resource}",
    Kind.JOB_DONE: "has done {resource}",
    Kind.LINE: "runs this line",
    Kind.OUTPUT: "writes to {stream}",
    Kind.MARK: "notes: {text}",
    Kind.MARK_BEGUN: "begins what its program calls {text}",
    Kind.MARK_OVER: "is done with what its program calls {text}",
    Kind.COUNTED: "says that {resource} is {number}",
    Kind.COMPLAINT: "draws a complaint: {text}",
}
"""What a worker does, by the kind of event; the words in braces are made by `_words`."""

WAITS: dict[State, str] = {
    State.GIL: "waits for the GIL",
    State.IO: "waits for input or output",
    State.SLEEPING: "sleeps",
    State.CHILD: "waits for an end",
}
"""What a worker does in a wait for nothing that has a name."""


BY_EVENTS = "by events"
"""How a span is known that the program's own doing began."""

SEATS = frozenset({Kind.RUNNABLE, Kind.OFF_CPU})
"""What begins a span that looks at seats alone have shown."""


def event_words(timeline: Timeline, index: int) -> str:
    """One event: "Thread-2 takes `lock`, counter.py:14". IndexError beyond the last event."""
    event = timeline.event(index)
    sentence = SENTENCES.get(event.kind, "does something that this version has no word for")
    return f"{worker_name(timeline, event.worker)} {sentence.format_map(_words(timeline, event))}{place(timeline, event.site)}"


def state_words(timeline: Timeline, worker: int, time_ns: int) -> str:
    """What a worker does at a time, and how that is known.

    "Thread-2 waits for `lock` held by Thread-1 since 1.2 ms, counter.py:14 (by events)".
    """
    span = timeline.lane(worker).at(time_ns)
    how = how_words(timeline, worker, span)
    return f"{worker_name(timeline, worker)} {_doing(timeline, worker, span, time_ns)}{f' ({how})' if how else ''}"


def how_words(timeline: Timeline, worker: int, span: Span) -> str:
    """How a span was measured, and how finely: "by events", "sampled every 0.86 ms"; "" for no life, or when that is not told."""
    measure = timeline.meta.measure
    if measure is None or span.state in {State.NONE, State.DONE, State.FAILED}:
        return ""
    if timeline.workers[worker].kind == "task":
        return BY_EVENTS
    if span.state is State.GIL:
        every_ns = measure.gil_every_ns
    elif span.state is State.RUNNING:
        every_ns = measure.gil_every_ns or measure.seats_every_ns
    else:
        every_ns = measure.seats_every_ns if span.kind in SEATS else None
    return f"sampled every {duration(round(every_ns))}" if every_ns else BY_EVENTS


def wait_words(timeline: Timeline, wait: Wait, time_ns: int) -> str:
    """A wait at a time within it, without who waits."""
    for_workers = _names(timeline, wait.for_workers)
    if wait.state is State.CHILD and for_workers:
        what = f"waits for the end of {for_workers}"
    elif wait.state is State.AWAIT and for_workers:
        what = f"awaits {for_workers}"
    else:
        what = _for_what(timeline, wait) + (f" held by {for_workers}" if for_workers else "")
    return f"{what} since {duration(time_ns - max(wait.since_ns, timeline.zero_ns))}{place(timeline, wait.site)}"


def worker_name(timeline: Timeline, worker: int) -> str:
    """A worker's name; never empty."""
    return timeline.workers[worker].name or "an unknown worker"


def resource_name(timeline: Timeline, resource: int) -> str:
    """A resource's name as the source has it, in backquotes; what it is, where it has none."""
    known = timeline.resources[resource]
    if known.name:
        return f"`{known.name}`"
    return f"a {known.kind}" if known.kind else "something"


def place(timeline: Timeline, site: int) -> str:
    """A site as the end of a sentence: ", counter.py:14"; empty for none."""
    if not site:
        return ""
    known = timeline.sites[site]
    return f", {known.file.replace(chr(92), '/').rpartition('/')[2]}:{known.line}"


def duration(ns: int) -> str:
    """A length of time with three digits: "1.2 ms", "3.04 s", "2:05 min"."""
    if ns >= MINUTE_NS:
        minutes, seconds = divmod(round(ns / SECOND_NS), 60)
        return f"{minutes}:{seconds:02} min"
    for unit, name in ((SECOND_NS, "s"), (1_000_000, "ms"), (1_000, "µs")):
        if ns >= unit:
            value = ns / unit
            digits = max(0, 2 - (value >= HUNDRED) - (value >= TEN))
            text = f"{value:.{digits}f}"
            return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {name}"
    return f"{ns} ns"


SECOND_NS, MINUTE_NS = 1_000_000_000, 60_000_000_000
TEN, HUNDRED = 10, 100


def _doing(timeline: Timeline, worker: int, span: Span, time_ns: int) -> str:
    if span.state in WAITING:
        return wait_words(timeline, wait_of(timeline, worker, span, time_ns), time_ns)
    if span.state is State.NONE:
        return "has not begun"
    lasted, where = duration(time_ns - max(span.from_ns, timeline.zero_ns)), place(timeline, span.site)
    if span.state is State.FAILED:
        text = timeline.texts[span.arg] if span.kind == Kind.FAILED else ""
        return f"failed: {text}" if text else "failed"
    if span.state is State.DONE:
        return f"ended {lasted} ago{where}"
    if span.state is State.READY:
        return f"is ready, but does not run since {lasted}{where}"
    return f"runs since {lasted}{where}"


def _for_what(timeline: Timeline, wait: Wait) -> str:
    if wait.resource:
        return f"waits for {resource_name(timeline, wait.resource)}"
    return WAITS.get(wait.state, f"is {wait.state.word}")


def _names(timeline: Timeline, workers: tuple[int, ...]) -> str:
    """At most three, and how many more."""
    shown = [worker_name(timeline, worker) for worker in workers[:MANY]]
    rest = len(workers) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


MANY = 3
"""Names that a sentence holds."""


def _words(timeline: Timeline, event: Event) -> dict[str, str]:
    """What the words in braces stand for."""
    meaning = ARG.get(event.kind, Meaning.NUMBER) if isinstance(event.kind, Kind) else Meaning.NUMBER
    other = worker_name(timeline, event.arg) if meaning is Meaning.WORKER and event.arg else ""
    stream = event.kind == Kind.OUTPUT
    resource = "" if stream else resource_name(timeline, event.resource)
    return {
        "worker_arg": other or "an unknown worker",
        "held_by": f" held by {other}" if other else "",
        "woken_by": f", woken by {other}" if other else "",
        "made_ready": f", because of {other}" if other and event.arg != event.worker else "",
        "resource": resource,
        "on": f" on {resource}" if event.resource and not stream else "",
        "text": timeline.texts[event.arg] if meaning is Meaning.TEXT else "",
        "number": str(event.arg),
        "left": f", {event.arg} left" if event.arg >= 0 else "",
        "time": duration(event.arg),
        "stream": "standard error" if event.resource == STDERR else "standard output",
    }
