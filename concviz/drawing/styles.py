"""The names of all styles that a picture can use: what each is for. Colours are the screen's business.

A cell holds one style, and any of MODIFIERS on top of it: "state.running cursor" is a running cell under the cursor.
"""

from __future__ import annotations

from functools import lru_cache

STYLES: dict[str, str] = {
    "": "no style of its own",
    "state.running": "a worker that runs",
    "state.gil": "a worker that waits for the GIL",
    "state.ready": "a worker that could run and has no core",
    "state.lock": "a worker that waits for a lock",
    "state.waiting": "a worker that waits for another one's word: queue, event, condition, result",
    "state.sleeping": "a worker that sleeps, or waits for the outside",
    "state.child": "a worker that waits for another one's end",
    "state.failed": "where a worker failed",
    "mixed.gil": "it ran for a part of the column, as high as the bar; else it waited for the GIL",
    "mixed.ready": "likewise; else it had no core",
    "mixed.lock": "likewise; else it waited for a lock",
    "mixed.waiting": "likewise; else it waited for another one's word",
    "mixed.sleeping": "likewise; else it slept",
    "mixed.child": "likewise; else it waited for another one's end",
    "mixed.off": "likewise; else it was not alive",
    "mark.event": "a short wait inside another one, too short for the column; a short run has the style of running",
    "mark.worker": "the marker of a worker's place in the source",
    "mark.focus": "the marker of the focused worker",
    "text": "words that are to be read",
    "text.dim": "words that may be read",
    "text.strong": "the words that are read first",
    "text.name": "a worker's or resource's name",
    "text.focus": "the focused worker's name",
    "text.error": "what a program wrote to its standard error",
    "text.warn": "what makes the figures worth less: losses, missing measures",
    "frame.quiet": "rules, ticks and all else that only holds the picture together",
    "fill.full": "the filled part of a bar",
    "fill.empty": "the rest of a bar",
    "code": "source, as it stands",
    "code.keyword": "a keyword of the language",
    "code.name": "the name that a def or class gives",
    "code.string": "a string",
    "code.number": "a number",
    "code.comment": "a comment",
    "holder.1": "the first of the workers that share the GIL; the next six follow, then it begins again",
    "holder.2": "the second",
    "holder.3": "the third",
    "holder.4": "the fourth",
    "holder.5": "the fifth",
    "holder.6": "the sixth",
    "holder.7": "the seventh",
}
"""Style name -> what it is for."""

MODIFIERS: dict[str, str] = {
    "cursor": "the column of the moment that is looked at",
    "chosen": "the row of the worker that is looked at",
}
"""What can lie over any style, and what it is for."""

HOLDERS = sum(name.startswith("holder.") for name in STYLES)
"""How many holders of the GIL have a style of their own."""

_NAMES = tuple(STYLES)
_IDS = {name: place for place, name in enumerate(_NAMES)}
_BITS = {name: 0x100 << place for place, name in enumerate(MODIFIERS)}


@lru_cache(maxsize=1024)
def style_id(style: str) -> int:
    """The number that stands for a style, with or without modifiers, in a picture's array. Raises KeyError for one that is not listed."""
    name, *modifiers = style.split(" ")
    return _IDS[name] | sum(_BITS[modifier] for modifier in modifiers)


@lru_cache(maxsize=1024)
def style_name(number: int) -> str:
    """The style that the number stands for: its name, then its modifiers, each after a space."""
    name = _NAMES[number & 0xFF]
    return " ".join([name, *(modifier for modifier, bit in _BITS.items() if number & bit)]) if number > 0xFF else name


def holder_style(place: int) -> str:
    """The style of the worker that stands in this place, from 0, among those that share something."""
    return f"holder.{place % HOLDERS + 1}"
