"""One small process between a Run and the program it watches: parent, recorder, reaper.

    PYTHON -I -S -c '...main()' SETTINGS-AS-JSON

It starts the program, copies what its probes write from shared memory into the recording, captures its words, tells its
end, and takes everything down: when told to, when its standard input ends (the owner is gone, however), or never late.
Standard library only, few imports: its time is counted in what watching costs.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import time
from pathlib import Path

from concviz import control
from concviz.recordings.format import meta
from concviz.runs import descendants
from concviz.runs.duration import Duration
from concviz.runs.program import Program
from concviz.runs.recorder import Recorder

TICK_NS = 8_000_000
"""How often shared memory is looked at: with a ring of 65,536 records, 8 million records a second could pass."""


class Supervisor:
    """Owns the program, the recorder and the run's folder; lives until the owner lets go."""

    def __init__(self, settings: dict[str, object]) -> None:
        self._folder = Path(str(settings["folder"]))
        self._recorder = Recorder(Path(str(settings["recording"])), self._folder, settings)
        self._program = Program(settings, self._recorder)
        self._duration = Duration(settings.get("duration_s"), self._program, self._program.tell)
        self._stopping = False

    def run(self) -> None:
        """Until told to stop. Leaves no process, no shared memory, and a recording that is closed."""
        try:
            if self._program.start():
                self._watch()
        except Exception as error:  # noqa: BLE001 - must be told, not lost, and must not stop the clean-up
            self._recorder.write(meta("failure", time.monotonic_ns(), words=f"{type(error).__name__}: {error}"))
        finally:
            self._end()

    def _watch(self) -> None:
        channels = {sys.stdin.fileno(): self._obey, **dict(self._program.channels())}
        sampler, next_tick_ns, ready = self._recorder.sampler, 0, [0]
        while not self._stopping:
            began_ns = time.thread_time_ns()
            looked = watched = sampler.watch(0 if ready else next_tick_ns)
            pause_ns = 0 if watched else min(next_tick_ns, sampler.due_ns) - time.monotonic_ns()
            ready, _, _ = select.select(channels, (), (), max(0.0, pause_ns / 1e9))  # poll and epoll wait whole milliseconds
            looked = sampler.look() or looked
            if looked:  # else this turn, waking up included, was for something else
                began_ns = time.thread_time_ns()
            for fd in ready:
                if channels[fd]() is False:
                    del channels[fd]
            if watched or time.monotonic_ns() >= next_tick_ns:
                next_tick_ns = time.monotonic_ns() + self._tick()
            if sampler.pace is not None:
                sampler.pace.aside(began_ns)

    def _tick(self) -> int:
        """Copy what is new, look whether the program lives; gives the ns until the next time."""
        self._recorder.drain()
        self._program.look()
        self._duration.look()
        return TICK_NS if self._program.living else 10 * TICK_NS

    def _obey(self) -> bool:
        """Read and do the owner's words. False: none will come any more."""
        words = os.read(sys.stdin.fileno(), 64)
        for word in (words[i : i + 1] for i in range(len(words))):
            if word == control.GO:
                self._program.go()
                self._duration.begin()
            elif word == control.INTERRUPT:
                self._program.interrupt()
            elif word == control.STOP:
                self._stopping = True
        if not words:
            self._stopping = True
        return bool(words)

    def _end(self) -> None:
        self._program.stop()
        with contextlib.suppress(OSError):
            self._recorder.close()
        with contextlib.suppress(OSError):
            self._folder.rmdir()


def main() -> None:
    """The supervisor's whole life; its settings are the last argument."""
    for ignored in ("SIGINT", "SIGHUP", "SIGQUIT"):
        if hasattr(signal, ignored):
            signal.signal(getattr(signal, ignored), lambda *_: None)  # not SIG_IGN: the program would inherit that
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    descendants.become_subreaper()
    Supervisor(json.loads(sys.argv[-1])).run()
