"""Workers' names in few cells: what the standard library says at length is said in its short form first."""

from __future__ import annotations

import re
from functools import lru_cache

from concviz.drawing.letters import shortened, width

SHORT_FORMS = (
    (re.compile(r"^Main(Thread|Process)$"), "main"),
    (re.compile(r"^ThreadPoolExecutor-(\d+)_(\d+)$"), r"T-\1_\2"),
    (re.compile(r"^(?:Fork|Spawn|ForkServer)?PoolWorker-(\d+(?::\d+)*)$"), r"P-\1"),
    (re.compile(r"^(?:Fork|Spawn|ForkServer)?Process-(\d+(?::\d+)*)$"), r"P-\1"),
    (re.compile(r"^Thread-(\d+)$"), r"T-\1"),
    (re.compile(r"^(Task-\d+) .*\.([^.]+)$"), r"\1 \2"),
    (re.compile(r"^(Task-\d+) .*$"), r"\1"),
    (re.compile(r"^Dummy-(\d+)$"), r"D-\1"),
)
"""Names that the standard library gives, and their short forms."""

_TARGET = re.compile(r"^(Thread-\d+) \((.*)\)$", re.DOTALL)


@lru_cache(maxsize=4096)
def label(name: str, cells: int) -> str:
    """The name in at most so many cells: whole, else without its target, else in its short form, else its two ends."""
    bare = _TARGET.sub(r"\1", name)
    forms = [name, bare, *sorted((pattern.sub(form, bare) for pattern, form in SHORT_FORMS), key=len, reverse=True)]
    return shortened(next((found for found in forms if width(found) <= cells), forms[-1]), cells)
