"""What things are called in traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.events import Kind
from concviz.timeline.states import State

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline

UNKNOWN_KIND = "something that this version has no word for"
"""An event whose kind a later version added."""


def span_name(timeline: Timeline, state: int, resource: int) -> str:
    """What a worker does in a span: "running", "waiting for a lock: printing"."""
    return f"{State(state).word}{_of(timeline, resource)}"


def deed_name(timeline: Timeline, kind: int, resource: int) -> str:
    """What a worker did to let another one go on: "released: printing"."""
    return f"{kind_name(kind)}{_of(timeline, resource)}"


def kind_name(kind: int) -> str:
    """An event's kind as a word: "get wait"."""
    try:
        return Kind(kind).name.lower().replace("_", " ")
    except ValueError:
        return UNKNOWN_KIND


def place_words(timeline: Timeline, site: int) -> str:
    """A site as "counter.py:14"; "" for none."""
    known = timeline.sites[site]
    return f"{known.file.replace(chr(92), '/').rpartition('/')[2]}:{known.line}" if site else ""


def _of(timeline: Timeline, resource: int) -> str:
    known = timeline.resources[resource]
    name = known.name or known.kind
    return f": {name}" if resource and name else ""
