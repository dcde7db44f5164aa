"""The questions of a lesson, read and checked: whatever a run comes to, exactly one choice of each holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.scenarios.fields import meant
from concviz.scenarios.questions import DOINGS, FATES, MEASURES, Asks, Bound, Question, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from concviz.scenarios.fields import Fields
    from concviz.scenarios.lesson import Pane, Parameter


def question(fields: Fields, panes: Sequence[Pane], parameters: Sequence[Parameter]) -> Question:
    """One [[questions]] of a lesson. ScenarioError says what is not well formed."""
    words = fields.words("words")
    measure = fields.choice("measure", tuple(MEASURES), None)
    asks = MEASURES[measure]
    choices, texts = fields.texts("choices"), fields.texts("texts")
    bounds = tuple(_bound(fields, one, parameters) for one in fields.several("bounds"))
    places = _places(fields, panes, asks)
    workers, doing = fields.words("workers", ""), fields.choice("doing", ("", *DOINGS), "")
    fields.end()
    for key, value in (("doing", doing), ("texts", texts), ("workers", workers)):
        if key in asks.needs and not value:
            raise fields.wrong(f"has no {key}, which {measure} needs")
    usual = {Shape.TRUTH: ("yes", "no"), Shape.PANE: tuple(panes[place].title for place in places), Shape.TEXT: texts, Shape.FATE: FATES}
    made = Question(words, measure, choices or usual.get(asks.shape, ()), bounds, places, workers, doing, texts)
    _check(fields, made, parameters, usual)
    return made


def _check(fields: Fields, made: Question, parameters: Sequence[Parameter], usual: Mapping[Shape, tuple[str, ...]]) -> None:
    wanted = len(made.bounds) + 1 if made.shape is Shape.NUMBER else len(usual[made.shape])
    if made.shape is not Shape.NUMBER and made.bounds:
        raise fields.wrong(f"has bounds, but {made.measure} gives {made.shape.value}")
    if len(made.choices) != wanted or wanted < 2:
        raise fields.wrong(f"has {len(made.choices)} choices where {max(wanted, 2)} fit", f"{made.measure} gives {made.shape.value}")
    if len(set(made.choices)) < len(made.choices):
        raise fields.wrong("has the same choice twice")
    if made.measure == "before" and len(made.texts) != 2:
        raise fields.wrong("needs two texts")
    spans = {one.name: (one.minimum, one.maximum) for one in parameters}
    for low, high in zip(made.bounds, made.bounds[1:], strict=False):
        (_, most), (least, _) = (_span(bound, spans) for bound in (low, high))
        rises = high.number > low.number if low.parameter == high.parameter else most <= least
        if not rises:
            raise fields.wrong("has bounds that do not rise", "whatever the parameters are, each must be above the one before it")


def _span(bound: Bound, spans: Mapping[str, tuple[int, int]]) -> tuple[float, float]:
    least, most = spans.get(bound.parameter, (0, 0))
    return bound.number + least, bound.number + most


def _bound(fields: Fields, value: object, parameters: Sequence[Parameter]) -> Bound:
    """From 2, 1.5, "workers" or "workers + 1"."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Bound(float(value))
    name, _, more = str(value).partition("+")
    name = name.strip()
    known = [one.name for one in parameters]
    if name not in known:
        raise fields.wrong(f"has an unknown bound {value!r}", meant(name, known) if known else "it can be a number")
    try:
        return Bound(float(more or 0), name)
    except ValueError:
        raise fields.wrong(f"has an unknown bound {value!r}", 'write a number, "workers", or "workers + 1"') from None


def _places(fields: Fields, panes: Sequence[Pane], asks: Asks) -> tuple[int, ...]:
    names = [pane.script.name for pane in panes]
    asked = fields.texts("panes")
    for name in asked:
        if name not in names:
            raise fields.wrong(f"asks about {name!r}, which no pane runs", meant(name, names))
    if asks.panes and len(asked) != asks.panes and not (not asked and len(names) == asks.panes):
        raise fields.wrong(f"asks about {len(asked) or len(names)} panes where {asks.panes} fit", "name the scripts in panes")
    return tuple(names.index(name) for name in asked or names)
