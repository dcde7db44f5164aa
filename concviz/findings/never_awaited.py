"""A coroutine that was made and thrown away without being awaited. Known from the interpreter's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.findings.complaints import complaints
from concviz.findings.finding import Check, Finding, Weight
from concviz.findings.names import counted
from concviz.timeline.describe import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.events import Event
    from concviz.timeline.timeline import Timeline

SAID = "was never awaited"


def find(timeline: Timeline, _: Mapping[str, float]) -> Iterator[Finding]:
    """One for each coroutine function and line."""
    found: dict[tuple[str, int], list[Event]] = {}
    for event, words in complaints(timeline):
        if words.endswith(SAID):
            found.setdefault((words, event.site), []).append(event)
    for (words, site), events in found.items():
        often = f" ({counted(len(events), 'time')})" if len(events) > 1 else ""
        yield Finding(
            kind=CHECK.name,
            weight=Weight.ERROR,
            from_ns=events[0].time_ns,
            to_ns=events[-1].time_ns,
            words=f"{words[:1].upper()}{words[1:]}: its code did not run{often}{place(timeline, site)}",
            advice="Put `await` before the call, or make a task of it (asyncio.create_task).",
            workers=tuple(dict.fromkeys(event.worker for event in events)),
            sites=(site,) if site else (),
        )


CHECK = Check(name="never-awaited", summary="a coroutine that was never awaited", find=find)
