"""Run a target once under control: the choices decide everything."""

from __future__ import annotations

import gc
import itertools
import sys
import threading

from concviz.gates import patches, processes, scheduler
from concviz.gates.choice import End, Outcome
from concviz.gates.ends import circle, deadlock_words, failure, stuck_signature
from concviz.gates.family import Family
from concviz.gates.program import Program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from concviz.gates.choice import Chooser
    from concviz.gates.scheduler import Scheduler, Seen, Standing
    from concviz.gates.target import Target

_RUNS_BETWEEN_COLLECTIONS = 10
"""Few: what is let go of soon is still in the processor's caches."""
_runs = 0


def run_once(
    target: Target,
    choose: Chooser,
    *,
    memory: bool = False,
    limit_steps: int = scheduler.LIMIT_STEPS,
    races: bool = False,
    pass_output: bool = False,
    on_step: Seen | None = None,
    on_stand: Standing | None = None,
) -> Outcome:
    """One run from start to end, in the calling thread and as many pooled ones as it needs. One at a time in a process.

    `memory`: each read and write of shared attributes, items and variables of the program's own files is a point too.
    `races`: a run that went well, but with conflicting accesses that nothing orders, ends with END.RACE (needs `memory`).
    `pass_output`: what a script prints goes to the real standard output as well.
    `on_step`: called with each step once it is done. `on_stand`: called before each choice, with those that can go and those that cannot.
    Errors of the target are an outcome; what the chooser raises comes through.
    """
    patches.put_in()
    processes.begin()
    program = Program(target, memory=memory, pass_output=pass_output)
    found = scheduler.Scheduler(choose, limit_steps)
    found.memory = memory
    found.on_step, found.on_stand = on_step, on_stand
    found.family = Family(found)
    _tidy()
    with program:
        value = _go(found, program)
    return _outcome(found, program, value, races=races)


def _go(found: Scheduler, program: Program) -> Any:
    value: Any = None
    scheduler.begin(found)
    try:
        found.stand(found.main, "start", "", program.place())
        found.enter()
        value = program.call()
        patches.at_exit(found)
        found.leave()
    except scheduler.Unwound:
        pass
    except SystemExit as error:
        if error.code not in {None, 0}:
            failure(found, error, found.main)
    except BaseException as error:
        failure(found, error, found.main)
    finally:
        found.unwind()
        scheduler.done()
        processes.done(found)
    if found.error is not None:
        raise found.error
    if found.end is None:
        program.check(found)
    return value


def _tidy() -> None:
    """Numbers that the standard library counts on begin anew, and garbage is no part of a run."""
    global _runs
    vars(threading)["_counter"] = itertools.count(1).__next__
    executors = sys.modules.get("concurrent.futures.thread")
    if executors is not None:
        executors.ThreadPoolExecutor._counter = itertools.count().__next__
        patches.forget_pools(executors)
    gc.disable()
    _runs += 1
    if _runs % _RUNS_BETWEEN_COLLECTIONS == 0:
        gc.collect(0)  # what the runs left is young: the program's own modules need not be gone through


def _outcome(found: Scheduler, program: Program, value: Any, *, races: bool) -> Outcome:
    end, words, signature = found.end or End.OK, found.words, found.signature
    steps = found.steps()
    if end is End.DEADLOCK:
        if found.left and not circle(found.stuck):
            end = End.LEFT_BEHIND
            waits = "; ".join(f"{one.name} waits: {one.blocked}" for one in found.stuck if one.operation != "end")
            words = f"left behind when the program had ended: {waits}"
        else:
            words = deadlock_words(found.stuck)
        signature = stuck_signature(end, found.stuck)
    elif end is End.NO_PROGRESS:
        signature = signature or end.value
    seen = tuple(found.order.races.values())
    if end is End.OK and races and seen:
        end, words, signature = End.RACE, seen[0], f"race {seen[0]}"
    result = program.result(value) if end is End.OK else ""
    stuck = tuple([one for one in found.stuck if not (found.left and one.operation == "end")])
    return Outcome(end, words, signature, result, steps, stuck, tuple(dict.fromkeys(found.escaped)), found.traceback, seen)
