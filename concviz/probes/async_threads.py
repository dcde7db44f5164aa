"""Jobs that a task hands to a pool and waits for: `to_thread` and `run_in_executor`, which make a future of the pool's one.

What happens to the job in the pool, jobs.py and futures.py tell; here its future is known as the job, to whoever awaits it.
"""

from __future__ import annotations

from concviz.probes import seam
from concviz.probes.awaiting import Awaited
from concviz.probes.jobs import JOB

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def install(module: Any) -> None:
    """Put our `wrap_future` into `asyncio.futures`."""
    seam.replace(module, "wrap_future", _make_wrap_future)


def _make_wrap_future(original: Callable[..., Any]) -> Callable[..., Any]:
    def wrap_future(future: Any, *, loop: Any = None) -> Any:
        wrapped = original(future, loop=loop)
        if wrapped is not future:
            job = future.__dict__.get(JOB)
            wrapped._concviz = Awaited("Future", "Future", job.ident if job is not None else 0)
        return wrapped

    return wrap_future
