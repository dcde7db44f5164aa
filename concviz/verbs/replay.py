"""`concviz replay FILE`: open a recording, on the screen or as text. No program is needed, and none is started."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from concviz.verbs import judging, lasting, terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SUMMARY = "open a recording"

EXAMPLES = """\
examples:
  concviz replay primes.cvz
  concviz replay primes.cvz --plain
  concviz replay primes.cvz --json > primes.json
  concviz replay primes.cvz --plain --fail-on deadlock,blocked-loop
  concviz replay primes.cvz --plain --limit contention.ms=500

exit code: 3 when one of --fail-on was found, else 0; 2 when what was asked for cannot be done.
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("file", metavar="FILE", help="what was kept with the key s, or with --save")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--plain", action="store_true", help="print text")
    shown.add_argument("--json", action="store_true", help="print one object")
    parser.add_argument("--width", metavar="COLUMNS", type=int, help="of the text (default: as the terminal, else 100)")
    parser.add_argument("--ascii", action="store_true", help="text in ASCII only")
    lasting.describe_memory(parser)
    judging.describe(parser)


def run(options: Namespace) -> int:
    """Do it."""
    path = Path(options.file)
    if not (options.plain or options.json):
        judging.refuse_without_text(options)
        terminal.check_screen("add --plain for text, or --json for data")
        from concviz.verbs.screen import show_recording

        return show_recording(path, options.keep)
    from concviz.recordings.follow import opened
    from concviz.report import of_recording
    from concviz.verbs.printing import say_report

    judging.check(options)
    report = of_recording(path, opened(path, options.keep))
    found = judging.judged(report, options)
    say_report(report, found, options)
    return judging.FOUND if judging.fails(found, options) else 0
