"""`concviz step TARGET`: be the scheduler of a program, on the screen; or print the steps of one schedule as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import TargetError, UsageError
from concviz.verbs import interpreters, terminal
from concviz.verbs.run import found, narrowed, wanted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.stepping.play import Way
    from concviz.stepping.programs import Program

SUMMARY = "be the scheduler: choose, step by step, which worker goes next"

EXAMPLES = """\
examples:
  concviz step shared_counter                    a scenario: its challenges first
  concviz step my.py                             a script of your own
  concviz step my.py:add_twice                   a function of it, without arguments
  concviz step my.py --no-memory                 synchronisation only: reads and writes of shared memory are no steps
  concviz step my.py --token EAEN2p0             from where this schedule leads
  concviz step my.py --plain --token EAEN2p0     the steps of this schedule as text
  concviz step deadlock --plain --seed 3         one that chance chooses

Threads, tasks and the processes of multiprocessing are all stepped, these in real processes of their own. Time is virtual: a sleep
costs nothing. What runs outside control (input and output, C code that blocks, other child processes, managers) is a step that says so.

exit code, with --plain: 0 when the program ended well, 1 when it failed (exception, invariant, deadlock, ...), 2 when what was
asked for cannot be done.
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("target", metavar="X", help="a scenario's name, a folder, a script, or file.py:function")
    parser.add_argument("--setup", metavar="NAME", help="of FILE.py:func: a function that is called first")
    parser.add_argument("--invariant", metavar="NAME", help="of FILE.py:func: a function that must not give False, nor raise, in the end")
    parser.add_argument("--plain", action="store_true", help="run one schedule to its end, and print its steps")
    parser.add_argument("--token", metavar="TOKEN", help="begin with the choices of this schedule")
    parser.add_argument("--seed", metavar="N", type=int, help="what chance chooses; with --plain: let it choose after the token")
    memory = parser.add_mutually_exclusive_group()
    memory.add_argument("--memory", action="store_true", default=None, help="each access to shared memory is a step, too (the default)")
    memory.add_argument("--no-memory", action="store_false", dest="memory", help="synchronisation only")
    parser.add_argument("--python", metavar="PATH", help="the interpreter of the program, 3.11 or later (default: this one)")
    parser.add_argument("--only", metavar="MODEL", action="append", default=[], help="of a scenario: only this model, or this script")
    parser.add_argument("--set", metavar="NAME=VALUE", action="append", default=[], help="a parameter of the scenario")
    parser.add_argument("--width", metavar="COLUMNS", type=int, help="of the text (default: as the terminal, else 100)")


def run(options: Namespace) -> int:
    """Do it."""
    title, programs = _programs(options)
    way = _way(options, programs[0])
    if options.plain:
        from concviz.stepping.printed import printed

        columns = options.width or terminal.columns()
        told = printed(programs[0], way, columns)
        for line in told.lines:
            terminal.say(line)
        return told.exit_code
    terminal.check_screen("add --plain for the steps of one schedule as text")
    from concviz.verbs.screen import show_control

    return show_control(title, programs, way)


def _programs(options: Namespace) -> tuple[str, tuple[Program, ...]]:
    """What it is called, and what can be stepped of it. ConcvizError when there is nothing."""
    import sys

    from concviz.stepping.programs import Program, programs
    from concviz.stepping.request import Request

    python = interpreters.check(options.python) if options.python is not None else sys.executable
    path, colon, function = options.target.rpartition(":")
    if colon and path.endswith(".py"):
        if not function.isidentifier():
            raise TargetError(f"{function!r} is no function's name", "write file.py:function")
        request = Request(Path(path).expanduser(), function, options.setup or "", options.invariant or "", python=python)
        request.check()
        return "", (Program(request, "program"),)
    if options.setup or options.invariant:
        raise UsageError("--setup and --invariant go with FILE.py:func", "name the function that is to be stepped")
    scenario = narrowed(found(options.target), options.only)
    made = programs(scenario, scenario.values(wanted(scenario, options.set)), python=python)
    made[0].request.check()
    return (scenario.title if scenario.panes[0].model != "program" else ""), made


def _way(options: Namespace, program: Program) -> Way:
    """The choices to begin with, whether accesses to memory are steps, and what chance chooses."""
    from dataclasses import replace

    from concviz.stepping import token
    from concviz.stepping.play import Way

    if options.token is None:
        return Way(memory=program.memory if options.memory is None else options.memory, seed=options.seed)
    asked = token.asked(options.token, program.request.script)
    if options.memory is not None and options.memory != asked.memory:
        made, ours = ("with", "no-memory") if asked.memory else ("without", "memory")
        raise UsageError(f"the token was made {made} steps of memory", f"leave --{ours} away")
    return replace(asked, seed=options.seed)
