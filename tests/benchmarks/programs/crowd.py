"""Twice as many processes as cores compute; what the kernel says of each goes to RESULT: pid, ns on a core, ns in a queue."""

from __future__ import annotations

import multiprocessing
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue


def work(told: SimpleQueue[tuple[int, str, str]]) -> None:
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        pass
    with open("/proc/self/schedstat") as file:
        used, queued, _ = file.read().split()
    told.put((os.getpid(), used, queued))


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    told: SimpleQueue[tuple[int, str, str]] = context.SimpleQueue()
    children = [context.Process(target=work, args=(told,)) for _ in range(2 * (os.cpu_count() or 1))]
    for child in children:
        child.start()
    with open(os.environ["RESULT"], "w") as file:
        for _ in children:
            print(*told.get(), file=file)
    for child in children:
        child.join()
