"""What this machine and this terminal can do: each check really tries it."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from concviz.runs import descendants, folders
from concviz.runs.launch import PACKAGE
from concviz.sampling.procfs import ThreadLook
from concviz.verbs import terminal

CLOCK_READS = 10_000
"""So many readings tell what one costs."""

ANSWER_SECONDS = 20
"""What has not answered by then cannot do it."""

ORPHAN = """
import os, sys
sys.path.append(sys.argv[1])
from concviz.runs.descendants import become_subreaper
told = become_subreaper()
me, (reading, writing) = os.getpid(), os.pipe()
if os.fork() == 0:
    parent = os.getpid()
    if os.fork() == 0:
        while os.getppid() == parent: pass
        os.write(writing, str(os.getppid()).encode())
    os._exit(0)
os.wait()
print(told and int(os.read(reading, 20)) == me)
"""
"""Prints whether an orphan came to this process."""


CHILD = """
import subprocess, sys
sys.path.append(sys.argv[1])
from concviz.runs.descendants import die_with_parent
print(subprocess.Popen(["sleep", "60"], preexec_fn=die_with_parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid)
"""
"""Starts a program that would sleep on, prints its pid, and ends."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried."""

    name: str
    holds: bool
    words: str
    """What was found; why not, where it does not hold."""


def machine() -> list[Check]:
    """The operating system's part."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return [
        Check("system", sys.platform == "linux", f"{platform.system()} {platform.release()} {platform.machine()}{_elsewhere()}"),
        Check("cores", cores > 1, f"{cores} for us" + ("" if cores > 1 else ": nothing can run at the same time as anything else")),
        _clock(),
        _memory(),
        _orphans(),
        _death(),
        _threads(),
    ]


def screen() -> list[Check]:
    """The terminal that we are in."""
    colours = _colours()
    size = shutil.get_terminal_size((0, 0))
    wide = size.columns >= 80 and size.lines >= 24
    tty = sys.stdout.isatty()
    return [
        Check("terminal", tty, os.environ.get("TERM", "TERM is not set") if tty else "standard output is none: use --plain or --json"),
        Check("size", wide, f"{size.columns} × {size.lines}" if size.columns else "unknown" if not wide else ""),
        Check("colours", colours != "none", colours if colours != "none" else "none: states are told apart by their glyphs"),
        Check("glyphs", not terminal.ascii_only(), f"{sys.stdout.encoding}" + (": ASCII pictures" if terminal.ascii_only() else "")),
    ]


def _elsewhere() -> str:
    return "" if sys.platform == "linux" else ": looks from outside (GIL, cores, CPU seconds) are only known for Linux"


def _clock() -> Check:
    start = time.perf_counter_ns()
    for _ in range(CLOCK_READS):
        time.monotonic_ns()
    cost_ns = (time.perf_counter_ns() - start) / CLOCK_READS
    resolution_ns = time.get_clock_info("monotonic").resolution * 1e9
    fine = resolution_ns <= 1000
    return Check("clock", fine, f"steps of {resolution_ns:.0f} ns, a reading costs {cost_ns:.0f} ns")


def _memory() -> Check:
    root = folders.memory_root()
    shared = root == Path("/dev/shm")  # noqa: S108 - it is only looked at
    try:
        folder = folders.make(root)
        folder.rmdir()
        free = shutil.disk_usage(root).free
    except OSError as error:
        return Check("shared memory", holds=False, words=f"{root}: {error.strerror}")
    words = f"{root}, {free >> 20:,} MiB free"
    if not shared:
        words += f": on disk, slower, since /dev/shm has less than {folders.MEMORY_WANTED_BYTES >> 20} MiB or is not there"
    return Check("shared memory", shared, words)


def _orphans() -> Check:
    name = "keeps orphans"
    if sys.platform != "linux":
        return Check(name, holds=False, words="only Linux has child subreapers: what a program leaves behind may escape")
    try:
        ran = subprocess.run(
            [sys.executable, "-I", "-S", "-c", ORPHAN, str(PACKAGE.parent)],
            capture_output=True,
            text=True,
            timeout=ANSWER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check(name, holds=False, words=str(error))
    holds = ran.stdout.strip() == "True"
    return Check(
        name, holds, "what a program leaves behind is found and ended" if holds else "prctl(PR_SET_CHILD_SUBREAPER) has no effect here"
    )


def _death() -> Check:
    name = "dies with its parent"
    if sys.platform != "linux":
        return Check(name, holds=False, words="only Linux tells children of their parent's death (PR_SET_PDEATHSIG)")
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", CHILD, str(PACKAGE.parent)], capture_output=True, text=True, timeout=ANSWER_SECONDS, check=False
    )
    if not ran.stdout.strip().isdigit():
        return Check(name, holds=False, words="could not be tried: there is no program called sleep")
    pid, until = int(ran.stdout), time.monotonic() + 1
    while descendants.alive(pid) and time.monotonic() < until:
        time.sleep(0.002)
    if descendants.alive(pid):
        os.kill(pid, signal.SIGKILL)
        return Check(name, holds=False, words="prctl(PR_SET_PDEATHSIG) has no effect here")
    return Check(name, holds=True, words="a program whose supervisor is killed goes too")


def _threads() -> Check:
    name = "sees cores"
    try:
        look = ThreadLook(os.getpid(), threading.get_native_id())
        try:
            core = look.look(time.monotonic_ns()).number
        finally:
            look.close()
    except (OSError, ValueError, IndexError, AttributeError) as error:
        return Check(name, holds=False, words=f"/proc does not tell where threads are: {error}")
    return Check(name, holds=True, words=f"which thread is on which core (we are on {core})")


def _colours() -> str:
    term = os.environ.get("TERM", "")
    if os.environ.get("NO_COLOR"):
        return "none"
    if os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "16 million"
    return "256" if "256" in term else "none" if term in {"", "dumb"} else "16"
