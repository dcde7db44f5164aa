"""traceback: stacks and tracebacks that the program prints itself, by `traceback` or `logging`, have none of our frames.

All of the module's functions walk by these three. Whoever walks `__traceback__` or `f_back` by hand meets our frames.
"""

from __future__ import annotations

from concviz.probes import seam
from concviz.probes.sites import probe_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

WALKS = ("walk_tb", "walk_stack", "_walk_tb_with_full_positions")
"""Each yields pairs that begin with a frame."""


def install(module: Any) -> None:
    """Put our walks into `traceback`."""
    for name in WALKS:
        seam.replace(module, name, _make_walk)


def _make_walk(original: Callable[[Any], Iterator[tuple[Any, Any]]]) -> Callable[[Any], Iterator[tuple[Any, Any]]]:
    def walk(of: Any) -> Iterator[tuple[Any, Any]]:
        if of is None:  # nothing to walk, or the stack of whoever asks for the first pair, which the original counts out
            return original(of)
        return (pair for pair in original(of) if not probe_file(pair[0].f_code.co_filename))

    return walk
