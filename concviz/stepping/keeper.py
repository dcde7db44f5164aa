"""A small process between a session and its program: whatever ends, nothing of the program stays behind.

    PYTHON -I -S -c '...main()' WORDS-AS-JSON

It starts the program with the descriptors it was given, waits, and takes down all that is left of it. When its standard input
ends, its owner wants the end, or is gone: then it takes everything down at once. Standard library only; it sleeps meanwhile.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress

from concviz.runs import descendants

LOOK_SECONDS = 0.05
"""How often it looks whether the program has ended by itself; its owner hears of that at once, by the end of its pipes."""

BOOT = "import sys; sys.path.append(sys.argv[1]); from concviz.stepping.keeper import main; main()"
"""What its interpreter executes; the folder that holds `concviz` and the words follow."""


def main() -> None:
    """Its whole life; the last argument holds "command", "env" (added), "cwd" and "fds" (handed on)."""
    words = json.loads(sys.argv[-1])
    for ignored in ("SIGINT", "SIGHUP", "SIGQUIT"):
        if hasattr(signal, ignored):
            signal.signal(getattr(signal, ignored), lambda *_: None)  # not SIG_IGN: the program would inherit that
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    descendants.become_subreaper()
    process = None
    try:
        process = _start(words)
        _await(process)
    except OSError as error:
        sys.stderr.write(f"{words['command'][0]}: {error.strerror}\n")
    finally:
        descendants.kill_below(os.getpid(), process.pid if process else 0)


def _start(words: dict[str, object]) -> subprocess.Popen[bytes]:
    command, env, fds = words["command"], words["env"], words["fds"]
    assert isinstance(command, list)
    assert isinstance(env, dict)
    assert isinstance(fds, list)
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            env=os.environ | env,
            cwd=str(words["cwd"]),
            pass_fds=fds,
            start_new_session=True,
            preexec_fn=descendants.die_with_parent,  # noqa: PLW1509 - this process has one thread
        )
    finally:
        # Else neither the owner nor the program would ever see the end of its pipe.
        for fd in fds:
            os.close(fd)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return process


def _await(process: subprocess.Popen[bytes]) -> None:
    """Until the program has ended, or the owner wants the end."""
    while process.poll() is None:
        with suppress(InterruptedError):
            if select.select([sys.stdin], [], [], LOOK_SECONDS)[0] and not os.read(sys.stdin.fileno(), 64):
                return
