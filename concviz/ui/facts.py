"""What the drawing wants to know of a run at one moment, read from its timeline."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from concviz.drawing import figures, places
from concviz.drawing.output import Said
from concviz.drawing.resources import standings
from concviz.events import STDERR, STDOUT
from concviz.report import unseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.figures import Sums
    from concviz.drawing.resources import Standing
    from concviz.drawing.source import Place
    from concviz.ui.look import Look

MOST_PLACES = 64
"""Workers whose current line is looked up: the first ones, and the focused."""

MOST_RESOURCES = 16
"""Locks, queues and the like that are looked up."""


def said(look: Look) -> Sequence[Said]:
    """What the program has written by the moment shown; our own trouble with it as its last line."""
    timeline = look.timeline
    zero_ns, names = timeline.zero_ns, timeline.workers
    lines = [
        Said(line.time_ns - zero_ns, names[line.worker].name, line.stream, line.text)
        for line in timeline.output
        if not look.cursor or line.time_ns - zero_ns <= look.at_ns
    ]
    lines = [*(Said(0, "concviz", STDOUT, words) for words in unseen(timeline)), *lines]
    return [*lines, Said(look.span_ns, "concviz", STDERR, look.failure)] if look.failure else lines


def moment_ns(look: Look) -> int:
    """The moment shown, as an absolute time that lies within the run."""
    return look.timeline.zero_ns + max(min(look.at_ns, look.span_ns - 1), 0)


def source(look: Look) -> tuple[str | None, Sequence[Place], str]:
    """The text to show, who stands where in it, and the file's name: the file in which the focused worker stands."""
    timeline = look.timeline
    workers = look.workers[:MOST_PLACES]
    asked = workers if look.worker in workers or not look.worker else (*workers, look.worker)
    sites = places.standing(timeline, asked, min(look.at_ns, look.span_ns - 1))
    file = places.file_to_show(timeline, sites, look.worker)
    if file is None:
        return None, (), "source"
    return timeline.source(file), places.places(timeline, sites, file, look.worker), PurePath(file).name


def sums(look: Look) -> Sums:
    """The run in figures, as far as it has come."""
    wall_ns = look.timeline.figures().wall_ns
    return figures.sums(look.timeline, look.baseline_ns / wall_ns if look.baseline_ns and wall_ns else None)


def shared(look: Look) -> tuple[Standing, ...]:
    """The locks, queues and all else that workers share, as they stand at the moment shown."""
    return standings(look.timeline, min(look.at_ns, look.span_ns - 1), MOST_RESOURCES) if look.span_ns else ()
