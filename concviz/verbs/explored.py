"""What `concviz explore` prints: the line of progress, and what was found."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from concviz.verbs import terminal

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator

    from concviz.schedules.exploration import Exploration
    from concviz.schedules.replaying import Replayed
    from concviz.schedules.subject import Subject
    from concviz.schedules.survey import Survey
    from concviz.schedules.token import Token

EACH_SECONDS = 0.1
"""How often the line of progress is written again."""


@contextmanager
def progress(options: Namespace) -> Iterator[Callable[[Survey], None]]:
    """Schedules, rate and outcomes in one line on standard error where that is a terminal; gone at the end."""
    shown = sys.stderr.isatty() and not options.json
    last = 0.0

    def tell(survey: Survey) -> None:
        nonlocal last
        now = time.monotonic()
        if shown and now - last > EACH_SECONDS:
            last = now
            _rewrite(_line(survey))

    try:
        yield tell
    finally:
        if shown:
            _rewrite("")


def _line(survey: Survey) -> str:
    rate = survey.schedules / survey.seconds if survey.seconds else 0
    different = len(survey.outcomes)
    return f"{survey.schedules:,} schedules · {rate:,.0f} a second · {different} outcome{'' if different == 1 else 's'}"


def _rewrite(words: str) -> None:
    sys.stderr.write(f"\r\x1b[K{words}")
    sys.stderr.flush()


def say(told: list[Exploration], options: Namespace) -> None:
    """All explorations, as text or as one object."""
    if options.json:
        import json

        from concviz import __version__
        from concviz.schedules.reports.data import as_data

        terminal.say(json.dumps({"concviz": __version__, "explorations": [as_data(one) for one in told]}))
        return
    from concviz.schedules.reports.text import as_text

    for place, one in enumerate(told):
        _say([""] if place else [], options)
        _say(as_text(one, _width(options), ascii_only=_ascii(options)), options)


def say_replay(subject: Subject, asked: Token, replayed: Replayed, options: Namespace) -> None:
    """One schedule that was run again, likewise."""
    if options.json:
        import json

        from concviz.schedules.reports.data import replay_data

        terminal.say(json.dumps(replay_data(subject.title, replayed)))
        return
    from concviz.schedules.reports.replayed import as_text

    _say(as_text(subject, asked, replayed, _width(options), ascii_only=_ascii(options)), options)


def _say(lines: Iterable[str], options: Namespace) -> None:
    from concviz.comparing.text import in_ascii

    for line in lines:
        terminal.say(in_ascii(line) if _ascii(options) else line)


def _ascii(options: Namespace) -> bool:
    return bool(options.ascii) or terminal.ascii_only()


def _width(options: Namespace) -> int:
    return int(options.width or terminal.columns())
