"""`concviz check FOLDER`: whether a scenario is well formed, each script runs by itself, and each parameter is read by one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from concviz.verbs import interpreters, terminal
from concviz.verbs.numbers import seconds
from concviz.verbs.run import found

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Mapping

    from concviz.scenarios.lesson import Pane, Scenario

SUMMARY = "check a scenario of your own"

EXAMPLES = """\
examples:
  concviz check my_lesson
  concviz check my_lesson --python python3.14
  concviz check my_lesson --timeout 30      for scripts that take longer

Each script is run by itself, as `python script` would, with the defaults of the parameters. What has not ended by then is
ended: a deadlock is allowed, but it is told. Then all are watched once, to see that the lesson's questions are answered,
and a way to win each challenge is looked for.

exit code: 0 when all is well, 1 when a script failed, a parameter is read by none, a question has no answer
or a challenge cannot be won; 2 when the folder is no scenario.
"""

TITLE_CELLS = 38
"""A longer title does not fit the list of scenarios."""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("folder", metavar="FOLDER", help="a scenario's folder")
    parser.add_argument("--python", metavar="PATH", help="the interpreter of the scripts, 3.11 or later (default: this one)")
    parser.add_argument("--timeout", metavar="SECONDS", type=seconds(), default=10.0, help="end a script that takes longer (default: 10)")


def run(options: Namespace) -> int:
    """Do it."""
    scenario = found(options.folder)
    python = interpreters.check(options.python) if options.python is not None else sys.executable
    counts = (
        ("pane", scenario.panes),
        ("parameter", scenario.parameters),
        ("question", scenario.questions),
        ("challenge", scenario.challenges),
    )
    listed = [f"{len(some)} {name}{'s' * (len(some) != 1)}" for name, some in counts]
    terminal.say(f"{scenario.title}: {', '.join(listed)}")
    wrong = list(_wrong_words(scenario))
    environment = os.environ | scenario.environment({})
    for pane in scenario.panes:
        fault, told = _tried(pane, python, environment, options.timeout)
        terminal.say(f"  {pane.script.name}: {fault or told}")
        wrong += [f"{pane.script.name} {fault}"] * bool(fault)
    if scenario.questions and not wrong:
        wrong += _asked(scenario, python, options.timeout)
    if scenario.challenges and not wrong:
        wrong += _dared(scenario)
    for words in wrong:
        terminal.say(f"! {words}")
    return 1 if wrong else 0


def _wrong_words(scenario: Scenario) -> Iterator[str]:
    """What is not as it should be, beside the scripts."""
    if len(scenario.title) > TITLE_CELLS:
        yield f"the title has {len(scenario.title)} characters: the list shows {TITLE_CELLS}"
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(scenario.folder.glob("*.py"))]
    for parameter in scenario.parameters:
        if not any(parameter.env in text for text in texts):
            yield f"no script reads {parameter.env}, the parameter {parameter.name}"


def _dared(scenario: Scenario) -> Iterator[str]:
    """Look for a way to win each challenge, and tell it; gives those that none was found for."""
    from concviz.stepping.programs import programs
    from concviz.stepping.solutions import of_program
    from concviz.stepping.words import counted

    for program in programs(scenario, scenario.values({})):
        challenge = program.challenge
        if challenge is None:
            continue
        found = of_program(program)
        if found is None:
            yield f"nobody can win {challenge.title!r}, as far as was found: {challenge.words}"
        else:
            way = f"{counted(found.switches, 'switch')}, found among {found.tried:,} schedules"
            terminal.say(f"  {challenge.title}: can be won with {way}")


def _asked(scenario: Scenario, python: str, seconds: float) -> Iterator[str]:
    """Run it once more, watched, and tell what each question's answer is there; gives those that have none though all ended."""
    from concviz.lessons.answer import Case
    from concviz.lessons.answers import answer
    from concviz.stage import Conditions, Stage
    from concviz.verbs.following import End, follow

    stage = Stage(scenario, conditions=Conditions(python=python))
    try:
        stage.start()
        end = follow(stage, seconds)
        titles, timelines = tuple(pane.title for pane in scenario.panes), tuple(run.timeline for run in stage.runs)
        for question in scenario.questions:
            found = answer(Case(question, titles, timelines, stage.values))
            told = "cannot be told" if found.choice is None else question.choices[found.choice]
            terminal.say(f"  {question.words} {told} ({found.words})")
            if found.choice is None and end is End.ENDED:
                yield f"this run does not answer {question.words!r}: {found.words}"
    finally:
        stage.close()


def _tried(pane: Pane, python: str, environment: Mapping[str, str], seconds: float) -> tuple[str, str]:
    """Why it failed, or nothing; and how it went."""
    begin = time.monotonic()
    with subprocess.Popen(
        [python, str(pane.script.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=dict(environment),
        start_new_session=True,
    ) as script:
        try:
            complaints = script.communicate(timeout=seconds)[1]
        except subprocess.TimeoutExpired:
            return "", f"has not ended after {seconds:g} s, and was ended"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(script.pid, signal.SIGKILL)
    if script.returncode:
        last = complaints.decode(errors="replace").strip().rpartition("\n")[2]
        code = f"exit code {script.returncode}" if script.returncode > 0 else f"signal {-script.returncode}"
        return f"fails with {code}: {last or 'without a word'}", ""
    return "", f"runs, in {time.monotonic() - begin:.1f} s"
