"""An executor of child processes, each on a core of its own, that can be replaced when a program under test will not come back.

The standard library's process pool gives up as a whole when one of its processes dies, and cannot end one that hangs: both are what
programs under test do. Threads hand over fastest on one core, so each child keeps to one; its hashes are the same each time.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from concviz import errors
from concviz.runs import descendants
from concviz.schedules.child import portable, receive, send
from concviz.schedules.errors import StuckError

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT_SECONDS = 30.0
"""A piece of work that takes longer is given up, and its process killed."""

START_SECONDS = 60.0
"""Until a process must have said that it is ready, on however busy a machine."""

BOOT = "import sys; sys.path[:] = {path!r}; from concviz.schedules.child import main; main({asked}, {answers}, {core})"

PACKAGES = str(Path(__file__).resolve().parents[2])


class Work(NamedTuple):
    """A piece of work, and where its result goes."""

    future: Future[Any]
    message: bytes


class Children(Executor):
    """So many processes, which start at once; work goes to those that are ready. Functions and arguments must be picklable."""

    def __init__(self, count: int, *, limit_seconds: float = LIMIT_SECONDS) -> None:
        self._work: SimpleQueue[Work | None] = SimpleQueue()
        cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [-1]
        self._hands = [Hand(self._work, cores[number % len(cores)], limit_seconds) for number in range(max(count, 1))]
        self._open = True

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As any executor's, without keywords; the future raises StuckError when the process had to be killed, or died."""
        if kwargs or not self._open:
            raise RuntimeError("no keywords, and nothing after the end")
        future: Future[Any] = Future()
        self._work.put(Work(future, pickle.dumps((fn, args))))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as every executor's
        """End all processes at once; what was not done is cancelled."""
        if not self._open:
            return
        self._open = False
        while not self._work.empty():
            work = self._work.get()
            if work is not None:
                work.future.cancel()
        for _ in self._hands:
            self._work.put(None)
        for hand in self._hands:
            hand.end()


class Hand:
    """One child process, and the thread that feeds it. The thread alone starts, feeds and replaces the process."""

    def __init__(self, work: SimpleQueue[Work | None], core: int, limit_seconds: float) -> None:
        self._work, self._core, self._limit_seconds = work, core, limit_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._asks: BinaryIO | None = None
        self._answers: BinaryIO | None = None
        self._ending = False
        self._changing = Lock()
        self._thread = Thread(target=self._feed, name=f"explorer on core {core}", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Kill the process, whatever it does, and wait for both."""
        with self._changing:
            self._ending = True
            if self._process is not None:
                _kill(self._process)
        self._thread.join()

    def _feed(self) -> None:
        while (work := self._next()) is not None and not self._ending:
            if work.future.set_running_or_notify_cancel():
                try:
                    self._settle(work.future, self._ask(work.message))
                except StuckError as error:
                    self._replace()
                    work.future.set_exception(error)
        self._replace()

    def _next(self) -> Work | None:
        """The next piece of work, once there is a process for it: others may take it meanwhile."""
        try:
            self._begin()
        except (StuckError, OSError):  # the work that it was to do tries once more, and tells
            self._replace()
        return self._work.get()

    def _begin(self) -> None:
        if self._process is None:
            with self._changing:
                self._start()
            self._hear(START_SECONDS)

    def _ask(self, message: bytes) -> bytes:
        self._begin()
        assert self._asks is not None
        assert self._answers is not None
        try:
            send(self._asks, message)
            answer = self._hear(self._limit_seconds)
        except OSError:
            answer = None
        if answer is None:
            raise StuckError(f"it ended its process: {self._how()}")
        return answer

    def _hear(self, limit_seconds: float) -> bytes | None:
        assert self._answers is not None
        poll = select.poll()
        poll.register(self._answers, select.POLLIN)
        if not poll.poll(limit_seconds * 1000):
            raise StuckError(f"it did not come back within {limit_seconds:g} s, and its process was killed")
        return receive(self._answers)

    def _start(self) -> None:
        if self._ending:
            raise StuckError("it was ended")
        asked, asks = os.pipe()
        answers, answered = os.pipe()
        boot = BOOT.format(path=[*sys.path, PACKAGES], asked=asked, answers=answered, core=self._core)
        nowhere = subprocess.DEVNULL
        self._process = subprocess.Popen(
            [sys.executable, "-c", boot],
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            env=os.environ | {"PYTHONHASHSEED": "0"},
            pass_fds=(asked, answered),
            start_new_session=True,
        )
        os.close(asked)
        os.close(answered)
        self._asks = open(asks, "wb", buffering=0)  # noqa: SIM115 - closed with the process
        self._answers = open(answers, "rb", buffering=0)  # noqa: SIM115

    def _replace(self) -> None:
        """End the process; the next piece of work starts another one."""
        if self._process is None:
            return
        _kill(self._process)
        for pipe in (self._asks, self._answers):
            if pipe is not None:
                pipe.close()
        self._process = None

    def _how(self) -> str:
        assert self._process is not None
        with suppress(subprocess.TimeoutExpired):
            code = self._process.wait(1)
            return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return "it closed our pipe"

    @staticmethod
    def _settle(future: Future[Any], answer: bytes) -> None:
        try:
            well, result = pickle.loads(answer)  # noqa: S301 - from our own child
        except Exception as error:  # noqa: BLE001 - whatever it is, its asker is to know
            well, result = False, portable(error)
        if well:
            future.set_result(result)
        else:
            future.set_exception(_error(result))


def _error(words: tuple[str, ...]) -> Exception:
    """One of ours comes back as it was; another one as its words."""
    kind = getattr(errors, words[0], None)
    if kind is not None:
        error: Exception = kind(*words[1:])
        return error
    return RuntimeError(": ".join(words))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process and all that is left of its session."""
    with suppress(ProcessLookupError, PermissionError):
        process.kill()
    descendants.kill_group(process.pid)
    process.wait()
