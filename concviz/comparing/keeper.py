"""A small process between a comparison and a script that runs bare: whatever ends, nothing of the script stays behind.

    PYTHON -I -S -c '...main()' WORDS-AS-JSON

It starts the script, waits, takes down what is left of it, and prints one JSON object. When its standard input ends, its
owner wants the end, or is gone: then it takes everything down at once. Standard library only; it sleeps meanwhile.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time

from concviz.runs import descendants

LOOK_SECONDS = 0.02
"""How often it looks whether the script has ended."""


def main() -> None:
    """Its whole life; the last argument holds "command", "errors" (a file) and "env" (added to the environment)."""
    words = json.loads(sys.argv[-1])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    descendants.become_subreaper()
    told: dict[str, object] = {"spawned_ns": time.monotonic_ns()}
    process = None
    try:
        process = _start(words)
        told["code"] = _awaited(process)
    except OSError as error:
        told["failure"] = error.strerror
    finally:
        descendants.kill_below(os.getpid(), process.pid if process else 0)
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(told))
        sys.stdout.flush()


def _start(words: dict[str, object]) -> subprocess.Popen[bytes]:
    command, env = words["command"], words["env"]
    assert isinstance(command, list)
    assert isinstance(env, dict)
    with open(str(words["errors"]), "wb") as errors:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=os.environ | env,
            start_new_session=True,
            preexec_fn=descendants.die_with_parent,  # noqa: PLW1509 - this process has one thread
        )


def _awaited(process: subprocess.Popen[bytes]) -> int | None:
    """The script's exit code, below 0 for a signal; None: the owner wanted the end before."""
    while (code := process.poll()) is None:
        if select.select([sys.stdin], [], [], LOOK_SECONDS)[0] and not os.read(sys.stdin.fileno(), 64):
            return None
    return code
