"""Where schedules run: child processes of this machine, or a Dask cluster.

`distributed` (BSD-3-Clause, 1.1 MB, with dask 1.5 MB) is needed for a cluster alone: `pip install "concviz[dask]"`.
"""

from __future__ import annotations

import os
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any

from concviz.errors import PlatformError
from concviz.schedules.children import Children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

CONNECT_SECONDS = 20
"""A scheduler that has not answered by then is not there."""


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def children(count: int | None = None) -> Iterator[tuple[Executor, int]]:
    """Child processes, by default one a core; and how many they are. They have ended when this is left."""
    hands = count or cores()
    with Children(hands) as executor:
        yield executor, hands


@contextmanager
def dask(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of the cluster whose scheduler is there, and how many they are. PlatformError when it cannot be reached.

    A worker needs concviz too, and the program at the same path.
    """
    if find_spec("distributed") is None:
        raise PlatformError("a cluster needs Dask, which is not installed here", 'pip install "concviz[dask]"')
    # By its name: it is never there when our types are checked.
    distributed = import_module("distributed")
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PlatformError(f"there is no Dask scheduler at {address}: {error}", "begin one with `dask scheduler`") from None
    with client:
        hands = sum(client.nthreads().values())
        if not hands:
            raise PlatformError(f"the Dask scheduler at {address} has no workers", "begin one with `dask worker`")
        yield _Remote(client.get_executor(pure=False)), hands


class _Remote(Executor):
    """A cluster's executor, of which each call runs in a child process of the worker, which it can neither change nor hang."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As every executor's."""
        return self._executor.submit(in_child, fn, *args, **kwargs)


_child: list[Children] = []
_one_at_a_time = Lock()


def in_child(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call it in one of the children of this process that are there for all such calls."""
    with _one_at_a_time:
        if not _child:
            _child.append(Children(cores()))
    return _child[0].submit(function, *arguments).result()
