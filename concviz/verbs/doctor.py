"""`concviz doctor`: what this machine and these interpreters can measure, and what not, each with the reason."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from concviz.verbs import interpreters, terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.verbs.checks import Check

SUMMARY = "what this machine and its Pythons can measure"

EXAMPLES = """\
examples:
  concviz doctor
  concviz doctor --python ~/python3.14t/bin/python3
  concviz doctor --json
"""

NAME_CELLS = 22
"""The column of what is checked."""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("--python", metavar="PATH", action="append", default=[], help="look at this interpreter too; may be repeated")
    parser.add_argument("--json", action="store_true", help="print one object")


def run(options: Namespace) -> int:
    """Do it."""
    from concviz.verbs import checks, inside

    named = [interpreters.check(word) for word in options.python]
    paths = list(dict.fromkeys([*interpreters.found(), *named]))
    machine, screen = checks.machine(), checks.screen()
    pythons = [(path, inside.interpreter(path)) for path in paths]
    if options.json:
        _say_json(machine, screen, pythons)
        return 0
    _say("This machine", machine)
    _say("This terminal", screen)
    for path, found in pythons:
        _say(path, found)
    return 0


def _say_json(machine: list[Check], screen: list[Check], pythons: list[tuple[str, list[Check]]]) -> None:
    import json

    told = {
        "machine": [asdict(check) for check in machine],
        "terminal": [asdict(check) for check in screen],
        "interpreters": [{"path": path, "checks": [asdict(check) for check in found]} for path, found in pythons],
    }
    terminal.say(json.dumps(told, indent=2))


def _say(title: str, found: list[Check]) -> None:
    terminal.say(title)
    for check in found:
        terminal.say(f"  {'yes' if check.holds else 'no':<4} {check.name:<{NAME_CELLS}} {check.words}")
    terminal.say("")
