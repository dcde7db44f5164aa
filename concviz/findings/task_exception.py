"""A task failed, and nobody asked for its exception; or it was thrown away before its end. Known from asyncio's own words.

asyncio says so when the task is thrown away: a program that still holds it has time to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.findings.complaints import complaints
from concviz.findings.finding import Check, Finding, Weight
from concviz.timeline.describe import place, worker_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.timeline import Timeline

RETRIEVED, DESTROYED = "exception was never retrieved", "was destroyed but it is pending"
"""What asyncio says, after "Task" or "Future"."""

ADVICE = {
    RETRIEVED: "Await the task, or run it in a TaskGroup, so that somebody hears of its failure.",
    DESTROYED: "Keep a reference to the task and await it: the loop holds tasks weakly.",
}


def find(timeline: Timeline, _: Mapping[str, float]) -> Iterator[Finding]:
    """One for each such task, or future."""
    for event, words in complaints(timeline):
        said = next((each for each in ADVICE if each in words), None)
        if said is None:
            continue
        task = timeline.workers[event.worker].kind == "task" and words.startswith("Task")
        who = worker_name(timeline, event.worker) if task else words.partition(" ")[0]
        what = words.partition(": ")[2]
        yield Finding(
            kind=CHECK.name,
            weight=Weight.ERROR,
            from_ns=event.time_ns,
            to_ns=event.time_ns,
            words=f"{who} failed with {what}{place(timeline, event.site)}, and nobody retrieved the exception"
            if said is RETRIEVED
            else f"{who} was thrown away before its end",
            advice=ADVICE[said],
            workers=(event.worker,),
            sites=(event.site,) if event.site else (),
        )


CHECK = Check(name="task-exception", summary="a task's exception that nobody retrieved, or a task thrown away", find=find)
