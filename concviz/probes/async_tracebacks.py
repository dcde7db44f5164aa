"""Where a callback was handed in, as asyncio's debug mode tells it: without our own frames."""

from __future__ import annotations

from concviz.probes import seam
from concviz.probes.sites import probe_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def install(module: Any) -> None:
    """Put our `extract_stack` into `asyncio.format_helpers`."""
    seam.replace(module, "extract_stack", _make_extract_stack)


def _make_extract_stack(original: Callable[..., Any]) -> Callable[..., Any]:
    def extract_stack(f: Any = None, limit: int | None = None) -> Any:
        stack = original(f, limit)
        stack[:] = [frame for frame in stack if not probe_file(frame.filename)]
        return stack

    return extract_stack
