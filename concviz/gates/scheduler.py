"""The scheduler of one run: who stands where, who can go, and whose turn it is.

One token: of all threads of the run exactly one goes, all others are parked. Whoever comes to its next point asks the chooser itself,
in its own thread, and hands the token on; there is no thread of the scheduler's own. Blocking is a predicate: nobody spins, so
"nobody can go" is a deadlock and nothing else.
"""

from __future__ import annotations

from _thread import get_ident

from concviz.gates.choice import End, Option, Step, Steps, step_of
from concviz.gates.names import Names
from concviz.gates.order import Order
from concviz.gates.worker import NOWHERE, Carrier, Worker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from concviz.gates.choice import Access, Chooser, Taken
    from concviz.gates.worker import Place, Ready, Why

    Seen = Callable[[Step], None]
    Standing = Callable[[tuple[Option, ...], tuple[Option, ...]], None]

LIMIT_STEPS = 10_000
"""A longer run makes no progress."""


class Unwound(BaseException):
    """Raised in whatever is left of a run that is over, at its next point."""


class Scheduler:
    """Owns the workers of one run and what was granted in it. Whoever has the token may call anything here."""

    def __init__(self, choose: Chooser, limit_steps: int = LIMIT_STEPS) -> None:
        self.workers: list[Worker] = []
        """The living, by number."""
        self.count = 0
        self.taken: list[Taken] = []
        self.seen: dict[int, str] = {}
        """Step, from 0 -> what came of it."""
        self.now = 0.0
        """Virtual seconds since the run began."""
        self.over = False
        """All that still lives is being unwound."""
        self.end: End | None = None
        self.words = ""
        self.stuck: tuple[Option, ...] = ()
        self.escaped: list[str] = []
        self.busy = False
        """Whoever has the token is at work for the scheduler: what it does there is no step."""
        self.on_step: Seen | None = None
        self.on_stand: Standing | None = None
        self.names = Names()
        self.signature = ""
        self.traceback = ""
        self.order = Order()
        self.memory = False
        self.family: Any = None
        """The processes of the run, and what they share."""
        self.error: BaseException | None = None
        """What the chooser raised."""
        self.left = False
        """The program's main part is done."""
        self._choose = choose
        self._limit = limit_steps
        self.main = self.add("MainThread", Carrier(get_ident()))
        self.current = self.last = self.main

    # Workers

    def add(self, name: str, carrier: Carrier) -> Worker:
        """A new worker, which stands nowhere yet."""
        self.count += 1
        worker = Worker(self.count, name, carrier)
        self.workers.append(worker)
        return worker

    def stand(self, worker: Worker, operation: str, resource: str = "", place: Place = NOWHERE, access: Access | None = None) -> None:
        """Say where it stands; it can go whenever it is chosen."""
        worker.option = Option(worker.number, worker.name, operation, resource, *place, access)

    def enter(self) -> None:
        """The main worker stands at its start: the first step."""
        self._pass(self.main)

    def leave(self) -> None:
        """The main part is done: wait for all threads that are no daemons."""
        self.left = True
        if any(not worker.daemon for worker in self.workers if worker is not self.main):
            option = Option(self.main.number, self.main.name, "end", "", *NOWHERE)
            self.wait(self.main, option, self._alone, self._company)

    def _alone(self) -> bool:
        return all(worker.daemon or worker is self.main for worker in self.workers)

    def _company(self) -> tuple[str, tuple[int, ...]]:
        others = [worker for worker in self.workers if not worker.daemon and worker is not self.main]
        return f"{', '.join(worker.name for worker in others)} has not ended", tuple([worker.number for worker in others])

    # Points

    def point(self, worker: Worker, operation: str, resource: str, place: Place, access: Access | None) -> None:
        """The calling worker is about to do this, which is always possible; returns when it is granted. Unwound when all is over."""
        if self.over:
            raise Unwound
        worker.option = Option(worker.number, worker.name, operation, resource, place[0], place[1], place[2], access)
        self._pass(worker)

    def wait(self, worker: Worker, option: Option, ready: Ready, why: Why, timeout: float | None = None) -> bool:
        """Likewise, once `ready` says so or the virtual timeout is over; False: it is over."""
        if self.over:
            raise Unwound
        worker.option = option
        worker.ready = ready
        worker.why = why
        if timeout is not None:
            worker.deadline = self.now + max(timeout, 0.0)
        self._pass(worker)
        return not worker.timed_out

    def step_to(self, worker: Worker) -> None:
        """The calling worker has said itself what it is about to do, which is always possible."""
        self._pass(worker)

    def saw(self, words: str) -> None:
        """What came of the step that is being done."""
        self.seen[len(self.taken) - 1] = words

    def finish(self, worker: Worker) -> Carrier | None:
        """The calling thread worker has ended: whose gate is to open, once its thread is idle."""
        self.remove(worker)
        return (self.main if self.over else self._next()).carrier

    def remove(self, worker: Worker) -> None:
        """This worker has ended."""
        if worker.alive:
            worker.alive = False
            if self.memory:
                self.order.ended(worker)
            self.workers.remove(worker)

    def stop(self, end: End, words: str) -> None:
        """The run is over with this; called by whoever has the token."""
        if self.end is None:
            self.end, self.words = end, words
        self.over = True

    def _pass(self, worker: Worker) -> None:
        following, carrier = self._next().carrier, worker.carrier
        if following is not carrier:
            following.gate.release()
            carrier.gate.acquire()
        if self.over:
            raise Unwound

    def _next(self) -> Worker:
        """Who goes now, already granted; the main worker, to unwind, when the run is over."""
        self.busy = True
        try:
            return self._choice()
        except BaseException as error:
            self.error, self.over = error, True
            return self.main
        finally:
            self.busy = False

    def _choice(self) -> Worker:
        taken, last = self.taken, self.last
        if self.on_step is not None and taken:
            self.on_step(self.step(len(taken) - 1))
        able, options = self._able(last)
        if not able or len(taken) >= self._limit:
            self._fail(stuck=not able)
            return self.main
        if self.on_stand is not None:
            self.on_stand(options, tuple([one.stuck() for one in self.workers if one.option is not None and one not in able]))
        chosen = self._choose(options)
        worker, option = able[chosen], options[chosen]
        taken.append((option, chosen, options, chosen > 0 and able[0] is last))
        self.last = self.current = worker
        if self.memory:
            self.order.step(worker, option)
        worker.timed_out = False
        if worker.ready is not None:
            self._grant(worker)
        worker.option = None
        return worker

    def _able(self, last: Worker) -> tuple[list[Worker], tuple[Option, ...]]:
        able: list[Worker] = []
        options: list[Option] = []
        for worker in self.workers:
            option = worker.option
            if option is None:
                continue
            ready = worker.ready
            if ready is not None and not ready():
                if worker.deadline is None or worker.deadline > self._soonest():
                    continue
                option = worker.timer()
            if worker is last:
                able.insert(0, worker)
                options.insert(0, option)
            else:
                able.append(worker)
                options.append(option)
        return able, tuple(options)

    def _soonest(self) -> float:
        return min(worker.deadline for worker in self.workers if worker.deadline is not None)

    def _grant(self, worker: Worker) -> None:
        if worker.deadline is not None:
            if worker.ready is not None and not worker.ready():
                worker.timed_out = True
                self.now = max(self.now, worker.deadline)
            worker.deadline = None
        worker.ready = worker.why = None

    def _fail(self, *, stuck: bool) -> None:
        if stuck:
            self.stuck = tuple([one.stuck() for one in self.workers if one.option is not None])
            self.end = End.DEADLOCK
        else:
            self.end, self.words = End.NO_PROGRESS, f"it is not done after {self._limit:,} steps"
        self.over = True

    # The end

    def unwind(self) -> None:
        """Let go of all that is left; called by the main worker's thread when the run is over."""
        self.over = True
        home = self.main.carrier
        hosts = {id(worker.carrier): worker for worker in reversed(self.workers)}
        for worker in hosts.values():
            if worker.carrier is not home and worker.alive:
                self.current = worker
                worker.carrier.gate.release()
                home.gate.acquire()
        self.current = self.main

    def step(self, at: int) -> Step:
        """The step at this place, from 0."""
        return step_of(self.taken[at], self.seen.get(at, ""))

    def steps(self) -> Steps:
        """All that was granted; once nothing more can be."""
        return Steps(self.taken, self.seen)


_run: Scheduler | None = None
"""The run in this process, if there is one."""


def begin(scheduler: Scheduler) -> None:
    """From now on the primitives are this run's."""
    global _run
    _run = scheduler


def done() -> None:
    """The primitives are the standard library's again."""
    global _run
    _run = None


def run() -> Scheduler | None:
    """The run of which the calling thread has the token; None for threads that are no part of one, and while the scheduler works."""
    found = _run
    if found is None or found.busy or found.current.carrier.ident != get_ident():
        return None
    return found


def current_run() -> Scheduler | None:
    """The run in this process, whoever asks."""
    return _run
