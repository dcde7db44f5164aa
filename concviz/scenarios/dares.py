"""The challenges of a lesson, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.scenarios.challenges import GOALS, NEED_TEXT, Challenge
from concviz.scenarios.fields import meant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.scenarios.fields import Fields
    from concviz.scenarios.lesson import Pane, Parameter


def challenge(fields: Fields, panes: Sequence[Pane], parameters: Sequence[Parameter]) -> Challenge:
    """One [[challenges]] of a lesson. ScenarioError says what is not well formed."""
    names = {pane.script.name: pane.script for pane in panes}
    title, name = fields.words("title"), fields.words("script")
    goal, text = fields.choice("goal", tuple(GOALS), None), fields.words("text", "")
    switches = fields.number("switches", -1)
    values, memory, hint = fields.numbers("values"), fields.truth("memory", default=True), fields.words("hint")
    fields.end()
    if name not in names:
        raise fields.wrong(f"is about {name!r}, which no pane runs", meant(name, tuple(names)))
    if bool(text) != (goal in NEED_TEXT):
        raise fields.wrong(f"has no text, which {goal} needs" if not text else f"has a text, which {goal} does not need")
    known = {one.name: one for one in parameters}
    for key, value in values.items():
        if key not in known:
            raise fields.wrong(f"sets an unknown parameter {key!r}", meant(key, tuple(known)) if known else "there is none")
        known[key].check(value)
    return Challenge(title, names[name], goal, text, switches if switches >= 0 else None, values, memory, " ".join(hint.split()))
