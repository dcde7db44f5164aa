"""Measures of what programs print: whether, how often, in which order, and which numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from concviz.drawing.durations import duration
from concviz.lessons.answer import Answer, CannotTell
from concviz.lessons.seen import one, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.lessons.answer import Case, Spot
    from concviz.lessons.seen import Seen
    from concviz.timeline.output import Line


def prints(case: Case) -> Answer:
    """0 when a line with the text was printed, else 1."""
    pane, text = one(case), case.question.texts[0]
    found = pane.lines(text)
    if found:
        return Answer(0, f"{pane.title} printed {found[0].text.strip()!r}{_after(pane, found[0])}", _spots(pane, found))
    return Answer(1, f"{pane.title} never printed {text!r}", (pane.end(),))


def lines(case: Case) -> Answer:
    """How many there were."""
    pane, text = one(case), case.question.texts[0]
    found = pane.lines(text)
    return Answer(len(found), f"{pane.title} printed {text!r} {len(found)} times", _spots(pane, found) or (pane.end(),))


def number(case: Case) -> Answer:
    """The last one behind the text."""
    pane, text = one(case), case.question.texts[0]
    found = pane.numbers(text)
    if not found:
        raise CannotTell(f"{pane.title} printed no number behind {text!r}")
    value, line = found[-1]
    return Answer(value, f"{pane.title} printed {line.text.strip()!r}", _spots(pane, [line]))


def different(case: Case) -> Answer:
    """How many different ones there were."""
    pane, text = one(case), case.question.texts[0]
    found = dict(reversed(pane.numbers(text)))
    if not found:
        raise CannotTell(f"{pane.title} printed no number behind {text!r}")
    told = ", ".join(f"{value:g}" for value in sorted(found))
    return Answer(len(found), f"behind {text!r} {pane.title} printed {told}", _spots(pane, list(found.values())))


def ratio(case: Case) -> Answer:
    """The last number behind the first text over that behind the last text, of the first and the last program."""
    panes, texts = seen(case), case.question.texts
    found = []
    for pane, text in ((panes[0], texts[0]), (panes[-1], texts[-1])):
        numbers = pane.numbers(text)
        if not numbers:
            raise CannotTell(f"{pane.title} printed no number behind {text!r}")
        found.append((*numbers[-1], pane))
    (value, line, pane), (base, other_line, other) = found
    if not base:
        raise CannotTell(f"{other.title} printed {other_line.text.strip()!r}: nothing to compare with")
    words = f"{line.text.strip()!r} to {other_line.text.strip()!r}: {value / base:.2f} times"
    return Answer(value / base, words, (*_spots(pane, [line]), *_spots(other, [other_line])))


def in_order(case: Case) -> Answer:
    """0 when the numbers rose, else 1, at the first that did not."""
    pane, text = one(case), case.question.texts[0]
    found = pane.numbers(text)
    if len(found) < 2:
        raise CannotTell(f"{pane.title} printed {len(found)} numbers behind {text!r}")
    words = f"{pane.title} printed {', '.join(f'{value:g}' for value, _ in found[:12])}{' …' * (len(found) > 12)}"
    falls = [line for (before, _), (after, line) in pairwise(found) if after < before]
    return Answer(1 if falls else 0, words, _spots(pane, falls or [line for _, line in found]))


def before(case: Case) -> Answer:
    """0 when the first text was printed before the second, else 1."""
    answer = printed_first(case)
    pane = one(case)
    if not all(pane.lines(text) for text in case.question.texts):
        raise CannotTell(f"{pane.title} did not print both")
    return answer


def printed_first(case: Case) -> Answer:
    """The place of the text that was printed first."""
    pane, texts = one(case), case.question.texts
    every = [line for line in pane.timeline.output if any(text in line.text for text in texts)]
    if not every:
        raise CannotTell(f"{pane.title} printed none of them")
    place = next(place for place, text in enumerate(texts) if text in every[0].text)
    told = ", then ".join(f"{line.text.strip()!r}{_after(pane, line)}" for line in every[:3])
    return Answer(place, f"{pane.title} printed {told}", _spots(pane, every))


def most_lines(case: Case) -> Answer:
    """The program that printed the text most often."""
    text = case.question.texts[0]
    return _most(case, [(float(len(pane.lines(text))), pane, pane.lines(text)) for pane in seen(case)])


def greatest(case: Case) -> Answer:
    """The program that printed the greatest number behind the text."""
    text, found = case.question.texts[0], []
    for pane in seen(case):
        numbers = pane.numbers(text)
        if not numbers:
            raise CannotTell(f"{pane.title} printed no number behind {text!r}")
        found.append((*max(numbers, key=lambda pair: pair[0]), pane))
    return _most(case, [(value, pane, [line]) for value, line, pane in found])


def _most(case: Case, found: Sequence[tuple[float, Seen, list[Line]]]) -> Answer:
    most, winner, printed = max(found, key=lambda row: row[0])
    words = ", ".join(f"{pane.title} {value:g}" for value, pane, _ in found)
    if sum(value == most for value, _, _ in found) > 1:
        raise CannotTell(f"more than one has the most: {words}")
    return Answer(case.question.panes.index(winner.pane), words, _spots(winner, printed))


def _spots(pane: Seen, printed: list[Line]) -> tuple[Spot, ...]:
    return tuple(pane.spot(line.time_ns, line.worker) for line in printed)


def _after(pane: Seen, line: Line) -> str:
    return f" after {duration(max(line.time_ns - pane.timeline.zero_ns, 0))}"
