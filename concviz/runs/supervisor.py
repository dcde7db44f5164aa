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
import selectors
import signal
import sys
import time
from pathlib import Path

from concviz import control
from concviz.recordings.format import meta
from concviz.runs import descendants
from concviz.runs.program import Program
from concviz.runs.recorder import Recorder

TICK_SECONDS = 0.008
"""How often shared memory is looked at: with a ring of 65,536 records, 8 million records a second could pass."""


class Supervisor:
    """Owns the program, the recorder and the run's folder; lives until the owner lets go."""

    def __init__(self, settings: dict[str, object]) -> None:
        self._folder = Path(str(settings["folder"]))
        self._recorder = Recorder(Path(str(settings["recording"])), self._folder, settings)
        self._program = Program(settings, self._recorder)
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
        with selectors.DefaultSelector() as selector:
            selector.register(sys.stdin.fileno(), selectors.EVENT_READ, self._obey)
            for fd, read in self._program.channels():
                selector.register(fd, selectors.EVENT_READ, read)
            next_tick = 0.0
            while not self._stopping:
                pause = min(next_tick - time.monotonic(), self._recorder.sampler.seconds_to_next())
                for key, _ in selector.select(max(0.0, pause)):
                    if key.data() is False:
                        selector.unregister(key.fd)
                self._recorder.sample()
                if time.monotonic() >= next_tick:
                    next_tick = time.monotonic() + self._tick()

    def _tick(self) -> float:
        """Copy what is new, look whether the program lives; gives the seconds until the next time."""
        self._recorder.drain()
        self._program.look()
        return TICK_SECONDS if self._program.living else 10 * TICK_SECONDS

    def _obey(self) -> bool:
        """Read and do the owner's words. False: none will come any more."""
        words = os.read(sys.stdin.fileno(), 64)
        for word in (words[i : i + 1] for i in range(len(words))):
            if word == control.GO:
                self._program.go()
            elif word == control.INTERRUPT:
                self._program.signal(signal.SIGINT)
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
