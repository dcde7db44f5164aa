"""`concviz attach PID`: watch a process that runs already, on the screen or as text, and let go of it again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import UsageError
from concviz.verbs import judging, lasting, redacting, terminal
from concviz.verbs.numbers import COLUMNS, PERCENT, seconds

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.runs.attachment import Attachment

SUMMARY = "watch a process that runs already"

EXAMPLES = """\
examples:
  concviz attach 4711                         on the screen; q lets go of it, and it runs on
  concviz attach 4711 --plain --duration 10   ten seconds of it, as text
  concviz attach 4711 --json -o server.cvz    as data, and the recording kept
  concviz attach 4711 --from-outside          put nothing into it, also where that could be done

From outside, on Linux: its threads, the processes below it, cores, who waits for a core, who is blocked, and who holds the GIL.
From Python 3.14 on it lets probes in: then what is made from now on (threads, locks, queues, tasks) tells of itself. What cannot be
seen is said. It is never stopped or ended: with --plain and --json, Ctrl-C lets go of it, too.

exit code: 0 when it was let go or has ended; 3 when one of --fail-on was found; 1 when it could not be watched, 2 when what was
asked for cannot be done.
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("pid", metavar="PID", type=_pid, help="the number of the process, as `pgrep -af python` lists it")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--plain", action="store_true", help="wait until it ends or is let go, then print text")
    shown.add_argument("--json", action="store_true", help="wait until it ends or is let go, then print one object")
    parser.add_argument("--from-outside", action="store_true", help="look at it from outside only")
    parser.add_argument("--duration", metavar="SECONDS", type=seconds(), help="then it is let go")
    parser.add_argument("--no-lines", action="store_true", help="do not watch current lines")
    words = "of one core, for looks from outside at GIL and cores (default: 5; 0: none)"
    parser.add_argument("--sampling", metavar="PERCENT", type=PERCENT, help=words)
    lasting.describe_memory(parser)
    parser.add_argument("-o", "--save", metavar="FILE", help="with --plain or --json: keep the recording")
    redacting.describe(parser)
    parser.add_argument("--width", metavar="COLUMNS", type=COLUMNS, help="of the text (default: as the terminal, else 100)")
    parser.add_argument("--ascii", action="store_true", help="text in ASCII only")
    judging.describe(parser)


def run(options: Namespace) -> int:
    """Do it."""
    redacting.refuse_without_file(options, options.save)
    if options.plain or options.json:
        return _print(options)
    judging.refuse_without_text(options)
    for name in ("save", "width", "ascii"):
        if getattr(options, name):
            raise UsageError(f"--{name} goes with --plain or --json", "on the screen there are keys for that: see ? there")
    attachment = _attachment(options)
    terminal.check_screen("add --plain for text, or --json for data")
    from concviz.verbs.screen import show_attached

    return show_attached(attachment)


def _attachment(options: Namespace) -> Attachment:
    """Whom, and how. ConcvizError for a process that one cannot attach to."""
    from concviz.runs.attachment import Attachment
    from concviz.sampling.pace import BUDGET

    budget = BUDGET if options.sampling is None else options.sampling / 100
    asked = Attachment(
        options.pid,
        events=not options.from_outside,
        lines=not options.no_lines,
        budget=budget,
        duration_s=options.duration,
        keep=options.keep,
    )
    return asked.checked()


def _print(options: Namespace) -> int:
    from concviz.attached import AttachedStage
    from concviz.verbs.following import End, follow
    from concviz.verbs.printing import say_report
    from concviz.verbs.run import check_target

    check_target(options.save)
    judging.check(options)
    stage = AttachedStage(_attachment(options))
    try:
        stage.start()
        end = follow(stage, None)
        report = stage.report()
        found = judging.judged(report, options)
        say_report(report, found, options)
        if options.save is not None:
            stage.save(Path(options.save), redacting.redaction(options))
        if stage.run.state == "failed":
            return 1
        return judging.FOUND if judging.fails(found, options) else End.STOPPED.value if end is End.STOPPED else 0
    finally:
        stage.close()


def _pid(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


_pid.__name__ = "process's number"
