"""`concviz new FOLDER`: begin a scenario of one's own, from an example that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.verbs import terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SUMMARY = "begin a scenario of your own"

EXAMPLES = """\
examples:
  concviz new my_lesson      makes the folder, with a lesson and two scripts that run
  concviz run ./my_lesson    watch it
  concviz check my_lesson    after a change: is it well formed, and do its scripts run?
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("folder", metavar="FOLDER", help="to be made; its name becomes the scenario's")


def run(options: Namespace) -> int:
    """Do it."""
    from pathlib import Path

    from concviz.scenarios import starter

    folder = Path(options.folder).expanduser()
    starter.write(folder)
    for path in sorted(folder.iterdir()):
        terminal.say(f"{path}")
    place = str(folder) if len(folder.parts) > 1 else f"./{folder}"  # a name alone may be that of a built-in one
    terminal.say(f"watch it: concviz run {place}")
    return 0
