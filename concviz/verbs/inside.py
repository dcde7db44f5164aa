"""What one interpreter can do, asked of itself, and what can be seen of it from outside while it waits for us."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from concviz.runs.launch import PACKAGE
from concviz.sampling.gil import GilReader
from concviz.verbs.checks import ANSWER_SECONDS, Check
from concviz.verbs.interpreters import OLDEST

QUESTIONS = """
import json, platform, sys, sysconfig
sys.path.append(sys.argv[1])
told = {"version": platform.python_version(), "kind": platform.python_implementation(), "numbers": sys.version_info[:2]}
told["built_free"] = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
told["gil"] = getattr(sys, "_is_gil_enabled", lambda: True)()
told["monitoring"] = hasattr(sys, "monitoring")
try:
    import multiprocessing
    told["methods"] = multiprocessing.get_all_start_methods()
    told["default"] = multiprocessing.get_start_method()
except ImportError as error:
    told["methods"], told["default"] = [], str(error)
if sys.version_info >= (3, 11):
    from concviz.probes import gil
    told["place"] = gil.place()
print(json.dumps(told), flush=True)
sys.stdin.read()
"""
"""Prints one JSON object, then waits for the end of its input, so that it can be looked at."""


def interpreter(path: str) -> list[Check]:
    """All that is checked of one; a single check that does not hold when it gives no answer."""
    command = [path, "-I", "-c", QUESTIONS, str(PACKAGE.parent)]
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            seen = _seen(process.pid, json.loads(line).get("place", "")) if line else ""
            _, errors = process.communicate(timeout=ANSWER_SECONDS)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return [Check("answers", holds=False, words=str(error))]
    if not line:
        words = errors.decode(errors="replace").strip().splitlines()
        return [Check("answers", holds=False, words=words[-1] if words else f"it ended with exit code {process.returncode}")]
    return _checks(json.loads(line), seen)


def _checks(told: dict[str, Any], seen: str) -> list[Check]:
    version = Check("version", tuple(told["numbers"]) >= OLDEST, f"{told['kind']} {told['version']}")
    if not version.holds:
        return [Check("version", holds=False, words=f"{version.words}: concviz watches 3.11 and later")]
    return [version, _lock(told), _holder(told, seen), _lines(told), _methods(told)]


def _lock(told: dict[str, Any]) -> Check:
    if not told["gil"]:
        return Check("runs in parallel", holds=True, words="free-threaded: threads compute at the same time")
    built = "built free-threaded, but the GIL is on (PYTHON_GIL=0 or -X gil=0 turns it off)" if told["built_free"] else "it has a GIL"
    return Check("runs in parallel", holds=False, words=f"{built}: one thread computes at a time")


def _holder(told: dict[str, Any], seen: str) -> Check:
    if not told.get("place", "").startswith("0x"):
        return Check("sees the GIL's holder", holds=False, words=told.get("place", "this version was never looked into"))
    words = "who holds it, and how often it changed hands, read from outside"
    return Check("sees the GIL's holder", not seen, seen or words)


def _seen(pid: int, place: str) -> str:
    """Why a child's GIL cannot be read from here; "" when it was."""
    if not place.startswith("0x"):
        return place
    try:
        GilReader(pid, int(place.split(maxsplit=1)[0], 16)).close()
    except OSError as error:
        return f"{error.strerror or error}{_scope()}"
    return ""


def _scope() -> str:
    try:
        scope = Path("/proc/sys/kernel/yama/ptrace_scope").read_text(encoding="ascii").strip()
    except OSError:
        return ""
    return f" (kernel.yama.ptrace_scope is {scope}; 0 or 1 permits it)"


def _lines(told: dict[str, Any]) -> Check:
    if told["monitoring"]:
        return Check("current lines", holds=True, words="sys.monitoring: at a cost that is hard to see")
    return Check(
        "current lines", holds=True, words="sys.settrace: the first lines whole, then samples; --no-lines where that costs too much"
    )


def _methods(told: dict[str, Any]) -> Check:
    methods, default = told["methods"], told["default"]
    words = ", ".join(f"{method} (default)" if method == default else method for method in methods)
    return Check("starts processes", bool(methods), words or default)
