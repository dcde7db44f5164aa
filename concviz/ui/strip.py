"""The page of the lesson that is open, as lines below the panes."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from concviz.drawing.cells import line, stacked
from concviz.drawing.durations import duration
from concviz.drawing.letters import clipped, width
from concviz.ui.course import Page

if TYPE_CHECKING:
    from concviz.drawing.cells import Cells, Part
    from concviz.scenarios.questions import Question
    from concviz.ui.course import Course

LEAST_COLUMNS = 24
"""No narrower than that are words broken into lines."""

MANY_LINES = 3
"""A measured sentence takes no more."""

MARGIN = "   "
"""Before what is for those who sit far away."""

LONGEST_BAR = 30
"""Cells of the longest time."""

SAME = 0.05
"""Times that differ by less than this share of the longer one are called the same."""


def strip(course: Course, columns: int) -> Cells | None:
    """The lines, `columns` wide; None: no page is open."""
    if course.big:
        rows = _page(course, columns - width(MARGIN))
        blank: list[Part] = []
        rows = [row for one in rows[1:] for row in (blank, [(MARGIN, ""), *one])] + [blank] if rows else []
    else:
        rows = _page(course, columns)
    return stacked(*(line(row, columns) for row in rows)) if rows else None


def _page(course: Course, columns: int) -> list[list[Part]]:
    """The first row is its title."""
    match course.page:
        case Page.QUESTION if course.questions:
            return _question(course, columns)
        case Page.TAKE_AWAY:
            return _take_away(course, columns)
        case Page.DIFFERENCE:
            return _difference(course, columns)
    return []


def _question(course: Course, columns: int) -> list[list[Part]]:
    question = course.questions[course.question]
    count = f" {course.question + 1} of {len(course.questions)}" if len(course.questions) > 1 else ""
    rows = [_rule(f"question{count}", "a goes on", columns), *_wrapped([("? ", "mark.focus")], question.words, "text.strong", columns)]
    return [*rows, *_said(course, question, columns)]


def _said(course: Course, question: Question, columns: int) -> list[list[Part]]:
    """What was guessed, and what was measured."""
    place = course.question
    guess = course.guesses[place] if place < len(course.guesses) else None
    found = course.answer
    if found is None or found.choice is None:
        guessed = f"you said: {question.choices[guess]}. " if guess is not None else ""
        why = "" if found is None else f"{found.words}." if course.growing else f"This run cannot tell: {found.words}."
        return _wrapped([("… ", "text.dim")], f"{guessed}{why}", "text.dim", columns)
    right = question.choices[found.choice]
    if guess is None:
        begin: list[Part] = [("= ", "mark.focus"), (right, "text.focus")]
    elif guess == found.choice:
        begin = [("✓ ", "state.running"), (right, "state.running"), ("  as you said", "text.dim")]
    else:
        begin = [("✗ ", "text.error"), (right, "text.focus"), (f"  you said: {question.choices[guess]}", "text.dim")]
    places = f" ({len(found.spots)} places)" if len(found.spots) > 1 else ""
    where = f"j shows where{places}" if found.spots and not course.big else ""
    return [_ends([(" ", ""), *begin], where, columns), *_wrapped([("  ", "")], f"{found.words}.", "text", columns, MANY_LINES)]


def _take_away(course: Course, columns: int) -> list[list[Part]]:
    lesson = course.lesson
    if lesson is None:
        return []
    rows = [_rule("to take away", "a closes", columns)]
    for number, words in enumerate(lesson.take_away, 1):
        rows += _wrapped([(f"{number} ", "text.focus")], words, "text", columns)
    if lesson.docs:
        rows += _wrapped([("→ ", "text.focus")], f"In the standard documentation: {lesson.docs}", "text.dim", columns)
    return rows


def _difference(course: Course, columns: int) -> list[list[Part]]:
    before, now = course.before, course.walls()
    if before is None:
        words = "There is no run before this one. Press r to run it again, or p to change a parameter first."
        return [_rule("beside the last run", "d closes", columns), *_wrapped([("  ", "")], words, "text.dim", columns)]
    changed = [f"{name} {then} → {value}" for name, (then, value) in course.changed.items()]
    if before.order != course.order:
        changed.append(f"{before.order} → {course.order}")
    rows = [_rule(f"beside the last run: {', '.join(changed) or 'nothing was changed'}", "d closes", columns)]
    longest = max((wall for wall in (*before.walls_ns, *now) if wall is not None), default=1)
    names = [run.launch.title for run in course.runs]
    room = min(max(map(width, names), default=0), max(columns // 4, 8))
    bar = max(min((columns - room - 50) // 2, LONGEST_BAR), 0)
    for name, then, wall in zip(names, before.walls_ns, now, strict=False):
        shown = clipped(name, room)
        parts: list[Part] = [("  ", ""), (f"{shown}{' ' * (room - width(shown))}", "text.name")]
        parts += [*_wall(then, longest, bar, "text.dim"), ("  → ", "text.focus"), *_wall(wall, longest, bar, "state.running")]
        rows.append([*parts, (f"  {_verdict(then, wall)}", "text")])
    return rows


def _wall(wall_ns: int | None, longest_ns: int, bar: int, style: str) -> list[Part]:
    words = duration(wall_ns) if wall_ns is not None else "no end"
    cells = round(bar * wall_ns / longest_ns) if wall_ns is not None else 0
    return [(f"{words:>9} ", "text.strong" if style != "text.dim" else "text.dim"), ("▆" * cells + " " * (bar - cells), style)]


def _verdict(then_ns: int | None, now_ns: int | None) -> str:
    if not then_ns or not now_ns:
        return ""
    if abs(then_ns - now_ns) < SAME * max(then_ns, now_ns):
        return "the same"
    return f"{then_ns / now_ns:.1f} × as fast" if now_ns < then_ns else f"{now_ns / then_ns:.1f} × as long"


def _rule(words: str, hint: str, columns: int) -> list[Part]:
    shown = clipped(words, columns - len(hint) - 8)
    room = columns - width(shown) - len(hint) - 7
    return [("── ", "frame.quiet"), (shown, "text.focus"), (f" {'─' * room} ", "frame.quiet"), (hint, "text.dim"), (" ", "")]


def _ends(left: list[Part], right: str, columns: int) -> list[Part]:
    """Some words at the right end, where there is room for them."""
    gap = columns - sum(width(text) for text, _ in left) - width(right) - 1
    return [*left, (" " * gap, ""), (right, "text.dim")] if gap > 1 else left


def _wrapped(begin: list[Part], words: str, style: str, columns: int, most: int = 9) -> list[list[Part]]:
    """Words in as many lines as they take, `most` at most; those behind the first stand below it."""
    indent = 1 + sum(width(text) for text, _ in begin)
    found = wrap(words, max(columns - indent - 1, LEAST_COLUMNS), max_lines=most, placeholder=" …") or [""]
    return [[(" ", ""), *begin, (found[0], style)], *([(" " * indent, ""), (row, style)] for row in found[1:])]
