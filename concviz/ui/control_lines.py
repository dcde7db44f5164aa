"""The lines above and below the board: that one is in control, the goal, and what the last key came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import line
from concviz.drawing.letters import clipped, width
from concviz.stepping import ending, words
from concviz.stepping.play import AWAY, AWAY_SECONDS, Lead
from concviz.stepping.solutions import SECONDS
from concviz.ui.control_model import Help

if TYPE_CHECKING:
    from concviz.drawing.cells import Cells, Part
    from concviz.ui.control_model import ControlModel

ROOMY = 120
"""A narrower line leaves out what can be done without."""

MOST_TOKEN = 28
"""Of a longer token the head shows the beginning; the whole is copied."""

WHAT_IT_IS = "Everybody stands before the next step until you let them go. A sleep takes no time."
"""What control mode is, in one line."""


def head(model: ControlModel, columns: int) -> Cells:
    """Which program, that one is in control mode, and the schedule so far."""
    play = model.play
    wide = columns >= ROOMY
    right: list[Part] = [(f"step {len(play.steps)}", "text.strong"), (f"  {_switches(model)}  ", "text.dim")]
    right += [(f"{'memory and sync' if play.memory else 'sync only'}  schedule ", "text.dim")] if wide else []
    right += [(clipped(model.token, MOST_TOKEN if wide else MOST_TOKEN // 2), "text.focus"), (" ", "")]
    left: list[Part] = [(" concviz ", "text.dim"), ("▸ ", "frame.quiet")]
    mode: list[Part] = [(" CONTROL ", "text.focus"), (f"{_leads(model)}  " if wide or model.led else "", "text.dim")]
    room = columns - sum(width(text) for text, _ in [*left, *mode, *right]) - 1
    title = clipped(f"{model.title}: {model.program.words}" if model.title else model.program.words, max(room, 0))
    shown: list[Part] = [*left, (title, "text.strong"), *mode]
    gap = columns - sum(width(text) for text, _ in [*shown, *right])
    return line([*shown, (" " * max(gap, 1), ""), *right], columns)


def goal(model: ControlModel, columns: int) -> Cells:
    """The challenge and how it stands, or what this mode is."""
    challenge, verdict = model.challenge, model.verdict
    place = f"{model.place + 1}/{len(model.programs)}"
    if challenge is None:
        told: list[Part] = [
            (" You are the scheduler. ", "text.strong"),
            ("Every worker stands before its next step until you let it go.", "text"),
        ]
        return _ended_by(told, place if len(model.programs) > 1 else "", columns)
    told = [
        (" ◎ ", "text.focus"),
        (challenge.title, "text.strong"),
        (f": {challenge.words}", "text"),
        (f" · used {model.switches}", "text.dim"),
    ]
    if verdict is not None:
        told.append((f"   {'✓' if verdict.won else '✗'} {verdict.words}", "state.running" if verdict.won else "text.warn"))
    return _ended_by(told, place, columns)


def said(model: ControlModel, told: str, columns: int) -> Cells:
    """What the last key came to; else what keeps it, what stands at the cursor, or how it ended."""
    sentence, style = (told, "text") if told else _trouble(model)
    if sentence:
        return line([(" ▸ ", "mark.focus"), (clipped(sentence, columns - 4), style)], columns)
    play = model.play
    if play.outcome is not None:
        text, ink = ending.head(play.outcome)
        return line([(" ▸ ", "mark.focus"), (text, ink), (f"  {clipped(play.outcome.words, columns - 40)}", "text")], columns)
    option = next((one for one in play.stands.everybody if one.worker == model.cursor), None) if play.stands else None
    if option is None:
        return line([(" ▸ ", "mark.focus"), ("it runs" if play.steps else "it starts", "text.dim")], columns)
    place = f"{option.file.rpartition('/')[2]}:{option.line}" if option.file else ""
    could = f"would block: {option.blocked}" if option.blocked else f"would {words.about(option)}"
    told_of: list[Part] = [(" ▸ ", "mark.focus"), (option.name, "text.strong"), (f"  {clipped(could, columns - 40)}  ", "text")]
    return line([*told_of, (place, "text.dim")], columns)


def _trouble(model: ControlModel) -> tuple[str, str]:
    """What is not as it should be, and its style; "" when all is."""
    play = model.play
    if play.diverged is not None:
        return (
            f"step {play.diverged}: the schedule cannot be followed any further: the program did otherwise than before",
            "text.warn",
        )
    if play.fault:
        return play.fault, "text.error"
    if play.away_s > AWAY_SECONDS:
        return f"{AWAY.format(play.away_s)}. ← takes it back", "text.warn"
    return "", ""


def why_not(model: ControlModel, worker: int) -> str:
    """Why a worker cannot be granted a step."""
    play = model.play
    if play.stands is None:
        return "it is over: ← goes back" if play.settled else ""
    option = next((one for one in play.stands.everybody if one.worker == worker), None)
    if option is None:
        return f"there is no worker {worker} now"
    return f"{option.name} would block: {option.blocked}"


def help_with(model: ControlModel) -> str:
    """As much help as was asked for."""
    challenge, found = model.challenge, model.solution
    match model.help:
        case Help.HINT if challenge is not None:
            return f"hint: {challenge.hint}   (h again: look for the shortest way)"
        case Help.SEARCH:
            return "looking for the shortest way ..."
        case Help.FOUND if found is not None:
            few = f"{words.counted(found.switches, 'switch')}, which is the fewest"
            return f"found among {found.tried:,} schedules: a way with {few}. h once more leads along it"
        case Help.NOTHING:
            return f"no way was found in {SECONDS:g} s"
    return ""


def _leads(model: ControlModel) -> str:
    lead = model.play.lead
    return "you are the scheduler" if lead is Lead.HAND else lead.value


def _switches(model: ControlModel) -> str:
    return words.counted(model.switches, "switch")


def _ended_by(told: list[Part], right: str, columns: int) -> Cells:
    used = sum(width(text) for text, _ in told)
    gap = columns - used - width(right) - 1
    return line([*told, (" " * max(gap, 1), ""), (right, "text.dim")] if gap > 0 else told, columns)
