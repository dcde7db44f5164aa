"""input(): the worker waits for what a person types, or for the file that stands for it."""

from __future__ import annotations

from concviz.probes import seam
from concviz.probes.waiting_calls import make_waiting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def install(module: Any) -> None:
    """Put our `input` into `builtins`."""
    seam.replace(module, "input", make_waiting("File", lambda *_, **__: "standard input"))
