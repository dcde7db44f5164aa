"""An agent: a thread of the first process that stands for a child process. The child's workers are its workers, and it goes for them.

To the scheduler they are workers like any other, all on the agent's thread, as tasks are on the thread of their loop. When one of
them is granted, the agent tells the child, and has the token until the child says that all of its workers stand again, or is gone.
"""

from __future__ import annotations

import os
import select
import signal
import sys

from concviz.gates import pool, scheduler, sharing
from concviz.gates.channel import Channel
from concviz.gates.choice import End, Option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Carrier, Place, Worker

GONE_SECONDS = 10.0
"""How long the end of a process may take after its last word, or after SIGKILL."""


class Agent:
    """Owns one child process of a run. Whoever has the run's token may call anything here."""

    def __init__(self, found: Scheduler, name: str, place: Place, fd: int) -> None:
        self._found = found
        self._channel = Channel(fd)
        self._mirrors: dict[int, Worker] = {}
        self._asked_at = 0
        self._can: dict[int, tuple[bool, str, tuple[int, ...]]] = {}
        self._let_go = False
        """The process was ended by another worker: the agent has no part in what goes on."""
        self.pid = 0
        self.carrier = pool.take(self._live)
        self.main = self._new(name)
        found.stand(self.main, "start", "", place)
        found.family.agents.append(self)

    def _new(self, name: str) -> Worker:
        found = self._found
        worker = found.add(name, self.carrier)
        worker.agent = self
        worker.daemon = True
        worker.clock.update(found.current.clock)
        worker.clock[worker.number] = 1
        self._mirrors[worker.number] = worker
        return worker

    # Its thread

    def _live(self) -> Carrier | None:
        found = self._found
        try:
            if not found.over:
                while self._step():
                    found.step_to(found.current)
        except scheduler.Unwound:
            pass
        except BaseException as error:
            found.error, found.over = error, True
        if self._let_go:
            return None
        self.end()
        return found.finish(self.main)

    def _step(self) -> bool:
        """One of its workers goes a step; False: the process is gone."""
        if self._let_go:
            return False
        worker = self._found.current
        self._channel.send("go", worker.number, worker.timed_out, self._found.now)
        return self._listen()

    def _listen(self) -> bool:
        while (message := self._channel.receive()) is not None:
            kind, *told = message
            if kind == "stands":
                self._stand(told[0])
                return True
            if kind == "since":
                self._note(*told)
            elif kind == "failed":
                self._failed(*told)
                return False
            else:
                self._answer(kind, told)
        return False

    def _answer(self, kind: str, told: list[Any]) -> None:
        found, send = self._found, self._channel.send
        if kind == "new":
            send(self._new(told[0]).number)
        elif kind == "unique":
            send(found.names.unique(told[0]))
        elif kind == "called":
            key, words = told
            send(found.family.called(key, lambda: words))
        elif kind == "fork":
            # The end first, so that there is nothing to be undone where the child dies in the midst.
            name, *place = told
            send(found.count + 1)
            found.family.fork(name, (place[0], place[1], place[2]), self._channel.receive_end())
            send("done")
        elif kind == "forked":
            found.family.forked(*told)
            send("done")
        elif kind == "killed":
            found.family.killed(*told)
            send("done")

    def _stand(self, told: list[Any]) -> None:
        self._asked_at = len(self._found.taken)
        for number, name, operation, resource, place, access, deadline, (always, *can) in told:
            worker = self._mirrors[number]
            worker.name = name
            touched = self._found.names.access(*access) if access else None
            worker.option = Option(number, name, operation, resource, place[0], place[1], place[2], touched)
            worker.deadline = deadline
            worker.ready = worker.why = None
            if not always:
                self._can[number] = tuple(can)
                worker.ready, worker.why = self._asker(number), self._why(number, resource)

    def _note(self, since: list[tuple[Any, ...]], ended: list[int], escaped: list[str], accesses: list[tuple[str, str]]) -> None:
        found = self._found
        for kind, *told in since:
            if kind == "saw":
                found.saw(told[0])
            elif kind == "printed":
                heard = getattr(sys.stdout, "heard", None)
                if heard is not None:
                    heard(told[0])
            elif kind == "block":
                found.family.block(*told)
            elif kind == "hold":
                found.family.hold(told[0], self._mirrors[told[1]])
            else:
                found.family.let_go(told[0], told[1])
        if found.memory:
            for does, key in accesses:
                (found.order.read if does == "read" else found.order.write)(found.current, key)
        for number in ended:
            found.remove(self._mirrors.pop(number))
        found.escaped += escaped

    def _failed(self, end: str, words: str, signature: str, traceback: str) -> None:
        found = self._found
        if found.end is None:
            found.stop(End(end), words)
            found.signature, found.traceback = signature, traceback
        found.over = True

    # Whether its workers could go

    def _asker(self, number: int) -> Any:
        def ready() -> bool:
            self._ask()
            return self._can[number][0]

        return ready

    def _why(self, number: int, resource: str) -> Any:
        def why() -> tuple[str, tuple[int, ...]]:
            self._ask()
            _, words, by = self._can[number]
            holder = self._found.family.holder(resource) if not by else None
            return (words, tuple(by)) if holder is None else sharing.held_by(resource, holder)

        return why

    def _ask(self) -> None:
        """Ask the process again, if others have gone meanwhile."""
        taken = self._found.taken
        fresh = self._asked_at == len(taken)
        self._asked_at, since = len(taken), taken[self._asked_at :]
        if fresh or self._channel.closed or all(option.worker in self._mirrors for option, *_ in since):
            return
        self._channel.send("able")
        for told in self._channel.receive() or ():
            self._can.update({number: (can, words, by) for number, can, words, by in told})

    # The end

    def end(self) -> None:
        """The process is gone, or goes now; its workers with it."""
        found = self._found
        if self in found.family.agents:
            found.family.agents.remove(self)
            if not self._channel.closed:
                self.kill()
            _await_end(self.pid)
            self._channel.close()
        for worker in tuple(self._mirrors.values()):
            found.remove(worker)
        self._mirrors.clear()

    def end_from_outside(self) -> None:
        """Another worker has ended the process."""
        self.end()
        self._let_go = True
        self.carrier.gate.release()

    def kill(self) -> None:
        """SIGKILL, if it is there."""
        if self.pid:
            try:
                os.kill(self.pid, signal.SIGKILL)
            except OSError:
                pass


def _await_end(pid: int) -> None:
    """Until the process runs no more, so that what it had open is closed: what others see of it is the same in each run."""
    if not pid:
        return
    try:
        if not hasattr(os, "pidfd_open"):
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            return
        fd = os.pidfd_open(pid)
    except OSError:
        return
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    poll.poll(GONE_SECONDS * 1000)
    os.close(fd)
