"""How a run ended, in words, and by which signature the same failure is known again."""

from __future__ import annotations

import os
import traceback

from concviz.gates.choice import End
from concviz.gates.places import own_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from concviz.gates.choice import Option
    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Worker

MOST_KNOWN = 100
"""Tracebacks that are remembered: many schedules fail in the same way, and to format one takes longer than a short run."""

_known: dict[tuple[object, ...], str] = {}
_GATES = os.path.dirname(os.path.abspath(__file__)) + os.sep


def failure(found: Scheduler, error: BaseException, worker: Worker, end: End = End.EXCEPTION) -> None:
    """The run has failed by this exception, in this worker."""
    if found.end is not None:
        return
    kind = type(error).__name__
    words = f"{kind}: {error}" if str(error) else kind
    where = f" in {worker.name}" if worker is not found.main else ""
    found.stop(end, f"{words}{where}")
    found.signature = f"{end.value} {kind} at {_spot(error)}"
    found.traceback = told(error)


def told(error: BaseException) -> str:
    """The traceback as the interpreter prints it, without our frames."""
    if error.__cause__ is not None or error.__context__ is not None:
        return _told(error)
    key = (type(error), str(error), *_lines(error))
    found = _known.get(key)
    if found is None:
        if len(_known) > MOST_KNOWN:
            _known.clear()
        found = _known[key] = _told(error)
    return found


def _lines(error: BaseException) -> Iterator[object]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame.f_code
        yield trace.tb_lasti
        trace = trace.tb_next


def _told(error: BaseException) -> str:
    whole = traceback.TracebackException.from_exception(error, compact=True)
    part: traceback.TracebackException | None = whole
    while part is not None:
        part.stack = traceback.StackSummary.from_list([frame for frame in part.stack if not frame.filename.startswith(_GATES)])
        part = part.__cause__ or part.__context__
    return "".join(whole.format())


def _spot(error: BaseException) -> str:
    """The innermost line of the program's own that the exception went through."""
    spot, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if own_file(code.co_filename):
            spot = f"{os.path.basename(code.co_filename)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return spot


def circle(stuck: Sequence[Option]) -> tuple[Option, ...]:
    """Each waits for the next, and the last for the first; () when nobody waits so."""
    by_number = {one.worker: one for one in stuck}
    for start in stuck:
        path, seen = [start], {start.worker}
        while True:
            nexts = [by_number[number] for number in path[-1].blocked_by if number in by_number]
            if any(one is start for one in nexts):
                return tuple(path)
            fresh = next((one for one in nexts if one.worker not in seen), None)
            if fresh is None:
                break
            path.append(fresh)
            seen.add(fresh.worker)
    return ()


def deadlock_words(stuck: Sequence[Option]) -> str:
    """Who waits for whom, in one sentence."""
    around = circle(stuck)
    if around:
        return "deadlock: " + ", and ".join(f"{one.name} waits: {one.blocked}" for one in around)
    return "deadlock: " + "; ".join(f"{one.name} waits: {one.blocked}" for one in stuck)


def stuck_signature(end: End, stuck: Iterable[Option]) -> str:
    """The same for the same lines on the same things, whichever worker stands on which."""
    return f"{end.value} " + ", ".join(sorted({f"{one.operation} {one.resource}:{one.line}" for one in stuck if one.operation != "end"}))
