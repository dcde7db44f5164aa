"""A stage as text: what each program did, said and came to, with the same pictures as on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from concviz.drawing.axis import Axis, View
from concviz.drawing.cells import line, stacked
from concviz.drawing.cores import cores
from concviz.drawing.durations import scale_of
from concviz.drawing.fallback import in_ascii
from concviz.drawing.figures import figures, sums
from concviz.drawing.gil import gil
from concviz.drawing.labels import label
from concviz.drawing.lanes import lanes
from concviz.drawing.legend import legend
from concviz.drawing.letters import letters, width
from concviz.drawing.palette import FAILED, LOCKED
from concviz.drawing.resources import resources, standings
from concviz.drawing.ruler import ruler
from concviz.events import STDERR
from concviz.report import losses, not_measured, unseen
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concviz.drawing.cells import Cells
    from concviz.findings.finding import Finding
    from concviz.report import PaneReport, Report
    from concviz.timeline.timeline import Timeline

LABEL_CELLS = 14
"""The column of names beside the lanes, with the blank that follows them."""

LEAST_COLUMNS = 20
"""A narrower picture tells nothing."""

COMMON_SHARE = 1 / 10
"""Panes share one time axis when the shortest program fills at least so much of it."""

MANY_LANES, MANY_RESOURCES = 40, 24
"""Of more than that the last row says how many are not shown; the data has them all."""

INDENT = "  "

MARKS = {LOCKED: "ran, but mostly waited for a lock", FAILED: "failed"}
"""Signs in the lanes, and what they mean."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the text is written on."""

    width_cells: int = 100
    ascii: bool = False
    """Whether it can take ASCII only."""


def as_text(report: Report, paper: Paper, found: Sequence[Sequence[Finding]] = ()) -> Iterator[str]:
    """The whole report, line by line; `found`: the findings of each pane, as far as they were looked for."""
    values = " · ".join(f"{name} {value}" for name, value in report.values.items())
    yield _plain(f"{report.title}{' · ' if values else ''}{values}", paper)
    common_ns = _common(report)
    if common_ns is None:
        yield _plain("each program on a time axis of its own, since their lengths differ too much for one", paper)
    for at, pane in enumerate(report.panes):
        yield ""
        yield from _pane(report, pane, common_ns, paper)
        yield from _findings(pane.timeline, found[at] if at < len(found) else (), paper)
    yield from _answers(report, paper)


def _answers(report: Report, paper: Paper) -> Iterator[str]:
    """What the lesson asks, the choice that holds in these runs, and why; or why that cannot be told."""
    told = report.answers()
    if told:
        yield ""
    for question, found in told:
        choice = "cannot be told" if found.choice is None else question.choices[found.choice]
        for words in (f"? {question.words}", f"= {choice}", f"{INDENT}{found.words}"):
            yield from (_plain(row, paper) for row in wrap(words, paper.width_cells, subsequent_indent=INDENT))


def _pane(report: Report, pane: PaneReport, common_ns: int | None, paper: Paper) -> Iterator[str]:
    timeline = pane.timeline
    yield _plain(f"== {_head(pane)} ".ljust(paper.width_cells, "="), paper)
    yield from (_plain(words, paper) for words in unseen(timeline))
    if pane.failure:
        yield _plain(f"could not be watched: {pane.failure}", paper)
    if pane.began:
        span_ns = max(timeline.end_ns - timeline.zero_ns, 1)
        begin_ns = max(timeline.horizon.from_ns - timeline.zero_ns, 0)
        yield from _text(_picture(timeline, (begin_ns, span_ns if begin_ns else common_ns or span_ns), paper), paper)
        shared = standings(timeline, span_ns - 1, MANY_RESOURCES)
        if shared:
            yield _plain("at its end:", paper)
            yield from (INDENT + row for row in _text(resources(shared, (paper.width_cells - len(INDENT), MANY_RESOURCES)), paper))
    yield from _output(timeline, paper)
    if pane.began:
        yield from _text(figures(sums(timeline, report.speed_up(pane)), paper.width_cells), paper)
        yield from (_plain(f"lost: {words}", paper) for words in losses(timeline))
        yield from (_plain(f"not measured: {words}", paper) for words in not_measured(timeline))


def _head(pane: PaneReport) -> str:
    """Who worked here, as which process, and how it ended."""
    ready = pane.timeline.meta.ready
    ended = pane.exit.words if pane.exit else "not started" if not pane.began else "not ended"
    words = [pane.model, *([pane.title] if pane.title.casefold() != pane.model.casefold() else [])]
    words += [f"pid {ready['pid']}"] if ready else []
    return " · ".join([*words, "failed" if pane.failure and pane.exit is None else ended])


def _common(report: Report) -> int | None:
    """How long the axis is that all panes share; None: each needs its own."""
    spans = [pane.timeline.end_ns - pane.timeline.zero_ns for pane in report.panes if pane.began]
    longest = max(spans, default=1)
    return max(longest, 1) if all(span >= longest * COMMON_SHARE for span in spans) else None


def _picture(timeline: Timeline, stretch_ns: tuple[int, int], paper: Paper) -> Cells:
    """Ruler, lanes, GIL, cores and legend, one above the other."""
    workers = [worker.index for worker in timeline.workers if worker.index and "internal" not in worker.flags]
    columns = max(paper.width_cells - LABEL_CELLS, LEAST_COLUMNS)
    view = View(Axis(*stretch_ns, columns), LABEL_CELLS)
    seen = {state for worker in workers for state in timeline.lane(worker).totals()} | {State.RUNNING}
    parts = [ruler(view), lanes(timeline, workers, view, MANY_LANES), gil(timeline, workers, view), cores(timeline, workers, view)]
    return stacked(*parts, legend(seen, view.width), *_marks(parts[1], view.width))


def _marks(drawn: Cells, columns: int) -> list[Cells]:
    """What the signs that stand for no single state mean, as far as they occur: one row, or none."""
    words = "  ".join(f"{glyph} {meaning}" for glyph, meaning in MARKS.items() if glyph in drawn.glyphs)
    return [line([(words, "text.dim")], columns)] if words else []


def _output(timeline: Timeline, paper: Paper) -> Iterator[str]:
    """Every line that the program wrote, whole: when, who, and what; "!" is standard error."""
    said = timeline.output
    if not said:
        yield _plain("output: not seen" if timeline.meta.attached else "output: none", paper)
        return
    yield _plain("output:" if all(one.stream != STDERR for one in said) else "output (! is standard error):", paper)
    names = [label(timeline.workers[one.worker].name, LABEL_CELLS - 1) for one in said]
    room = max(map(width, names))
    scale = scale_of(max(timeline.end_ns - timeline.zero_ns, 1), max((timeline.end_ns - timeline.zero_ns) // 1000, 1))
    times = [scale.text(one.time_ns - timeline.zero_ns) for one in said]
    longest = max(map(len, times))
    for one, name, time in zip(said, names, times, strict=True):
        mark = "!" if one.stream == STDERR else " "
        yield f"{INDENT}{_plain(f'{time:>{longest}}  {name}', paper)}{' ' * (room - width(name))} {mark} {one.text}".rstrip()


def _findings(timeline: Timeline, found: Sequence[Finding], paper: Paper) -> Iterator[str]:
    """What was found, the weightiest first: how grave, when, what, and what to do about it."""
    if found:
        yield "findings:"
    scale = scale_of(max(timeline.end_ns - timeline.zero_ns, 1), max((timeline.end_ns - timeline.zero_ns) // 1000, 1))
    for one in found:
        yield _plain(f"{INDENT}{one.weight.name.lower()} at {scale.text(max(one.from_ns - timeline.zero_ns, 0))}: {one.kind}", paper)
        for words in (one.words, one.advice):
            yield from (_plain(line, paper) for line in _wrapped("".join(letters(words)), paper.width_cells))


def _wrapped(words: str, cells: int) -> list[str]:
    return wrap(words, cells, initial_indent=INDENT * 2, subsequent_indent=INDENT * 2, break_on_hyphens=False)


def _text(picture: Cells, paper: Paper) -> list[str]:
    if not picture.height:
        return []
    return (in_ascii(picture) if paper.ascii else picture).to_text().split("\n")


def _plain(words: str, paper: Paper) -> str:
    """Our own words: their dots and signs too must be ASCII where nothing else can be written."""
    if not paper.ascii or words.isascii():
        return words
    return words.replace("·", "-").replace("µ", "u").replace("×", "x").replace("…", "...").encode("ascii", "replace").decode()
