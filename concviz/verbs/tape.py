"""`concviz tape check FILE`: whether a tape can be played, before anything is filmed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from concviz.verbs import terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SUMMARY = "check a tape for `concviz record`"

EXAMPLES = """\
examples:
  concviz tape check demo.tape
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("what", metavar="check", choices=("check",), help="say what is wrong with it, with line and column")
    parser.add_argument("file", metavar="FILE", nargs="+", help="a tape")


def run(options: Namespace) -> int:
    """Do it."""
    from concviz.films import tape
    from concviz.films.steps import KEY_S

    for word in options.file:
        steps = tape.read(Path(word))
        seconds = tape.least_seconds(steps, KEY_S)
        terminal.say(f"{word}: {len(steps)} step{'s' * (len(steps) != 1)}, {seconds:g} s at least")
    return 0
