"""What the same work takes watched, as a multiple of what it takes bare."""

from __future__ import annotations

import subprocess
import sys

from tests.benchmarks.figure import Figure
from tests.benchmarks.watching import ratio, ratios


def uncontended_lock(python: str) -> list[Figure]:
    """One thread takes and gives a lock that nobody else wants."""
    return [Figure("uncontended lock, watched / bare", ratio("uncontended_lock.py", python), "x", 6)]


def contended_lock(python: str) -> list[Figure]:
    """Eight threads take and give one lock."""
    return [Figure("contended lock of eight threads, watched / bare", ratio("contended_lock.py", python), "x", 3)]


def tasks(python: str) -> list[Figure]:
    """20,000 tasks that do next to nothing."""
    return [Figure("20,000 asyncio tasks in gathers of 20, watched / bare", ratio("tasks.py", python), "x", 2.5)]


def queue(python: str) -> list[Figure]:
    """20,000 items from one task to another."""
    return [Figure("20,000 items through asyncio.Queue(8), watched / bare", ratio("asyncio_queue.py", python), "x", 4)]


def loop(python: str) -> list[Figure]:
    """A loop without any operation that is watched."""
    return [Figure("CPU loop, lines off, watched / bare", ratio("loop.py", python, turns=9), "x", 1.03)]


def loop_with_lines(python: str) -> list[Figure]:
    """The same loop with its current line shown."""
    return [Figure("CPU loop, lines on, watched / bare", ratio("loop.py", python, lines=True), "x")]


def server(python: str) -> list[Figure]:
    """Requests a second of an aiohttp server that says hello. Nothing, and a line that says so, where there is no aiohttp."""
    if subprocess.run([python, "-c", "import aiohttp"], capture_output=True, check=False).returncode:
        print(f"no aiohttp under {python}: its server is not measured", file=sys.stderr)
        return []
    wall, cpu = ratios("aiohttp_hello.py", python, lines=True)
    return [
        Figure("requests a second of an aiohttp server, watched / bare", 1 / wall, "x", 0.7, better="more"),
        Figure("requests a CPU second of that server, watched / bare", 1 / cpu, "x", 0.7, better="more"),
    ]
