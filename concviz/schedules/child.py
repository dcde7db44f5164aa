"""A child process that does pieces of work, one after the other, until nobody asks any more. Standard library only.

A message is its length in 8 bytes and a pickle. Each asks for a call: (function, arguments); each answer is (True, result) or
(False, error). The program's own standard output goes nowhere: what counts of it, the gates keep.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

HEAD_BYTES = 8

READY = b"ready"
"""The first message to the parent."""


def main(asked_fd: int, answers_fd: int, core: int) -> None:
    """Work until the pipe is closed. `core`: the only one to run on, where that can be said; -1 for any."""
    from concviz.runs.descendants import die_with_parent

    die_with_parent()
    _prepare()
    if core >= 0 and hasattr(os, "sched_setaffinity"):
        with suppress(OSError):
            os.sched_setaffinity(0, {core})
    with open(asked_fd, "rb", buffering=0) as asked, open(answers_fd, "wb", buffering=0) as answers:
        send(answers, READY)
        while (message := receive(asked)) is not None:
            send(answers, _done(message))


def _prepare() -> None:
    """Load what every program under control needs, so that no piece of work has to wait for it."""
    from concviz.gates import patches

    for name in ("concviz.gates.run", "concviz.schedules.trial"):
        import_module(name)
    patches.put_in()


def receive(pipe: BinaryIO) -> bytes | None:
    """The next message; None when the other side has closed."""
    head = _exactly(pipe, HEAD_BYTES)
    return None if head is None else _exactly(pipe, int.from_bytes(head, "big"))


def send(pipe: BinaryIO, message: bytes) -> None:
    """Write the whole of it. OSError when nobody reads."""
    left = memoryview(len(message).to_bytes(HEAD_BYTES, "big") + message)
    while left:
        left = left[pipe.write(left) :]


def _exactly(pipe: BinaryIO, count: int) -> bytes | None:
    parts = []
    while count:
        part = pipe.read(count)
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _done(message: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(message)  # noqa: S301 - from our own parent
        answer: tuple[bool, Any] = True, function(*arguments)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent is to tell it
        answer = False, portable(error)
    try:
        return pickle.dumps(answer)
    except Exception as error:  # noqa: BLE001 - a result that cannot travel
        return pickle.dumps((False, portable(error)))


def portable(error: BaseException) -> tuple[str, ...]:
    """An error as words: (type, message), and the hint of one of ours."""
    hint = getattr(error, "hint", None)
    words = (type(error).__name__, str(getattr(error, "message", error)))
    return words if hint is None else (*words, str(hint))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
