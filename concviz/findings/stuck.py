"""Workers that wait for what nobody can give them any more, though not in a circle.

The producers have ended, the lock's holder is gone, too few ever come to the barrier. As long as anybody runs, sleeps, does
input or output, or waits with a limit, somebody may still wake them, and nothing is said (see `timeline.hopeless`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.events import Kind
from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.moment import judged
from concviz.findings.names import counted, names
from concviz.findings.plights import plights
from concviz.timeline.circles import circles, led_to
from concviz.timeline.needs import QUEUES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.needs import Need
    from concviz.timeline.timeline import Timeline

ADVICE = "Tell who waits that nothing more comes (a last item, a set event, queue.shutdown), or wait with a timeout."
ADVICE_FLUSH = "Take all items out of a multiprocessing queue before joining the process that put them."
ADVICE_JOIN = "queue.join waits until task_done was called for every item: call it after each get, in a finally."
ADVICE_HOLDER = "Give locks back whatever happens: take them in a with-statement."


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for all of them, as they stand at the end of what is known; those that wait for a deadlock's members are its."""
    needs, time_ns = judged(timeline, int(limits["seconds"] * 1e9))
    explained = {worker for circle in circles(needs) for worker in (*circle, *led_to(needs, circle))}
    left = [need for worker, need in needs.items() if worker not in explained and not _idle(timeline, need)]
    roots = [need for need in left if not set(need.by) & {other.worker for other in left}]
    if roots:
        yield _finding(timeline, roots, left, time_ns)


def _idle(timeline: Timeline, need: Need) -> bool:
    """A pool's worker without work, which the pool's end will end."""
    return need.kind == Kind.GET_WAIT and timeline.resources[need.resource].kind == "Pool"


def _finding(timeline: Timeline, roots: list[Need], left: list[Need], time_ns: int) -> Finding:
    who = [need.worker for need in roots]
    others = [need.worker for need in left if need.worker not in who]
    orphaned = any(need.kind == Kind.REQUESTED and need.closed for need in roots)
    head = f"{counted(len(roots), 'worker')} {'wait' if len(roots) > 1 else 'waits'} for what nobody can give any more"
    after = f". {names(timeline, others)} {'wait' if len(others) > 1 else 'waits'} for {'them' if len(who) > 1 else 'it'}" if others else ""
    ended = ", and its holder has ended" if orphaned else ""
    return Finding(
        kind=CHECK.name,
        weight=Weight.ERROR,
        from_ns=max(need.since_ns for need in left),
        to_ns=time_ns,
        words=f"{head}{ended}: {plights(timeline, roots, time_ns)}{after}",
        advice=_advice(timeline, roots, orphaned),
        workers=(*who, *others),
        resources=tuple(dict.fromkeys(need.resource for need in roots if need.resource)),
        sites=tuple(dict.fromkeys(need.site for need in roots if need.site)),
    )


def _advice(timeline: Timeline, roots: list[Need], orphaned: bool) -> str:  # noqa: FBT001 - what was found, no switch
    if any(need.kind == Kind.IO_WAIT for need in roots):
        return ADVICE_FLUSH
    if any(need.kind == Kind.WAIT and timeline.resources[need.resource].kind in QUEUES for need in roots):
        return ADVICE_JOIN
    return ADVICE_HOLDER if orphaned or any(need.kind == Kind.REQUESTED for need in roots) else ADVICE


CHECK = Check(
    name="stuck",
    summary="workers that nobody can wake any more, though they do not wait in a circle",
    find=find,
    limits={"seconds": Limit(1.0, "s that each of them has waited; a result on its way between processes takes well below that")},
)
