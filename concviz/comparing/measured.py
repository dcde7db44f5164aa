"""What every script of a comparison has in common: the function by its path, the stamps, the cost of handing over.

Lies as a copy beside the scripts, and runs under their interpreter: standard library only, Python 3.11 or later.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import importlib.util
import json
import os
import pickle
import reprlib
import select
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence
    from concurrent.futures import Future

STARTED_NS = time.monotonic_ns()
"""The interpreter was up."""

REPORT = "CONCVIZ_REPORT"
"""The environment variable that names the file for what was measured; without it, the script says it in words."""

WAIT_SECONDS = 60
"""So long workers may take to be there."""

SHOWN = 200
"""So many results are told in words, to show a difference."""

ADDRESS = " at 0x"
"""In the repr of what does not tell its value."""


class Measured:
    """Owns the stamps of one run, in ns of the monotonic clock; made before the workers are."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {"started_ns": STARTED_NS, "made_ns": time.monotonic_ns()}
        """What was measured, by name."""
        self._cpu_s: float | None = None

    def begins(self) -> None:
        """All workers are there, the work begins."""
        self._cpu_s = cpu_seconds()
        self.told["begin_ns"] = time.monotonic_ns()

    def ends(self) -> None:
        """The last result is there; the workers still are."""
        self.told["end_ns"] = time.monotonic_ns()
        cpu_s = cpu_seconds()
        self.told["cpu_s"] = None if cpu_s is None or self._cpu_s is None else cpu_s - self._cpu_s
        self.told["memory_bytes"] = memory_bytes()

    def elsewhere(self) -> None:
        """The workers live on other machines: their CPU seconds and memory cannot be seen from here."""
        self.told["cpu_s"] = self.told["memory_bytes"] = None

    def report(self, inputs: Iterable[Any], results: Sequence[Any]) -> None:
        """The workers are gone. Write everything to the file that is asked for, or say it."""
        self.told["closed_ns"] = time.monotonic_ns()
        self.told["digests"] = [digest(result) for result in results]
        self.told["shown"] = [reprlib.repr(result) for result in results[:SHOWN]]
        self.told |= handed_over(inputs, results)
        write(self.told)


def load(path: str, name: str) -> Any:
    """What is called so in a file; the file becomes a module that pickle finds again, its folder comes first in sys.path."""
    stem = Path(path).stem
    module_name = stem if stem.isidentifier() and stem not in sys.stdlib_module_names else f"compared_{stem}"
    if module_name not in sys.modules or getattr(sys.modules[module_name], "__file__", None) != path:
        sys.path.insert(0, str(Path(path).parent))
        spec = importlib.util.spec_from_file_location(module_name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[module_name] = module
        spec.loader.exec_module(module)
    found: Any = sys.modules[module_name]
    for part in name.split("."):
        found = getattr(found, part)
    return found


def finished(function: Callable[[Any], Coroutine[Any, Any, Any]], item: object) -> Any:
    """What a coroutine function gives, in an event loop made for it: for workers that have none."""
    return asyncio.run(function(item))


def arrive(arrivals: int, departures: int) -> None:
    """In a worker: write that it is there into one pipe, and wait for a byte from the other."""
    os.write(arrivals, b".")
    os.read(departures, 1)


def await_arrivals(arrivals: int, workers: Sequence[Future[None]]) -> None:
    """Until all have arrived. Raises what kept one of them from it; TimeoutError after WAIT_SECONDS."""
    missing, until = len(workers), time.monotonic() + WAIT_SECONDS
    while missing:
        if select.select([arrivals], [], [], 0.05)[0]:
            missing -= len(os.read(arrivals, missing))
            continue
        for worker in workers:
            if worker.done():
                worker.result()
        if time.monotonic() > until:
            raise TimeoutError(f"{missing} of {len(workers)} workers did not come")


def run(main: Callable[[], None]) -> None:
    """Do it; an exception is told in the report too, then goes its way."""
    try:
        main()
    except Exception as error:
        write({"error": type(error).__name__, "words": str(error), "picklable": not about_pickling(error)})
        raise


def about_pickling(error: BaseException) -> bool:
    """Whether something could not be handed to another process."""
    return isinstance(error, pickle.PickleError) or "pickle" in str(error)


def write(told: dict[str, Any]) -> None:
    """To the file that REPORT names, else in words."""
    target = os.environ.get(REPORT)
    if target:
        Path(target).write_text(json.dumps(told), encoding="utf-8")
    elif "begin_ns" in told:
        work_s, start_s = (told["end_ns"] - told["begin_ns"]) / 1e9, (told["begin_ns"] - told["made_ns"]) / 1e9
        sys.stdout.write(f"work {work_s:.6f} s, before it {start_s:.6f} s until the workers were there\n")


def cpu_seconds() -> float | None:
    """CPU seconds of this process and its children so far; None where those of living children cannot be told."""
    times = os.times()
    total = time.process_time() + times.children_user + times.children_system
    for pid in children():
        try:
            total += time.clock_gettime(~pid << 3 | 2) + _reaped_seconds(pid)  # the clock of another process: clock_getcpuclockid(3)
        except (OSError, AttributeError):
            return None
    return total


def _reaped_seconds(pid: int) -> float:
    """CPU seconds of the children that a child has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def memory_bytes() -> int | None:
    """The largest that each process was, added up: pages that forked children share are counted in each. None: not told here."""
    try:
        return sum(_peak_bytes(pid) for pid in [os.getpid(), *children()])
    except (OSError, ValueError, IndexError):
        return None


def _peak_bytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def children() -> list[int]:
    """The living children that multiprocessing made."""
    if "multiprocessing.process" not in sys.modules:
        return []
    from multiprocessing import active_children

    return [child.pid for child in active_children() if child.pid]


def handed_over(inputs: Iterable[Any], results: Iterable[Any]) -> dict[str, Any]:
    """What handing inputs and results to another process takes: bytes, and seconds to pickle and unpickle them once."""
    total, begin_ns = 0, time.perf_counter_ns()
    try:
        for value in (*inputs, *results):
            pickled = pickle.dumps(value)
            total += len(pickled)
            pickle.loads(pickled)  # noqa: S301 - what was just pickled here
    except Exception:  # noqa: BLE001 - a person's own class may raise anything here
        return {"pickled_bytes": None, "pickled_s": None}
    return {"pickled_bytes": total, "pickled_s": (time.perf_counter_ns() - begin_ns) / 1e9}


def digest(value: object) -> str:
    """Equal for equal values, in whichever process they were made; "" for one that does not tell its value."""
    try:
        text = canonical(value)
    except Exception:  # noqa: BLE001 - a person's own class may raise anything here
        return ""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def canonical(value: object) -> str:
    """The value in words that do not depend on identity, on the order of a set, or on the process. ValueError: it has none."""
    if isinstance(value, dict | set | frozenset | list | tuple):
        return f"{type(value).__name__}{_members(value)}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return f"{type(value).__name__}{[canonical(getattr(value, field.name)) for field in dataclasses.fields(value)]}"
    if hasattr(value, "tobytes") and hasattr(value, "dtype"):
        return f"{value.dtype}{getattr(value, 'shape', '')}{value.tobytes()!r}"
    text = repr(value)
    if ADDRESS not in text:
        return text
    if not hasattr(value, "__dict__") or not vars(value):
        raise ValueError(text)
    return f"{type(value).__name__}{canonical(vars(value))}"


def _members(value: dict[Any, Any] | set[Any] | frozenset[Any] | list[Any] | tuple[Any, ...]) -> list[Any]:
    if isinstance(value, dict):
        return sorted((canonical(key), canonical(one)) for key, one in value.items())
    members = [canonical(one) for one in value]
    return members if isinstance(value, list | tuple) else sorted(members)
