"""Asking a process that runs already to execute a file: `sys.remote_exec`, from Python 3.14 on (PEP 768).

Whoever asks must be the same version, so the process's own executable is run for it. The process executes the file when its main
thread next comes to run Python; so what it has not done yet can be asked back, by another file that says nothing in its place.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SINCE = (3, 14)
"""The first version that has it."""

ASK = "import sys; sys.remote_exec(int(sys.argv[1]), sys.argv[2])"
"""What the process's executable runs."""

ANSWER_SECONDS = 5.0
"""Asking takes some 30 ms."""

REASONS = {
    "Remote debugging is not enabled": "remote debugging is switched off in it (PYTHON_DISABLE_REMOTE_DEBUG, or -X disable-remote-debug)",
    "PermissionError": "this user may not write to its memory",
    "Operation not permitted": "this user may not write to its memory",
    "Permission denied": "this user may not write to its memory",
}
"""What Python says -> what we say."""


def ask(pid: int, script: str) -> str:
    """Have it execute this file sometime; "" when it was asked, else why it could not be, in words."""
    try:
        executable = str(Path(f"/proc/{pid}/exe").readlink())
        command = [executable, "-I", "-S", "-c", ASK, str(pid), script]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=ANSWER_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "its executable gives no answer"
    except OSError as error:
        return f"its executable cannot be run from here ({error.strerror})"
    if done.returncode == 0:
        return ""
    said = done.stderr.decode(errors="replace").strip()
    last = said.rpartition("\n")[2] or f"its executable ended with exit code {done.returncode}"
    return next((ours for theirs, ours in REASONS.items() if theirs in said), last)


def ask_back(pid: int) -> None:
    """What it was asked last and has not done yet, it does not do."""
    if Path(f"/proc/{pid}").exists():
        ask(pid, os.devnull)
