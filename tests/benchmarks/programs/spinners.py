"""THREADS threads that do nothing but stamp the time, for SECONDS; who stamped when goes to RESULT.

Each line: when another thread stamped than before, and the address of its thread state. Only while all of them stamp.
"""

import ctypes
import os
import threading
import time

thread_state = ctypes.pythonapi.PyThreadState_Get
thread_state.restype = ctypes.c_void_p
clock, until = time.monotonic_ns, time.monotonic() + float(os.environ["SECONDS"])
stamps: dict[int, list[int]] = {}


def spin() -> None:
    mine = stamps[thread_state()] = []
    while time.monotonic() < until:
        mine.append(clock())


threads = [threading.Thread(target=spin) for _ in range(int(os.environ["THREADS"]))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
first, last = max(mine[0] for mine in stamps.values()), min(mine[-1] for mine in stamps.values())
merged = sorted((at, state) for state, mine in stamps.items() for at in mine if first <= at <= last)
with open(os.environ["RESULT"], "w") as file:
    was = 0
    for at, state in merged:
        if state != was:
            print(at, state, file=file)
            was = state
    print(last, 0, file=file)
