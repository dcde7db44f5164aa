"""`concviz list`: the scenarios by name, in their chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concviz.verbs import terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.scenarios.lesson import Scenario

SUMMARY = "the scenarios by name"

EXAMPLES = """\
examples:
  concviz list
  concviz list --json
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("--json", action="store_true", help="print a list of objects")


def run(options: Namespace) -> int:
    """Do it."""
    from concviz.scenarios.catalogue import builtin

    scenarios = builtin()
    if options.json:
        import json

        terminal.say(json.dumps([as_data(scenario) for scenario in scenarios], indent=2))
        return 0
    names = max(len(scenario.name) for scenario in scenarios)
    titles = max(len(scenario.title) for scenario in scenarios)
    chapter = None
    for scenario in scenarios:
        if scenario.chapter != chapter:
            terminal.say(f"{'' if chapter is None else chr(10)}{scenario.chapter}")
            chapter = scenario.chapter
        models = " ".join(dict.fromkeys(pane.model for pane in scenario.panes))
        terminal.say(f"  {scenario.name:<{names}}  {scenario.title:<{titles}}  {models}")
    return 0


def as_data(scenario: Scenario) -> dict[str, Any]:
    """What a scenario is, for JSON."""
    return {
        "name": scenario.name,
        "title": scenario.title,
        "chapter": scenario.chapter,
        "look_for": scenario.look_for,
        "order": scenario.order,
        "panes": [{"model": pane.model, "title": pane.title, "script": pane.script.name} for pane in scenario.panes],
        "parameters": [
            {"name": one.name, "env": one.env, "default": one.default, "minimum": one.minimum, "maximum": one.maximum, "words": one.words}
            for one in scenario.parameters
        ],
    }
