"""Notes 50,000 events into a fresh ring and reads the clock as often, several times; prints ns of the best of each."""

import os
import sys
import timeit

from concviz.events import Kind
from concviz.ring.writer import Ring

COUNT = 50_000

events, clocks = [], []
for turn in range(7):
    emit = Ring(f"{os.environ['FOLDER']}/{turn}.ring", 1 << 16).emitter(1)[0]
    events.append(timeit.timeit("emit(kind, 1, 1, 1)", globals={"emit": emit, "kind": Kind.ACQUIRED}, number=COUNT))
    clocks.append(timeit.timeit("clock()", "from time import monotonic_ns as clock", number=COUNT))
sys.stdout.write(f"{min(events) / COUNT * 1e9} {min(clocks) / COUNT * 1e9}")
