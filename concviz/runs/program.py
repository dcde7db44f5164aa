"""The watched program as its supervisor sees it: started, let go, listened to, reaped, killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concviz.events import STDERR, STDOUT
from concviz.recordings.format import Frame, frame, meta
from concviz.runs import descendants
from concviz.runs.launch import command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from concviz.runs.recorder import Recorder

READ_BYTES = 1 << 16
"""One read of a stream; a stream is read once a turn, so that a flood of words leaves time for the rest."""

LAST_READS = 64
"""Reads of each stream when the program has ended: more than a pipe holds; children may go on printing."""

WORDS_LIMIT_BYTES = 64 << 20
"""What a program may print into a recording; what comes after is read, counted and let go."""

CPU_NS = 100_000_000
"""How often the CPU seconds are looked up."""


class Program:
    """Owns the watched process and the pipes to it."""

    def __init__(self, settings: dict[str, object], recorder: Recorder) -> None:
        self._settings = settings
        self._recorder = recorder
        self._process: subprocess.Popen[bytes] | None = None
        self._words_bytes = 0
        self._go_fd = self._ready_fd = -1
        self._next_cpu_ns = 0
        self._streams: list[tuple[int, int]] = []
        self.living = False
        """Whether the program itself has not been reaped yet."""

    def start(self) -> bool:
        """Start the interpreter, which stops before the program's first line. False: it could not be, and that is told."""
        self._recorder.sources.add(str(self._settings["script"]))
        self._ready_fd, ready_fd = os.pipe()
        go_fd, self._go_fd = os.pipe()
        try:
            self._process = self._popen(ready_fd, go_fd)
        except OSError as error:
            self.tell("failure", words=f"{self._settings['python']}: {error.strerror}")
            return False
        finally:
            os.close(ready_fd)
            os.close(go_fd)
        self.living = True
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._streams = [(self._process.stdout.fileno(), STDOUT), (self._process.stderr.fileno(), STDERR)]
        return True

    def _popen(self, ready_fd: int, go_fd: int) -> subprocess.Popen[bytes]:
        given = self._settings["stdin"]
        environment: Any = self._settings["env"]
        with open(str(given) if given else os.devnull, "rb") as stdin:
            return subprocess.Popen(
                command(self._settings, ready_fd, go_fd),
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=str(self._settings["cwd"]),
                env=os.environ | environment,
                pass_fds=(ready_fd, go_fd),
                start_new_session=True,
                preexec_fn=descendants.die_with_parent,  # noqa: PLW1509 - this process has one thread
            )

    def channels(self) -> Iterator[tuple[int, Callable[[], bool]]]:
        """(file descriptor, what to call when it can be read; False from it: nothing will come any more)."""
        yield self._ready_fd, self._read_ready
        for fd, stream in self._streams:
            yield fd, partial(self._read_words, fd, stream)

    def go(self) -> None:
        """Let the program run its first line: the run's zero."""
        if self._go_fd >= 0:
            self.tell("go")
            with contextlib.suppress(OSError):
                os.write(self._go_fd, b"g")
            os.close(self._go_fd)
            self._go_fd = -1

    def signal(self, number: int) -> None:
        """Send a signal to the program itself."""
        if self.living and self._process is not None:
            with contextlib.suppress(OSError):
                os.kill(self._process.pid, number)

    def interrupt(self) -> None:
        """Ask it to end, as Ctrl-C does."""
        self.tell("interrupted")
        self.signal(signal.SIGINT)

    def look(self) -> None:
        """Reap what has ended; tell the program's end and its CPU seconds."""
        if not self.living or self._process is None:
            descendants.reap()
            return
        now = time.monotonic_ns()
        if now >= self._next_cpu_ns:
            self._next_cpu_ns = now + CPU_NS
            self.tell("cpu", seconds=cpu_seconds(self._recorder.pids))
        with contextlib.suppress(ChildProcessError):
            pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if pid:
                self._ended(status, usage.ru_utime + usage.ru_stime)

    def _ended(self, status: int, seconds: float) -> None:
        self.living = False
        assert self._process is not None
        code = os.waitstatus_to_exitcode(status)
        self._process.returncode = code
        self._drain_words()
        self._recorder.drain()
        self._recorder.measure_last()
        left = len(descendants.below(os.getpid()))
        self.tell("exit", code=max(code, 0), signal=max(-code, 0), cpu_seconds=seconds, children_left=left)

    def stop(self) -> None:
        """Kill all that is left of it, whatever it is."""
        self.signal(signal.SIGKILL)
        until = time.monotonic() + descendants.KILL_SECONDS
        while self.living and time.monotonic() < until:
            self.look()
            time.sleep(0.001)
        descendants.kill_below(os.getpid(), self._process.pid if self._process is not None else 0)

    def _read_ready(self) -> bool:
        if os.read(self._ready_fd, 1):
            assert self._process is not None
            self._recorder.drain()
            self.tell("ready", pid=self._process.pid, pgid=self._process.pid)
        return False

    def _read_words(self, fd: int, stream: int) -> bool:
        data = os.read(fd, READ_BYTES)
        if not data:
            return False
        self._words_bytes += len(data)
        if self._words_bytes <= WORDS_LIMIT_BYTES:
            self._recorder.write(frame(Frame.OUTPUT, time.monotonic_ns(), bytes([stream]) + data))
        elif self._words_bytes - len(data) <= WORDS_LIMIT_BYTES:
            self.tell("silent", limit_bytes=WORDS_LIMIT_BYTES)
        return True

    def _drain_words(self) -> None:
        """What the pipes still hold, without waiting for those who keep them open."""
        for fd, stream in self._streams:
            os.set_blocking(fd, False)
            with contextlib.suppress(OSError):
                for _ in range(LAST_READS):
                    self._read_words(fd, stream)
            os.set_blocking(fd, True)

    def tell(self, what: str, **fields: Any) -> None:
        """Write a META frame about the run."""
        self._recorder.write(meta(what, time.monotonic_ns(), **fields))


def cpu_seconds(pids: list[int]) -> float:
    """User and system seconds of these processes and of the children they have reaped; 0.0 without /proc."""
    total = 0.0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
            total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return total
