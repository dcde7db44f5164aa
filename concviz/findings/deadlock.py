"""A deadlock: workers of which each waits for what the next one alone could give it.

Found where nobody who still can do anything can help (see `timeline.hopeless`), so that a circle that a signal, a limit or a
running worker may still open is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.moment import judged
from concviz.findings.names import counted, names
from concviz.findings.plights import plights
from concviz.timeline.circles import circles, led_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.needs import Need
    from concviz.timeline.timeline import Timeline

ADVICE = "Take the locks in one order everywhere, or take them with a timeout and give up what is held when it is over."
ADVICE_ALONE = "Do not take again what is held already: use an RLock, or split off a function that wants the lock to be held."
ADVICE_OTHERS = "Let one of them not wait for the others: give its wait a timeout, or have it do its part before it waits."
ADVICE_POOL = "Let no job wait for another one of its own pool: hand the results on from outside, or use a second pool."
ADVICE_LOOP = "Never wait in a blocking way inside a coroutine: use asyncio's own lock or queue, or asyncio.to_thread."


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each circle that stands at the end of what is known."""
    needs, time_ns = judged(timeline, int(limits["seconds"] * 1e9))
    for circle in circles(needs):
        yield _finding(timeline, needs, circle, time_ns)


def _finding(timeline: Timeline, needs: Mapping[int, Need], circle: tuple[int, ...], time_ns: int) -> Finding:
    members = [needs[worker] for worker in circle]
    others = led_to(needs, circle)
    head = "A worker waits for itself" if len(circle) == 1 else f"{counted(len(circle), 'worker')} wait for each other in a circle"
    after = f". {names(timeline, others)} {'wait' if len(others) > 1 else 'waits'} for them too" if others else ""
    told = plights(timeline, members, time_ns)
    return Finding(
        kind=CHECK.name,
        weight=Weight.ERROR,
        from_ns=max(need.since_ns for need in members),
        to_ns=time_ns,
        words=f"{head}: {told}{after}",
        advice=_advice(timeline, members),
        workers=(*circle, *others),
        resources=tuple(dict.fromkeys(need.resource for need in members if need.resource)),
        sites=tuple(dict.fromkeys(need.site for need in members if need.site)),
    )


def _advice(timeline: Timeline, members: list[Need]) -> str:
    if any(not need.kind for need in members):
        return ADVICE_LOOP
    if any(timeline.resources[need.resource].kind == "Job" for need in members):
        return ADVICE_POOL
    if len(members) == 1:
        return ADVICE_ALONE
    return ADVICE if all(need.resource and need.closed for need in members) else ADVICE_OTHERS


CHECK = Check(
    name="deadlock",
    summary="workers that wait for each other in a circle",
    find=find,
    limits={"seconds": Limit(0.5, "s that each of them has waited; events of a busy machine come up to 0.3 s late")},
)
