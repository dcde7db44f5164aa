"""A fresh interpreter that becomes a controlled process: what `multiprocessing.spawn` does, once its first step is granted.

The parent writes two pickles and goes on, so they are read at once; but nothing of them is loaded before this process may go, since
loading runs the program's own code. Where a program asks for a fork server, it gets this too: the same to it, but for the time.
"""

from __future__ import annotations

import io
import os
import pickle
import pickletools
import sys

from concviz.gates import accesses, forking, leash, loading, patches, processes
from concviz.gates.branches import Branch
from concviz.gates.channel import Channel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

_PICKLES = 2


def main(begin: tuple[int, int, str, bool, tuple[str, int, str]], given: dict[str, Any]) -> None:
    """Its whole life; `given` is what `spawn_main` gets."""
    fd, number, name, memory, home = begin
    leash.die_with_parent()
    import multiprocessing.spawn as spawn_module
    from multiprocessing import process, resource_tracker

    spawn: Any = spawn_module
    vars(resource_tracker)["_resource_tracker"]._fd = given["tracker_fd"]
    patches.put_in()
    processes.put_in()
    sentinel = os.dup(given["pipe_handle"])
    with open(given["pipe_handle"], "rb") as parent:
        told = _pickles(parent)
    if memory:
        accesses.put_in()
        loading.watch_imports()
        spawn._fixup_main_from_path = _main_from
    branch = Branch(Channel(fd), number, name)
    branch.family.memory, branch.home = memory, home
    forking.start(branch)
    branch.enter()
    me: Any = process.current_process()
    me._inheriting = True
    try:
        spawn.prepare(pickle.load(told))  # noqa: S301 - from our own parent
        child = pickle.load(told)  # noqa: S301
    finally:
        del me._inheriting
    sys.exit(child._bootstrap(sentinel))


def _pickles(pipe: BinaryIO) -> io.BytesIO:
    """The bytes of what the parent says, unloaded."""
    copy: Any = _Copying(pipe)
    for _ in range(_PICKLES):
        for _ in pickletools.genops(copy):
            pass
    return io.BytesIO(copy.seen.getvalue())


class _Copying:
    """A stream that keeps what was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seen = io.BytesIO()

    def read(self, count: int) -> bytes:
        """As the original."""
        got = self._stream.read(count)
        self.seen.write(got)
        return got

    def readline(self) -> bytes:
        """As the original."""
        got = self._stream.readline()
        self.seen.write(got)
        return got


def _main_from(path: str) -> None:
    """As `_fixup_main_from_path`, but each access to shared memory in it is a point."""
    module: Any = type(sys)("__mp_main__")
    module.__file__ = path
    module.__dict__["__builtins__"] = sys.modules["builtins"]
    exec(loading.code(path, memory=True), module.__dict__)  # noqa: S102 - the person's own program
    sys.modules["__main__"] = sys.modules["__mp_main__"] = module
