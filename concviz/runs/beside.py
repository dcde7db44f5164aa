"""A recorder beside a program that watches a part of itself: no parent of it, so it starts, ends and kills nothing.

    PYTHON -I -S -c '...main()' SETTINGS-AS-JSON

It copies what the program's probes write into the recording, from a line on its standard input until that ends, and then closes it.
Standard library only.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from pathlib import Path

from concviz.recordings.format import meta
from concviz.runs.program import cpu_seconds
from concviz.runs.recorder import Recorder

TICK_S = 0.008
"""How often shared memory is looked at, as a run's supervisor does."""


class Beside:
    """Owns the recorder; lives until the program lets go, or is gone."""

    def __init__(self, settings: dict[str, object]) -> None:
        self._pid = int(str(settings["pid"]))
        self._recorder = Recorder(Path(str(settings["recording"])), Path(str(settings["folder"])), settings)
        self._recorder.sources.add(str(settings["script"]))
        self._began_s = cpu_seconds([self._pid])

    def run(self) -> None:
        """Until standard input ends. The recording is closed then, and the shared memory given back."""
        recorder = self._recorder
        recorder.write(meta("ready", time.monotonic_ns(), pid=self._pid, pgid=0))
        recorder.write(meta("go", time.monotonic_ns()))
        sys.stdout.buffer.write(b"g")
        sys.stdout.flush()
        while self._goes_on():
            recorder.sampler.look()
            recorder.drain()
        recorder.drain()
        recorder.measure_last()
        seconds = cpu_seconds([self._pid]) - self._began_s
        recorder.write(meta("exit", time.monotonic_ns(), code=0, signal=0, cpu_seconds=seconds, children_left=0))
        recorder.close()

    def _goes_on(self) -> bool:
        """Look at the GILs until the next tick; whether nobody has let go by then."""
        until_ns = time.monotonic_ns() + int(TICK_S * 1e9)
        watched = self._recorder.sampler.watch(until_ns)
        ready, _, _ = select.select([sys.stdin], (), (), 0 if watched else TICK_S)
        return not ready or bool(os.read(sys.stdin.fileno(), 64))


def main() -> None:
    """Its whole life; its settings are the last argument. Ctrl-C is the program's, and its end is ours."""
    for ignored in ("SIGINT", "SIGHUP", "SIGQUIT", "SIGTERM"):
        if hasattr(signal, ignored):
            signal.signal(getattr(signal, ignored), signal.SIG_IGN)
    Beside(json.loads(sys.argv[-1])).run()
