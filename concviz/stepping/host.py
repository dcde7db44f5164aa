"""What a stepped program's interpreter runs first: the engine in, wait for the word, the program under control, how it ended.

    PYTHON -u host.py ANSWERS_FD ASKS_FD TARGET [ARG ...]

Runs as a script, under any interpreter: it makes `concviz` importable from this file's place without touching `sys.path`. The
program's standard input is closed, its output is its own; what is said to us and heard from us goes through two descriptors.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def load_package(init: str) -> None:
    """Make `import concviz` find the package whose `__init__.py` this is, and nothing else that lies near it."""
    external: Any = sys.modules["_frozen_importlib_external"]
    internal: Any = sys.modules["_frozen_importlib"]
    spec = external.spec_from_file_location("concviz", init, submodule_search_locations=[init[: -len("/__init__.py")]])
    module = internal.module_from_spec(spec)
    sys.modules["concviz"] = module
    spec.loader.exec_module(module)
