"""`concviz explore TARGET`: search the interleavings of a program for one that fails, and show the shortest that does."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from concviz.errors import TargetError, UsageError
from concviz.verbs import explored
from concviz.verbs.numbers import COLUMNS, COUNT, seconds
from concviz.verbs.run import found, narrowed, wanted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from concviz.schedules.asking import Question
    from concviz.schedules.exploration import Exploration
    from concviz.schedules.programs import FileSubject
    from concviz.schedules.survey import Survey

SUMMARY = "search a program's interleavings for one that fails"

EXAMPLES = """\
examples:
  concviz explore my.py                               a script of your own
  concviz explore my.py:transfer                      a function of it, without arguments; also a coroutine function
  concviz explore bank.py:transfer --setup account --invariant check
  concviz explore deadlock                            a scenario, each of its programs
  concviz explore shared_counter --set rounds=1 --one-outcome
  concviz explore my.py --replay EwsAB5oK4A           run this schedule again: exit code 1 while it fails
  concviz explore my.py --schedules 20000 --seconds 300 --seed 7
  concviz explore my.py --strategy reduced --to-the-end --json > outcomes.json
  concviz explore my.py --on tcp://10.0.0.1:8786      on a Dask cluster (pip install "concviz[dask]")

The threads and tasks that the program starts run for real, one at a time; who goes next is chosen at each synchronisation and each
access to shared memory. Time is virtual. A run fails by an exception or a failed assertion, an invariant that does not hold, a deadlock,
no progress, a data race, a thread or task that is left behind; with --one-outcome also by another result than the first schedule's.
What the function of --setup returns, unless that is None, is handed to the function and to the invariant.

What is found is shrunk to the fewest preemptions, and run again on real threads 100 times, before it is shown. The same seed gives the
same answer, however many cores there are, unless the time runs out.

strategy  mixed: all of these in turn · random · pct: by priorities that change up to twice · preemptions, delays: all schedules with
          none, then with one, and so on · reduced: every interleaving, of those with the same effect one

exit code: 0 when nothing was found (the words say whether that is all there is), 1 when a schedule fails, 2 when what was asked for
cannot be done. "holds" is said only when every interleaving was tried, and nothing in it was outside control.
"""


STRATEGIES = ("mixed", "random", "pct", "preemptions", "delays", "reduced")
"""Their names; what they are, `concviz.schedules.strategies` says, which nobody else need load."""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("target", metavar="TARGET", help="a scenario's name, a folder, a script, or FILE.py:func")
    parser.add_argument("--setup", metavar="NAME", help="of FILE.py:func: a function that is called first, in each run")
    parser.add_argument("--invariant", metavar="NAME", help="of FILE.py:func: a function that must not give False, nor raise, in the end")
    parser.add_argument("--replay", metavar="TOKEN", help="run this one schedule; exit code 1 while it fails")
    parser.add_argument("--strategy", choices=STRATEGIES, default=STRATEGIES[0], help="how schedules are chosen (default: mixed)")
    parser.add_argument("--schedules", metavar="N", type=COUNT, default=2000, help="at most (default: 2000)")
    parser.add_argument("--seconds", metavar="S", type=seconds(), default=60.0, help="at most (default: 60)")
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="of chance (default: 0)")
    parser.add_argument("--to-the-end", action="store_true", help="go on when one has failed: for all outcomes")
    parser.add_argument("--one-outcome", action="store_true", help="another result than the first schedule's is a failure")
    parser.add_argument("--no-races", action="store_true", help="a data race without any other failure is none")
    memory = parser.add_mutually_exclusive_group()
    memory.add_argument("--memory", action="store_true", default=None, help="a choice at each access to shared memory too (the default)")
    memory.add_argument("--no-memory", action="store_false", dest="memory", help="at synchronisation only: faster")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--processes", metavar="N", type=COUNT, help="how many at once (default: the cores)")
    where.add_argument("--on", metavar="ADDRESS", help="a Dask scheduler's, such as tcp://127.0.0.1:8786")
    parser.add_argument("--only", metavar="MODEL", action="append", default=[], help="of a scenario: only this model, or this script")
    parser.add_argument("--set", metavar="NAME=VALUE", action="append", default=[], help="a parameter of the scenario")
    parser.add_argument("--json", action="store_true", help="print one object")
    parser.add_argument("--width", metavar="COLUMNS", type=COLUMNS, help="of the text (default: as the terminal, else 100)")
    parser.add_argument("--ascii", action="store_true", help="text in ASCII only")


def run(options: Namespace) -> int:
    """Do it."""
    subjects = _subjects(options)
    if options.replay is not None:
        return _replay(subjects, options)
    with _executor(options) as (executor, hands), explored.progress(options) as say:
        told = [_asked(subject, options, (executor, hands), say) for subject in subjects]
    explored.say(told, options)
    return 1 if any(one.survey.failing is not None for one in told) else 0


def _subjects(options: Namespace) -> list[FileSubject]:
    """What is to be explored. ConcvizError when there is nothing."""
    from concviz.comparing.work import split
    from concviz.schedules.programs import of_file

    memory = options.memory is not False
    if ":" in options.target and ".py:" in options.target:
        file, name = split(options.target)
        subject = of_file(file, options.target)
        return [replace(subject, function=name, memory=memory, setup=options.setup or "", invariant=options.invariant or "")]
    if options.setup or options.invariant:
        raise UsageError("--setup and --invariant name functions of a file", "write FILE.py:func as the target")
    scenario = narrowed(found(options.target), options.only)
    panes = [pane for pane in scenario.panes if pane.can_be_stepped]
    if not panes:
        raise TargetError(
            f"{scenario.name} has no program that can be explored", "it needs one of threads, of processes or of asyncio tasks"
        )
    given = wanted(scenario, options.set)
    env = tuple(scenario.environment(scenario.values(given)).items())
    title = options.target if len(scenario.panes) == 1 else ""
    subjects = [of_file(pane.script.absolute(), title or f"{options.target} --only {pane.script.stem}") for pane in panes]
    return [replace(subject, memory=memory, env=env, given=tuple(given.items())) for subject in subjects]


def _asked(subject: FileSubject, options: Namespace, where: tuple[Executor, int], say: Callable[[Survey], None]) -> Exploration:
    from concviz.schedules.asking import ask

    return ask(subject, _question(options), *where, say)


def _question(options: Namespace) -> Question:
    from concviz.schedules.asking import Question
    from concviz.schedules.exploring import Budget

    budget = Budget(options.schedules, options.seconds, options.to_the_end)
    return Question(options.strategy, options.seed, budget, options.one_outcome, not options.no_races)


@contextmanager
def _executor(options: Namespace) -> Iterator[tuple[Executor, int]]:
    """Who runs the schedules, and how many at once."""
    from concviz.schedules import executors

    with executors.dask(options.on) if options.on else executors.children(options.processes) as given:
        yield given


def _replay(subjects: list[FileSubject], options: Namespace) -> int:
    """One schedule of one program."""
    from concviz.schedules import token
    from concviz.schedules.replaying import replay_of, same_program

    asked = token.read(options.replay)
    matching = [subject for subject in subjects if same_program(asked, subject)] or subjects
    if len(matching) > 1:
        raise UsageError(f"{options.target} has {len(matching)} programs", "name the one of the token with --only")
    subject = replace(matching[0], memory=asked.memory)
    if options.memory is not None and options.memory != asked.memory:
        made, ours = ("with", "no-memory") if asked.memory else ("without", "memory")
        raise UsageError(f"the token was made {made} choices at memory", f"leave --{ours} away")
    with _executor(options) as (executor, _):
        replayed = executor.submit(replay_of, subject, asked).result()
        fails = _fails(replayed, executor, subject) if options.one_outcome else bool(replayed.outcome.signature)
    explored.say_replay(subject, asked, replayed, options)
    return 1 if fails else 0


def _fails(replayed: Any, executor: Executor, subject: FileSubject) -> bool:
    """Whether it has another result than the schedule without a switch."""
    from concviz.schedules.replaying import replay_of
    from concviz.schedules.token import Token

    plain = executor.submit(replay_of, subject, Token(())).result().outcome
    return bool(replayed.outcome.signature) or replayed.outcome.result != plain.result
