"""The challenges of a lesson, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.scenarios.challenges import GOALS, NEED_TEXT, Challenge
from concviz.scenarios.fields import meant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from concviz.scenarios.fields import Fields
    from concviz.scenarios.lesson import Pane, Parameter


def challenge(fields: Fields, panes: Sequence[Pane], parameters: Sequence[Parameter], folder: Path) -> Challenge:
    """One [[challenges]] of a lesson, whose script may be a pane's or another one beside them. ScenarioError: it is not well formed."""
    held = [pane for pane in panes if pane.can_be_stepped]
    title, name = fields.words("title"), fields.words("script")
    goal, text = fields.choice("goal", tuple(GOALS), None), fields.words("text", "")
    switches = fields.number("switches", -1)
    values, memory, hint = fields.numbers("values"), fields.truth("memory", default=True), fields.words("hint")
    fields.end()
    if name in {pane.script.name for pane in panes} - {pane.script.name for pane in held}:
        raise fields.wrong(f"is about {name!r}, whose workers cannot be held", "choose one of threads, of processes or of asyncio tasks")
    if not (folder / name).is_file():
        raise fields.wrong(f"names a script that is not there: {name}", f"put it into {folder}")
    if bool(text) != (goal in NEED_TEXT):
        raise fields.wrong(f"has no text, which {goal} needs" if not text else f"has a text, which {goal} does not need")
    known = {one.name: one for one in parameters}
    for key, value in values.items():
        if key not in known:
            raise fields.wrong(f"sets an unknown parameter {key!r}", meant(key, tuple(known)) if known else "there is none")
        known[key].check(value)
    return Challenge(title, folder / name, goal, text, switches if switches >= 0 else None, values, memory, " ".join(hint.split()))
