"""`concviz run X`: watch a scenario, a folder or a script, on the screen or as text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import TargetError, UsageError
from concviz.verbs import interpreters, judging, lasting, redacting, terminal
from concviz.verbs.numbers import COLUMNS, PERCENT, seconds

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.scenarios.lesson import Scenario
    from concviz.stage import Conditions, Stage

SUMMARY = "watch a scenario, a folder or a script"

EXAMPLES = """\
examples:
  concviz run three_models                    on the screen
  concviz run my.py                           a script of your own
  concviz run my.py --fast 10                 with arguments of its own: concviz's stand before them
  concviz run -m http.server 8000             a module, as python -m runs it
  concviz run ./my_scenario --only threads    a folder, one pane of it
  concviz run primes --set parts=2 --plain    as text, two parts instead of four
  concviz run primes --json > primes.json     as data
  concviz run deadlock --plain --timeout 3    what never ends by itself is ended
  concviz run server.py --duration 30         ends it after half a minute, as Ctrl-C would
  concviz run server.py --trigger "loop lag > 100ms" --plain --save late.cvz    keeps the seconds around each
  concviz run my.py --plain --fail-on deadlock,stuck,blocked-loop    for CI: exit code 3 when one of these was found
  concviz run my.py --plain --limit contention.ms=500                another threshold of a finding

exit code: that of the program where there is one pane (128 and the signal's number when a signal ended it, 124 when
--timeout or --duration did), else 0; 3 when one of --fail-on was found; 1 when a program could not be started, 2 when what was asked
for cannot be done.
With --plain and --json, Ctrl-C once interrupts the programs, as it would without concviz; twice ends them.
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("target", metavar="X", nargs="?", help="a scenario's name (see `concviz list`), a folder, or a script")
    what.add_argument("-m", metavar="MODULE", dest="module", help="a module, as python -m runs it")
    parser.add_argument("args", nargs="*", help="arguments of the script; after -- they may look like ours")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--plain", action="store_true", help="wait for the end, then print text")
    shown.add_argument("--json", action="store_true", help="wait for the end, then print one object")
    parser.add_argument("--python", metavar="PATH", help="the interpreter of the programs, 3.11 or later (default: this one)")
    parser.add_argument("--stdin", metavar="FILE", help="what the programs read from standard input; -: ours (default: nothing)")
    parser.add_argument("--no-lines", action="store_true", help="do not watch current lines")
    parser.add_argument(
        "--sampling", metavar="PERCENT", type=PERCENT, help="of one core, for looks from outside at GIL and cores (default: 5; 0: none)"
    )
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--in-turn", action="store_true", help="run the panes one after the other")
    order.add_argument("--together", action="store_true", help="start all panes at once")
    parser.add_argument("--only", metavar="MODEL", action="append", default=[], help="only panes of this model, or with this script")
    parser.add_argument("--set", metavar="NAME=VALUE", action="append", default=[], help="a parameter of the scenario")
    lasting.describe(parser)
    parser.add_argument("--timeout", metavar="SECONDS", type=seconds(), help="with --plain or --json: end what still runs then")
    parser.add_argument("--save", metavar="FILE", help="with --plain or --json: keep the recording")
    redacting.describe(parser)
    parser.add_argument("--width", metavar="COLUMNS", type=COLUMNS, help="of the text (default: as the terminal, else 100)")
    parser.add_argument("--ascii", action="store_true", help="text in ASCII only")
    judging.describe(parser)


def run(options: Namespace) -> int:
    """Do it."""
    redacting.refuse_without_file(options, options.save)
    scenario = narrowed(found(options.target) if options.module is None else module(options.module), options.only)
    values = scenario.values(wanted(scenario, options.set))
    lasting.check(options, len(scenario.panes))
    if not (options.plain or options.json):
        refuse_without_text(options)
        judging.refuse_without_text(options)
        ours = {"--plain", "--json"} & set(options.args)
        hint = "add --plain for text, or --json for data" + ("; they stand before the script or -m" if ours else "")
        terminal.check_screen(hint)
        from concviz.verbs.screen import show_stage

        return show_stage(scenario, values, conditions(options))
    return _print(scenario, values, options)


def found(word: str) -> Scenario:
    """What is called so: a built-in scenario, a folder, or a script. ConcvizError when there is none."""
    from concviz.scenarios.catalogue import find

    return find(word)


def module(name: str) -> Scenario:
    """A module as `python -m` runs it."""
    from concviz.scenarios.catalogue import from_module

    return from_module(name)


def narrowed(scenario: Scenario, only: list[str]) -> Scenario:
    """With those panes alone whose model or script is called so; all of them when nothing is. UsageError for an unknown one."""
    from concviz.scenarios.fields import meant

    names = [name for pane in scenario.panes for name in (pane.model, pane.script.stem)]
    for word in only:
        if word not in names:
            raise UsageError(f"{scenario.name} has no pane {word!r}", meant(word, list(dict.fromkeys(names))))
    places = [place for place, pane in enumerate(scenario.panes) if not only or {pane.model, pane.script.stem} & set(only)]
    return scenario.with_panes(places)


def wanted(scenario: Scenario, settings: list[str]) -> dict[str, int]:
    """Values by name, from "name=value" each. UsageError for an unknown name, or a value that is no whole number."""
    from concviz.scenarios.fields import meant

    names = {one.name: one.name for one in scenario.parameters} | {one.env: one.name for one in scenario.parameters}
    values = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set {setting} sets nothing", "write --set name=value")
        if name not in names:
            hint = meant(name, [one.name for one in scenario.parameters]) if names else "it has none"
            raise UsageError(f"{scenario.name} has no parameter {name!r}", hint)
        try:
            values[names[name]] = int(value)
        except ValueError:
            raise UsageError(f"--set {setting}: {value!r} is not a whole number") from None
    return values


def conditions(options: Namespace) -> Conditions:
    """Under what the programs are to run. TargetError for an interpreter or a file that is not there."""
    import sys

    from concviz.sampling.pace import BUDGET
    from concviz.stage import Conditions

    asked = Conditions(
        python=interpreters.check(options.python) if options.python is not None else sys.executable,
        args=tuple(options.args),
        stdin=_stdin(options.stdin),
        lines=not options.no_lines,
        order="in turn" if options.in_turn else "together" if options.together else None,
        budget=BUDGET if options.sampling is None else options.sampling / 100,
    )
    return lasting.lasting(asked, options)


def _stdin(given: str | None) -> Path | None:
    """The file that they read; None: nothing. TargetError when it is not there."""
    if given is None:
        return None
    if given != "-":
        path = Path(given).absolute()
        if not path.is_file():
            raise TargetError(f"there is no file {given}", "--stdin wants one to read from, or - for ours")
        return path
    ours = Path(f"/proc/{os.getpid()}/fd/0")  # whoever opens that gets what we have: file, pipe or terminal
    if not ours.exists():
        raise TargetError("--stdin - needs a standard input, and /proc", "give a file")
    return ours


def refuse_without_text(options: Namespace) -> None:
    """UsageError for options that the screen has no use for."""
    if options.stdin == "-":
        raise UsageError("--stdin - goes with --plain or --json", "the screen needs the keyboard itself: give a file")
    for name in ("timeout", "save", "width", "ascii"):
        if getattr(options, name):
            raise UsageError(f"--{name} goes with --plain or --json", "on the screen there are keys for that: see ? there")


def _print(scenario: Scenario, values: dict[str, int], options: Namespace) -> int:
    from concviz.report import of_stage
    from concviz.stage import Stage
    from concviz.verbs.following import End, follow
    from concviz.verbs.printing import say_report

    check_target(options.save)
    judging.check(options)
    stage = Stage(scenario, values, conditions(options))
    try:
        stage.start()
        end = follow(stage, options.timeout)
        report = of_stage(stage)
        found = judging.judged(report, options)
        say_report(report, found, options)
        if options.save is not None:
            lasting.save(stage, Path(options.save), redacting.redaction(options))
        if end is End.STOPPED:
            return End.STOPPED.value
        failed = any(run.state == "failed" for run in stage.runs)
        return judging.FOUND if not failed and judging.fails(found, options) else exit_code(stage, end.value)
    finally:
        stage.close()


def check_target(save: str | None) -> None:
    """Before anything runs: a recording that cannot be kept should not be made first."""
    if save is None:
        return
    path = Path(save)
    if path.exists():
        raise TargetError(f"{save} exists", "choose another name, or remove it first")
    if not path.absolute().parent.is_dir():
        raise TargetError(f"there is no folder {path.parent}", "make it first")


def exit_code(stage: Stage, timed_out: int = 0) -> int:
    """What the programs' ends mean for our own: see EXAMPLES. `timed_out`: the code for what the timeout ended, else 0."""
    from concviz.verbs.following import End

    if any(run.state == "failed" for run in stage.runs):
        return 1
    if len(stage.runs) > 1:
        return 0
    ended = stage.runs[0].exit
    if ended is None or ended.stopped:
        return timed_out
    if ended.time_up:
        return End.TIMED_OUT.value
    return 128 + ended.signal if ended.signal else ended.code
