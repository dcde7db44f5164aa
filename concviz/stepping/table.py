"""What the workers share, as cells: each lock with its owner, each queue with its fill, each variable with its last value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import Cells, line, stacked
from concviz.drawing.labels import label
from concviz.drawing.letters import clipped, width
from concviz.drawing.palette import FREE, FULL, HELD
from concviz.drawing.styles import holder_style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from concviz.drawing.cells import Part
    from concviz.stepping.things import Thing

NAME_CELLS = 18

DONE = {
    "acquire": "taken",
    "release": "given back",
    "put": "put",
    "get": "got",
    "read": "read",
    "write": "written",
    "wait": "waited for",
    "notify": "notified",
    "join": "joined",
    "await": "awaited",
}
"""Operation -> what was done to the thing."""

MOST_ITEMS = 8
"""Items of a queue that are drawn one by one."""


def table(things: Sequence[Thing], names: Mapping[int, str], size: tuple[int, int]) -> Cells:
    """Two lines a thing, the ones that somebody wants first where there is not room for all; (width, height) cells."""
    columns, rows = size
    room = max(rows // 2, 1)
    kept = set(sorted(range(len(things)), key=lambda at: (not things[at].wanted_by, -things[at].step))[:room])
    shown = [part for at, thing in enumerate(things) if at in kept for part in _thing(thing, names, columns)]
    return stacked(*shown).sized(columns, rows)


def _thing(thing: Thing, names: Mapping[int, str], columns: int) -> list[Cells]:
    cells = min(NAME_CELLS, max(columns // 2, 8))
    name = clipped(thing.name, cells - 1)
    first: list[Part] = [(f" {name}{' ' * (cells - width(name))}", "text.name"), *_state(thing, names, columns - cells - 2)]
    second: list[Part] = [("   ", ""), *_history(thing, names)]
    return [line(first, columns), line(second, columns)]


def _state(thing: Thing, names: Mapping[int, str], room: int) -> list[Part]:
    if thing.holders:
        holder = thing.holders[-1]
        more = f" +{len(thing.holders) - 1}" if len(thing.holders) > 1 else ""
        return [(f"{HELD} ", "state.lock"), (label(names.get(holder, ""), room - 4), holder_style(holder - 1)), (more, "text.dim")]
    if thing.what == "lock":
        return [(f"{FREE} free", "text.dim")]
    if thing.what == "queue":
        return [(FULL * min(thing.fill, MOST_ITEMS) or "empty", "fill.full" if thing.fill else "text.dim"), (f" {thing.fill}", "text.dim")]
    return [(clipped(thing.value, room), "text.strong")] if thing.value else [("not seen yet" if not thing.did else "", "text.dim")]


def _history(thing: Thing, names: Mapping[int, str]) -> list[Part]:
    """Who would block on it; else who touched it last."""
    if thing.blocks:
        who = ", ".join(label(names.get(worker, ""), 10) for worker in thing.blocks)
        return [(f"{who} would block", "state.lock")]
    if thing.by:
        name = (label(names.get(thing.by, ""), 10), holder_style(thing.by - 1))
        return [(f"{DONE.get(thing.did, thing.did)} by ", "text.dim"), name, (f" at step {thing.step}", "text.dim")]
    return []
