"""Where a worker stands: its source around the line, what it is about to do, and whether it could, as cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import Canvas, Cells, line, stacked
from concviz.drawing.letters import clipped, width
from concviz.drawing.source import Place, source
from concviz.drawing.styles import holder_style
from concviz.stepping import words
from concviz.stepping.sources import text_of

if TYPE_CHECKING:
    from concviz.drawing.cells import Part
    from concviz.stepping.workers import Worker

LEAST_LINES = 5
"""A pane with fewer has no source."""

TAIL_LINES = 2
"""Below the source: the next step, and what came of the last, or what is in the way."""


def pane(worker: Worker, size: tuple[int, int], *, cursor: bool) -> Cells:
    """One worker in (width, height) cells. `cursor`: it is the one that Enter grants."""
    columns, rows = size
    head, tail = _head(worker, columns, cursor=cursor), _tail(worker, columns)
    parts = [head]
    if rows >= LEAST_LINES:
        parts.append(_source(worker, (columns, rows - 1 - len(tail))))
    parts += [line(one, columns) for one in tail]
    made = stacked(*parts).sized(columns, rows)
    return _chosen(made) if cursor else made


def height(worker: Worker) -> int:
    """Of a pane that shows the whole source, with a blank line below it."""
    return _source_lines(worker) + TAIL_LINES + 2


def row(worker: Worker, columns: int, *, cursor: bool) -> Cells:
    """Likewise, in one line: where there are too many workers for panes."""
    parts = [*_name(worker, cursor=cursor), ("  ", "")]
    option = worker.option
    if option is not None and option.blocked:
        parts += [("╳ ", "state.lock"), (option.blocked, "text")]
    elif option is not None:
        parts += [(words.about(option), "text"), (f"  line {option.line}", "text.dim")]
    else:
        parts += _state(worker)
    made = line(parts, columns)
    return _chosen(made) if cursor else made


def _head(worker: Worker, columns: int, *, cursor: bool) -> Cells:
    left, right = _name(worker, cursor=cursor), _state(worker)
    used = sum(width(text) for text, _ in [*left, *right])
    rule = max(columns - used - 3, 0)
    return line([*left, (" ", ""), ("─" * rule, "frame.quiet"), (" ", ""), *right], columns)


def _name(worker: Worker, *, cursor: bool) -> list[Part]:
    mark = ("▸", "mark.focus") if cursor else (" ", "")
    number = f"[{worker.number}]" if worker.can else f" {worker.number} "
    ink = holder_style(worker.number - 1)
    return [mark, (number, "text.focus" if worker.can else "text.dim"), (" ", ""), (worker.name, "text.dim" if worker.over else ink)]


def _state(worker: Worker) -> list[Part]:
    if worker.over:
        return [("broken off", "text.warn")] if worker.cut else [("has ended", "text.dim")]
    if worker.option is None:
        return [("on its way", "text.dim")]
    if worker.option.blocked:
        return [("╳ would block", "state.lock")]
    return [("can go", "state.running")]


def _source(worker: Worker, size: tuple[int, int]) -> Cells:
    """The source around where it stands, or last stood; as high as it is long, at most as high as there is room."""
    option = worker.option or (worker.last.option if worker.last else None)
    if option is None or not option.file:
        return Canvas(size[0], 1).cells()
    places = [Place(option.line, "", focused=worker.option is not None)]
    shown = source(text_of(option.file), places, (size[0] - 1, min(_source_lines(worker), size[1])))
    canvas = Canvas(size[0], shown.height)
    canvas.paste(0, 1, shown)
    return canvas.cells()


def _source_lines(worker: Worker) -> int:
    option = worker.option or (worker.last.option if worker.last else None)
    text = text_of(option.file) if option and option.file else None
    return text.rstrip("\n").count("\n") + 1 if text else 1


def _tail(worker: Worker, columns: int) -> list[list[Part]]:
    last, option = worker.last, worker.option
    lines: list[list[Part]] = []
    if option is not None:
        ink = "text.strong" if worker.can else "text.dim"
        lines.append([(" next  ", "text.dim"), (clipped(words.about(option), columns - 8), ink)])
    if option is not None and option.blocked:
        lines.append([(" would block: ", "state.lock"), (clipped(option.blocked, columns - 15), "text")])
    elif last is not None:
        lines.append([(" last  ", "text.dim"), (clipped(words.done(last), columns - 8), "text.dim")])
    return lines + [[] for _ in range(TAIL_LINES - len(lines))]


def _chosen(made: Cells) -> Cells:
    canvas = Canvas(made.width, made.height)
    canvas.paste(0, 0, made)
    canvas.modify("chosen", slice(0, 1), slice(0, made.width))
    return canvas.cells()
