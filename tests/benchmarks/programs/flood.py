"""EVENTS events from one thread at PER_S a second, in a burst each millisecond; says how many a second it made.

It notes them itself, through the door that every probe uses, so that nothing but the ring limits it.
"""

import os
import sys
import time
from pathlib import Path

from concviz.events import Kind  # there, since it is watched

here = sys.modules["concviz.probes.here"]
emit = here.mine.me.emit
events, per_s = int(os.environ["EVENTS"]), int(os.environ["PER_S"])
burst = per_s // 1000
begin = due = time.perf_counter()
for _ in range(events // burst):
    for _ in range(burst):
        emit(Kind.CLEARED, 0, 0, 1)
    due += 0.001
    if (early := due - time.perf_counter()) > 0:
        time.sleep(early)
Path(os.environ["RESULT"]).write_text(str(events / (time.perf_counter() - begin)))
