"""`concviz list`: the scenarios by name, in their chapters."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from concviz.verbs import terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.lessons.progress import Progress
    from concviz.scenarios.lesson import Scenario

SUMMARY = "the scenarios by name"

EXAMPLES = """\
examples:
  concviz list
  concviz list --json
  concviz list --measures      what the questions of a lesson can be answered by, for who writes one

A tick stands before what you have watched, a star before what you have guessed right, too. Packages ship scenarios by the entry
point group `concviz.scenarios`; one that is broken is told on standard error.
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.add_argument("--measures", action="store_true", help="what a lesson's questions can be answered by")


def run(options: Namespace) -> int:
    """Do it."""
    if options.measures:
        return _say_measures(options)
    from concviz.lessons import progress
    from concviz.scenarios.catalogue import builtin, shipped

    others, broken = shipped()
    scenarios, known = (*builtin(), *others), progress.read()
    for words in broken:
        sys.stderr.write(f"concviz: a package's scenarios cannot be listed: {' '.join(words.split())}\n")
    if options.json:
        import json

        terminal.say(json.dumps([as_data(scenario, known) for scenario in scenarios], indent=2))
        return 0
    names = max(len(scenario.name) for scenario in scenarios)
    titles = max(len(scenario.title) for scenario in scenarios)
    chapter = None
    for scenario in scenarios:
        if scenario.chapter != chapter:
            terminal.say(f"{'' if chapter is None else chr(10)}{scenario.chapter}")
            chapter = scenario.chapter
        models = " ".join(dict.fromkeys(pane.model for pane in scenario.panes))
        terminal.say(f"{_mark(scenario, known)} {scenario.name:<{names}}  {scenario.title:<{titles}}  {models}")
    right, of = known.score
    watched = sum(known.seen(scenario) for scenario in scenarios)
    if watched:
        terminal.say(f"\n{watched} of {len(scenarios)} watched{f', {right} of {of} guessed right' if of else ''}")
    return 0


def _say_measures(options: Namespace) -> int:
    """Each with what it gives and needs."""
    from concviz.scenarios.questions import DOINGS, MEASURES

    if options.json:
        import json

        told = [{"name": name, "gives": one.shape.value, "words": one.summary, "needs": list(one.needs)} for name, one in MEASURES.items()]
        terminal.say(json.dumps(told, indent=2))
        return 0
    shape = None
    for name, one in MEASURES.items():
        if one.shape is not shape:
            terminal.say(f"{'' if shape is None else chr(10)}{one.shape.value}")
            shape = one.shape
        needs = f" ({', '.join(one.needs)})" if one.needs else ""
        terminal.say(f"  {name:<14}  {one.summary}{needs}")
    terminal.say(f"\ndoing is one of {', '.join(DOINGS)}; workers is how their names begin; in brackets: what must be there")
    return 0


def _mark(scenario: Scenario, known: Progress) -> str:
    done = "★" if known.right(scenario) else "✓" if known.seen(scenario) else " "
    return {"★": "*", "✓": "+"}.get(done, done) if terminal.ascii_only() else done


def as_data(scenario: Scenario, known: Progress) -> dict[str, Any]:
    """What a scenario is, for JSON, and what a person has made of it."""
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
        "questions": [{"words": one.words, "measure": one.measure, "choices": list(one.choices)} for one in scenario.questions],
        "challenges": [
            {"title": one.title, "script": one.script.name, "goal": one.words, "values": dict(one.values), "hint": one.hint}
            for one in scenario.challenges
        ],
        "take_away": list(scenario.take_away),
        "docs": scenario.docs,
        "watched": known.seen(scenario),
        "guessed_right": known.right(scenario),
    }
