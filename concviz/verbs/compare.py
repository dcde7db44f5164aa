"""`concviz compare FILE.py:func`: which model to use for one's own work, measured."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import TargetError, UsageError
from concviz.verbs import interpreters, terminal
from concviz.verbs.numbers import COLUMNS, COUNT, seconds

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator

    from concviz.comparing.rounds import Comparison
    from concviz.comparing.target import Answer, Python
    from concviz.comparing.variants import Variant
    from concviz.comparing.work import Inputs, Work

SUMMARY = "which model to use for a function of yours"

EXAMPLES = """\
examples:
  concviz compare work.py:resize                          on the numbers 0 to 7, or on the list INPUTS of work.py
  concviz compare work.py:resize --inputs "[10, 20, 30]"  on a list of your own; a .json or .txt file will do too
  concviz compare work.py:fetch --each 50 --workers 1,4,16
  concviz compare work.py:resize --python python3.13 --python python3.13t
  concviz compare work.py:resize --only threads --json > threads.json
  concviz compare work.py:resize --on tcp://10.0.0.1:8786   on a Dask cluster too (pip install "concviz[dask]")

The function takes one input and returns a result. Each model runs it over all inputs as a script of its own (--keep
keeps them): first once watched, for the wait for the GIL, then bare, in rounds of a shuffled order. All times are
from the bare runs. In a terminal, the models are shown live first; leave with q, and the rounds begin. The live screen
shows four models at the most workers asked for, under the first interpreter; --plain goes without it.

work      from the first call to the last result, all workers being there: median; ± half of the middle half
speed-up  sequential work by this one's, pairs of one round each: median; between which bounds it truly lies
cores     CPU seconds of all processes by the seconds of work: how many cores were at work
GIL       the part of the workers' time in which they waited for the GIL, from the watched run
start-up  making the workers until each has answered, and their end
memory    the most that each process had, added up: what forked processes share counts in each
pickled   inputs and results as another process gets them, and the time to pickle and unpickle them once

exit code: 0; 1 when the sequential run failed, 2 when what was asked for cannot be done.
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("target", metavar="FILE.py:func", help="a file, and a function or coroutine function in it")
    inputs = parser.add_mutually_exclusive_group()
    inputs.add_argument("--inputs", metavar="LIST|FILE", help="a Python literal, a .json file, or a .txt file of lines")
    inputs.add_argument("--each", metavar="N", type=COUNT, help="the numbers from 0 below N")
    parser.add_argument("--workers", metavar="1,2,4", type=_counts, help="how many at a time (default: 1, 2, 4 ... up to the cores)")
    parser.add_argument("--repeat", metavar="N", type=COUNT, default=7, help="rounds (default: 7; fewer than 6 are less than 95 %% sure)")
    parser.add_argument("--only", metavar="MODEL", action="append", default=[], help="sequential and this model alone; may be given again")
    parser.add_argument("--python", metavar="PATH", action="append", default=[], help="an interpreter, 3.11 or later; may be given again")
    parser.add_argument("--on", metavar="ADDRESS", help="a Dask scheduler's, such as tcp://127.0.0.1:8786")
    parser.add_argument("--timeout", metavar="SECONDS", type=seconds(), default=120, help="a run that takes longer fails (default: 120)")
    parser.add_argument("--keep", metavar="FOLDER", help="put the scripts there; they run alone too")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--plain", action="store_true", help="print text, without showing it live")
    shown.add_argument("--json", action="store_true", help="print one object")
    parser.add_argument("--width", metavar="COLUMNS", type=COLUMNS, help="of the text (default: as the terminal, else 100)")
    parser.add_argument("--ascii", action="store_true", help="text in ASCII only")


def run(options: Namespace) -> int:
    """Do it."""
    from random import Random

    from concviz.comparing.rounds import Plan, measure
    from concviz.comparing.variants import lay_out

    file, name, given = _asked(options)
    with _folder() as folder:
        answers = [_ask(python, folder, file, name) for python in _pythons(options)]
        work = _work(file, name, answers[0], given)
        found = _variants(options, work, [answer.python for answer in answers])
        lay_out(work, folder)
        _keep(options, work, found)
        if _live(options):
            _show(work, found, folder)
        with _progress(options) as say:
            plan = Plan(options.repeat, options.timeout, folder, options.on or "")
            comparison = measure(work, found, plan, Random(), say)  # noqa: S311 - an order, no secret
    _print(comparison, options)
    return 0 if comparison.baseline.samples else 1


def _asked(options: Namespace) -> tuple[Path, str, Inputs | None]:
    """What can be known to be wrong before any interpreter is asked. None: no inputs were named."""
    from concviz.comparing.variants import DASK, MODELS
    from concviz.comparing.work import each, from_word, split
    from concviz.scenarios.fields import meant

    for model in options.only:
        if model not in (*MODELS, DASK):
            raise UsageError(f"there is no model {model!r}", meant(model, (*MODELS, DASK)))
    if DASK in options.only and not options.on:
        raise UsageError("dask needs a cluster", "name its scheduler: --on tcp://ADDRESS")
    if options.keep is not None and Path(options.keep).exists():
        raise TargetError(f"{options.keep} exists", "choose another name, or remove it first")
    file, name = split(options.target)
    given = from_word(options.inputs) if options.inputs is not None else each(options.each) if options.each else None
    return file, name, given


@contextmanager
def _folder() -> Iterator[Path]:
    """For the scripts, removed at the end; what a killed owner leaves, the next run removes."""
    import shutil

    from concviz.runs import folders

    folder = folders.make(folders.memory_root())
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pythons(options: Namespace) -> list[str]:
    """Each interpreter once. TargetError for one that is not there, or too old."""
    return list(dict.fromkeys(interpreters.check(word) for word in options.python)) or [sys.executable]


def _ask(python: str, folder: Path, file: Path, name: str) -> Answer:
    from concviz.comparing.target import ask
    from concviz.comparing.variants import share
    from concviz.comparing.work import OWN

    share(folder)
    return ask(python, file, name, OWN, folder)


def _work(file: Path, name: str, answer: Answer, given: Inputs | None) -> Work:
    from concviz.comparing.work import EACH, OWN, Work, each, of_file

    if given is None and answer.own == 0:
        raise TargetError(f"{OWN} of {file.name} is empty", "without inputs there is no work to compare")
    return Work(file, name, answer.coroutine, given or (of_file(file, answer.own) if answer.own else each(EACH)))


def _variants(options: Namespace, work: Work, pythons: list[Python]) -> tuple[Variant, ...]:
    from concviz.comparing.others import cores
    from concviz.comparing.variants import DASK, MODELS, variants

    models = [*MODELS, *([DASK] if options.on else [])]
    return variants(
        work, [model for model in models if not options.only or model in options.only], options.workers or _up_to(cores()), pythons
    )


def _up_to(cores: int) -> list[int]:
    """1, 2, 4 ... and the cores themselves; two counts at least, so that there is something to compare."""
    counts = {1, 2, cores}
    while 2 * max(counts - {cores}, default=1) < cores:
        counts.add(2 * max(counts - {cores}))
    return sorted(counts)


def _keep(options: Namespace, work: Work, variants: tuple[Variant, ...]) -> None:
    from concviz.comparing.variants import lay_out, write

    if options.keep is None:
        return
    folder = Path(options.keep)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise TargetError(f"cannot make {options.keep}: {error.strerror}") from None
    lay_out(work, folder)
    for variant in variants:
        if not variant.missing:
            write(variant, work, folder, options.on or "")


def _live(options: Namespace) -> bool:
    """Whether there is a screen to show the models on; else text will do, without a word."""
    from importlib.util import find_spec

    from concviz.errors import PlatformError

    if options.plain or options.json or find_spec("textual") is None:
        return False
    try:
        terminal.check_screen("")
    except PlatformError:
        return False
    return True


def _show(work: Work, variants: tuple[Variant, ...], folder: Path) -> None:
    """Each model once, live, one after the other, until the screen is left."""
    from concviz.comparing.variants import write
    from concviz.scenarios.catalogue import MANY_PANES
    from concviz.scenarios.lesson import MODELS, Pane, Scenario
    from concviz.stage import Conditions
    from concviz.verbs.screen import show_stage

    first = variants[0].python
    most = {one.model: one for one in variants if one.python == first and not one.missing and one.model in MODELS}
    panes = tuple(Pane(one.model, write(one, work, folder), one.title) for one in most.values())[:MANY_PANES]
    look_for = "This is a look at where the time goes. Leave it with q: then all variants are measured, and the table is printed."
    scenario = Scenario(
        work.name, f"{work.name} of {work.file.name}: a look, then q to time all", "Compared", look_for, "in turn", panes, (), folder
    )
    show_stage(scenario, {}, Conditions(python=first.path))


@contextmanager
def _progress(options: Namespace) -> Iterator[Callable[[str], None]]:
    """What is done now, in one line on standard error where that is a terminal; gone at the end."""
    shown = sys.stderr.isatty() and not options.json

    def say(words: str) -> None:
        if shown:
            sys.stderr.write(f"\r\x1b[K{words}")
            sys.stderr.flush()

    try:
        yield say
    finally:
        say("")


def _print(comparison: Comparison, options: Namespace) -> None:
    if options.json:
        import json

        from concviz.comparing.data import as_data

        terminal.say(json.dumps(as_data(comparison)))
        return
    from concviz.comparing.text import as_text, in_ascii

    plain = options.ascii or terminal.ascii_only()
    for line in as_text(comparison, options.width or terminal.columns()):
        terminal.say(in_ascii(line) if plain else line)


def _counts(text: str) -> list[int]:
    counts = sorted({int(one) for one in text.split(",")})
    if not 1 <= counts[0] <= counts[-1] <= 1000:
        raise ValueError(text)
    return counts


_counts.__name__ = "list of whole numbers from 1 to 1000"
