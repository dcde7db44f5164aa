"""One schedule as text: its steps, a line each, its lanes, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.gates.choice import End
from concviz.stepping import ending, goal, lanes, token
from concviz.stepping.play import AWAY, MOST_STEPS, Lead, Play
from concviz.stepping.words import counted
from concviz.stepping.workers import names_of, workers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.stepping.play import Way
    from concviz.stepping.programs import Program

WAIT_SECONDS = 0.5
"""How long one look for news waits."""

GIVEN_UP_SECONDS = 20.0
"""A step that takes longer is given up."""

MOST_LANES = 400
"""Columns of lanes that are printed; of a longer schedule, the last."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What is said of a schedule."""

    lines: tuple[str, ...]
    exit_code: int
    """0: it ended well; 1: it failed, or could not be run."""


def printed(program: Program, way: Way, columns: int) -> Printed:
    """Run it once, led by the way: its choices, then chance where it has a seed, else no switch. TargetError for what is not there."""
    play = Play(program.request, way, keeps_ready=False)
    try:
        finished = _finish(play, by_chance=way.seed is not None)
        lines = tuple(_lines(play, columns, finished=finished))
        ended_well = play.outcome is not None and play.outcome.end is End.OK and play.diverged is None
        return Printed(lines, 0 if ended_well else 1)
    finally:
        play.close()


def _finish(play: Play, *, by_chance: bool) -> bool:
    """Go on until it is over; False: it was given up, after MOST_STEPS, or in a step that takes too long."""
    while not (play.outcome or play.fault):
        play.poll(WAIT_SECONDS)
        if play.away_s > GIVEN_UP_SECONDS:
            return False
        if play.stands is None or play.lead is not Lead.HAND:
            continue
        if len(play.steps) >= MOST_STEPS:
            return False
        if by_chance and play.diverged is None:
            play.let_chance()
        else:
            play.grant(play.stands.can[0].worker)
    return True


def _lines(play: Play, columns: int, *, finished: bool) -> Iterator[str]:
    steps = play.steps
    switches = goal.switches(steps)
    memory = "memory and synchronisation" if play.memory else "synchronisation only"
    yield f"{play.request.words}: {counted(len(steps), 'step')}, {counted(switches, 'switch')}, {memory}"
    yield ""
    names = names_of(workers(steps, None, play.outcome))
    wide = min(lanes.NAME_CELLS + 2 + len(steps) * lanes.COLUMN_CELLS, MOST_LANES, max(columns, 40))
    yield from lanes.lanes(steps, names, (wide, len(names) + 1)).to_text().splitlines()
    yield ""
    if steps:
        yield from lanes.told(steps, (columns, len(steps))).to_text().splitlines()
    yield from _output(play)
    yield ""
    yield from _end(play, finished=finished)
    yield f"schedule  {token.of_play(play)}"


def _output(play: Play) -> Iterator[str]:
    if play.words:
        yield ""
        yield "output"
    for words in play.words:
        yield f"{words.step:>4}  {words.text}"


def _end(play: Play, *, finished: bool) -> Iterator[str]:
    if play.diverged is not None:
        yield f"step {play.diverged}: the schedule could not be followed any further"
    if play.outcome is not None:
        yield from (text for text, _ in ending.lines(play.outcome))
    elif play.fault:
        yield play.fault
    elif not finished and play.away_s:
        yield AWAY.format(play.away_s)
    elif not finished:
        yield f"given up after {MOST_STEPS} steps: it may never end"
