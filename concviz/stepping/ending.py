"""How a run under control ended, as cells: plainly, with the program's own traceback or the circle of a deadlock."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from concviz.drawing.cells import Cells, line, stacked
from concviz.drawing.letters import clipped, width
from concviz.gates.choice import End
from concviz.stepping.words import about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.cells import Part
    from concviz.gates.choice import Option, Outcome

HEADS: dict[End, tuple[str, str]] = {
    End.OK: ("■ it ended", "text.strong"),
    End.EXCEPTION: ("✗ an exception ended it", "state.failed"),
    End.INVARIANT: ("✗ the invariant does not hold", "state.failed"),
    End.DEADLOCK: ("✗ deadlock: nobody can go", "state.lock"),
    End.NO_PROGRESS: ("✗ no progress", "state.failed"),
    End.RACE: ("✗ data race", "state.failed"),
    End.LEFT_BEHIND: ("✗ a worker is left behind", "state.failed"),
}
"""End -> what heads it, and its style."""

UNDECIDED = "part of it was outside control: what holds for this run need not hold for the next with the same choices"
"""Said of a run in which something escaped."""


def head(outcome: Outcome) -> tuple[str, str]:
    """In a few words, and their style."""
    words, style = HEADS[outcome.end]
    return (f"{words}, partly outside control", "text.warn") if outcome.end is End.OK and outcome.escaped else (words, style)


def lines(outcome: Outcome) -> list[tuple[str, str]]:
    """All there is to say, a line each, with its style."""
    said = [head(outcome)]
    said += [(outcome.words, "text")] if outcome.words else []
    said += [(words, "state.lock") for words in circle(outcome.stuck)]
    said += [(text, "text.error") for text in outcome.traceback.rstrip().splitlines()]
    said += [(f"race: {words}", "text.warn") for words in outcome.races]
    said += [(f"! {words}", "text.warn") for words in outcome.escaped]
    return [*said, (UNDECIDED, "text.warn")] if outcome.escaped else said


def ending(said: Sequence[tuple[str, str]], size: tuple[int, int]) -> Cells:
    """The lines in (width, height) cells; of too many, the first and the last stay, since the cause stands there."""
    columns, rows = size
    said = [(part, style) for text, style in said for part in _wrapped(text, style, columns - 2)]
    kept = said if len(said) <= rows else [*said[: max(rows // 3, 1)], *said[len(said) - rows + max(rows // 3, 1) :]]
    parts: list[list[Part]] = [[(" ", ""), (clipped(text, columns - 2), style)] for text, style in kept]
    return stacked(*(line(one, columns) for one in parts)).sized(columns, rows)


def _wrapped(text: str, style: str, columns: int) -> list[str]:
    """A sentence in several lines where it is long; a traceback keeps its own."""
    if style == "text.error" or width(text) <= columns:
        return [text]
    return wrap(text, max(columns, 10), subsequent_indent="  ") or [text]


def circle(stuck: Sequence[Option]) -> list[str]:
    """Who waits for what, first along the circle where there is one, a line each."""
    by_number = {one.worker: one for one in stuck}
    first = _circle(by_number)
    order = [*first, *sorted(set(by_number) - set(first))]
    found = []
    for number in order:
        one = by_number[number]
        place = f" at {one.file.rpartition('/')[2]}:{one.line}" if one.file else ""
        found.append(f"{one.name}{place}: {one.blocked or about(one)}")
    return found


def _circle(stuck: dict[int, Option]) -> list[int]:
    """The first circle of those who wait for each other, in the order of waiting; empty where there is none."""
    for start in sorted(stuck):
        seen: list[int] = []
        at: int | None = start
        while at is not None and at not in seen:
            seen.append(at)
            at = next((one for one in stuck[at].blocked_by if one in stuck), None)
        if at == start:
            return seen
    return []
