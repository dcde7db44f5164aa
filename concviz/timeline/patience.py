"""What events do not tell of waits, read from the source: whether one has a limit, and whether somebody outside may end it.

What is not known counts as no limit, and as somebody outside.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.timeline import Timeline

LIMITED = {"acquire": 2, "wait": 1, "wait_for": 2, "join": 1, "get": 2, "put": 3, "result": 1, "exception": 1}
"""Calls that wait, and with how many arguments by position the last of them is a limit in seconds."""

CANCELLING = frozenset({"timeout", "timeout_at", "wait_for", "move_on_after", "fail_after"})
"""Calls that put a limit to all that a task waits for inside."""

SIGNALS = ("signal.", "signal_handler", "KeyboardInterrupt")
"""Words in a source that show that a signal may wake the main thread."""

CALLBACKS = ("add_reader", "add_writer", "call_later", "call_at", "call_soon_threadsafe", "run_coroutine_threadsafe")
NETWORKS = ("socket", "server", "connect", "datagram", "protocol", "aiohttp", "uvicorn", "grpc")
"""Words that show that a timer or a connection may wake a task."""


def limited(timeline: Timeline, site: int, task: bool) -> bool:  # noqa: FBT001 - what waits, no switch
    """Whether the call at a site, or for a task one around it, has a limit. False where the source is not known."""
    known = timeline.sites[site]
    source = timeline.source(known.file) if site else None
    if source is None:
        return False
    lines, cancels = _limits(source)
    return known.line in lines or (task and cancels)


def signals(timeline: Timeline) -> bool:
    """Whether a signal may wake a main thread; True where no source is known."""
    return _says(timeline, SIGNALS)


def outside(timeline: Timeline) -> bool:
    """Whether a signal, a timer or a connection may wake a task whose loop rests; True where no source is known."""
    return _says(timeline, (*SIGNALS, *CALLBACKS, *NETWORKS))


def _says(timeline: Timeline, words: tuple[str, ...]) -> bool:
    sources = [timeline.source(file) for file in {site.file for site in timeline.sites if site.file}]
    known = [source for source in sources if source is not None]
    return not known or any(word in source for source in known for word in words)


@lru_cache(maxsize=256)
def _limits(source: str) -> tuple[frozenset[int], bool]:
    """(lines of calls with a limit of their own, whether any call puts one to what a task does inside)."""
    try:
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    except (SyntaxError, ValueError, RecursionError):
        return frozenset(), False
    lines = frozenset(line for call in calls if _has_limit(call) for line in _lines(call))
    return lines, any(_name(call) in CANCELLING and _of_asyncio(call) for call in calls)


def _lines(call: ast.Call) -> Iterator[int]:
    yield from range(call.lineno, (call.end_lineno or call.lineno) + 1)


def _has_limit(call: ast.Call) -> bool:
    """Also a call that does not wait at all."""
    first = call.args[:1] if _name(call) == "acquire" else []
    asked = [keyword.value for keyword in call.keywords if keyword.arg == "blocking"] or first
    if any(isinstance(one, ast.Constant) and not one.value for one in asked):
        return True
    for keyword in call.keywords:
        if keyword.arg == "timeout":
            return not (isinstance(keyword.value, ast.Constant) and keyword.value.value is None)
    place = LIMITED.get(_name(call), 0)
    if not place or len(call.args) < place or not isinstance(call.func, ast.Attribute):
        return False
    texts = isinstance(call.func.value, ast.Constant) and isinstance(call.func.value.value, str | bytes)
    last = call.args[place - 1]
    return not texts and not (isinstance(last, ast.Constant) and last.value is None)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""


def _of_asyncio(call: ast.Call) -> bool:
    """Whether it is called as a module's own, so not as the method of a condition."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return owner is None or (isinstance(owner, ast.Name) and owner.id in {"asyncio", "anyio", "trio"})
