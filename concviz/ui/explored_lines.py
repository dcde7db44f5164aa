"""What stands on the screen of an exploration, in colours: the same sentences as the command's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from concviz.ui.exploring import SCHEDULES, SECONDS

if TYPE_CHECKING:
    from concviz.schedules.exploration import Exploration
    from concviz.schedules.reports.outcomes import OutcomeRow
    from concviz.schedules.survey import Survey
    from concviz.ui.exploring import Exploring

COUNT_CELLS, TOKEN_CELLS = 14, 30
"""The widths of the table's last columns; a longer token is cut there, and copied whole."""

BAR_CELLS = 30

SWITCH, FAILS = "◆", "✗"
"""As the report marks a preemption, and an outcome that is a failure."""

HEADS = ("conflicting accesses:", "waits in a circle", "who waits", "nobody can go", "Traceback")
"""How lines begin under which something new is told."""

COLOURS = {"fails": "$error", "holds": "$success"}
"""The first word of a verdict -> its colour."""


def head(exploring: Exploring) -> Content:
    """Which program, and that it is explored."""
    return Content.assemble(("concviz ", "$quiet"), ("▸ ", "$frame"), (exploring.program.words, "bold"), ("  EXPLORE", "bold $accent"))


def progress(exploring: Exploring) -> Content:
    """How far the search is; why it came to nothing."""
    if exploring.failure is not None:
        return Content.assemble((exploring.failure.message, "bold $error"), (f"  {exploring.failure.hint}", "$quiet"))
    now = exploring.progress
    full = min(now.schedules * BAR_CELLS // SCHEDULES, BAR_CELLS)
    outcomes = f"{now.outcomes} outcome{'s' * (now.outcomes != 1)}"
    return Content.assemble(
        ("▮" * full, "$accent"),
        ("▯" * (BAR_CELLS - full), "$frame"),
        (f"  {now.schedules:,} schedules", "bold"),
        (f" of at most {SCHEDULES:,}, {SECONDS:g} s · {now.per_s:,.0f} a second · {outcomes}", "$quiet"),
        (f"  {FAILS} one fails" if now.fails else "", "bold $error"),
    )


def verdict(exploration: Exploration) -> Content:
    """In a sentence, with what was tried."""
    from concviz.schedules.reports import verdict as told

    words = told.verdict(exploration)
    return Content.styled(words, f"bold {COLOURS.get(words.partition(':')[0], '$warning')}")


def report(exploration: Exploration, columns: int) -> Content:
    """The failing run as lanes, why it fails, and what else is to be known."""
    from textwrap import wrap

    from concviz.schedules.reports.text import run
    from concviz.schedules.reports.verdict import remarks

    found = exploration.found
    lines = [*run(found.outcome, columns), ""] if found is not None else []
    lines += [part for remark in remarks(exploration) for part in wrap(remark, columns, subsequent_indent="  ")]
    return Content("\n").join(_line(words) for words in lines)


def _line(words: str) -> Content:
    plain = words.strip()
    if plain.startswith(SWITCH):
        return Content.styled(words, "bold $accent")
    if plain.startswith("step ") and "Thread" in plain:
        return Content.styled(words, "$quiet")
    return Content.styled(words, "bold") if plain.startswith(HEADS) else Content(words)


def table(survey: Survey, columns: int) -> Content:
    """The heads of the outcomes' columns."""
    more = f" · {survey.further:,} schedules with further ones" if survey.further else ""
    first = f"{len(survey.outcomes)} outcome{'s' * (len(survey.outcomes) != 1)} of {survey.schedules:,} schedules{more}"
    return Content(f"{first.ljust(max(columns - COUNT_CELLS - TOKEN_CELLS, 0))}{'schedules'.rjust(COUNT_CELLS)}  token")


def outcome(row: OutcomeRow, survey: Survey, columns: int) -> Content:
    """One of them: what it comes to, how often it came, and its token."""
    from concviz.drawing.letters import clipped, width

    room = max(columns - COUNT_CELLS - TOKEN_CELLS - 2, 10)
    words = clipped(row.words.replace("\n", " ⏎ ") or "-", room - 2)
    share = f"{row.count:,} ({100 * row.count / max(survey.schedules, 1):.0f} %)"
    return Content.assemble(
        (f"{FAILS} " if row.fails else "  ", "bold $error"),
        (words + " " * (room - 2 - width(words)), "$error" if row.fails else ""),
        (share.rjust(COUNT_CELLS), "$quiet"),
        (f"  {clipped(row.token, TOKEN_CELLS - 2)}", "$accent"),
    )
