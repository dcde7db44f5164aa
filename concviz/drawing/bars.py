"""What fills the columns of lanes: for how long a worker was in each state, as a glyph and a style.

A column shows the state that took the most of it. Where a worker also ran, a bar shows for how much of the column, and the
style what it was held up by otherwise: four threads that share a GIL are four bars of a quarter, not four lanes of waiting.
What is too short for a bar is marked: nothing that happened is left out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from concviz.drawing.cells import GLYPH, Glyphs, Styles
from concviz.drawing.palette import BARS, EVENT, LEAST_BAR, LOCKED, LOOKS
from concviz.drawing.styles import style_id
from concviz.timeline.states import State

Spent = npt.NDArray[np.int64]
"""ns spent, as [lane, state, column]."""

Mask = npt.NDArray[np.bool_]
"""Cells for which something holds, as [lane, column]."""

EIGHTHS = len(BARS) - 1

_GLYPHS = np.array([LOOKS[state].glyph for state in State], dtype=GLYPH)
_STYLES = np.array([style_id(LOOKS[state].style) for state in State], dtype=np.uint16)
_MIXED = np.array([style_id(LOOKS[state].mixed) for state in State], dtype=np.uint16)
_CONTENDS = np.array([LOOKS[state].contends for state in State])
_BARS = np.array(list(BARS), dtype=GLYPH)
_RUNNING = style_id("state.running")
_EVENT = style_id("mark.event")
_OFF = np.isin(np.array(State), (State.NONE, State.DONE, State.FAILED))


def bars(spent: Spent, known_ns: npt.NDArray[np.int64]) -> tuple[Glyphs, Styles]:
    """Glyphs and styles of all lanes' columns. `known_ns`: how much of each column has gone by so far."""
    alive = spent.copy()
    alive[:, _OFF, :] = 0
    running = alive[:, State.RUNNING, :].copy()
    most = alive.argmax(axis=1)
    alive[:, State.RUNNING, :] = 0
    other = alive.argmax(axis=1)
    held = alive.max(axis=1)
    share = running / np.maximum(known_ns, 1)
    glyphs, styles = _GLYPHS[most], _STYLES[most]
    visible = _besides(share >= LEAST_BAR)
    contends = _CONTENDS[most] & (running > 0)
    bar = (most == State.RUNNING) | contends | ((share >= LEAST_BAR) & (most != State.LOCK))
    _draw_bars(glyphs, styles, bar & ((share < 1) | (held > 0)), share, _MIXED[other])
    glyphs[(most == State.LOCK) & (running > 0)] = LOCKED
    short = (share < LEAST_BAR) & (running > 0) & ~contends & (most != State.LOCK)
    unseen = (running == 0) & _hidden(alive, most)
    glyphs[unseen], styles[unseen] = EVENT, _EVENT
    ran = short & ~visible
    glyphs[ran], styles[ran] = EVENT, _RUNNING
    return glyphs, styles


def _draw_bars(glyphs: Glyphs, styles: Styles, where: Mask, share: npt.NDArray[np.float64], mixed: Styles) -> None:
    """Where a worker ran for a part of the column only: at least one eighth, and never the whole."""
    eighths = np.clip(np.rint(share * EIGHTHS), 1, EIGHTHS - 1).astype(np.intp)
    glyphs[where] = _BARS[eighths[where]]
    styles[where] = mixed[where]


def _hidden(alive: Spent, most: npt.NDArray[np.intp]) -> Mask:
    """Where a second wait lies in the column that neither neighbour shows."""
    rest = alive.copy()
    np.put_along_axis(rest, most[:, None, :], 0, axis=1)
    second = rest.argmax(axis=1)
    shown = np.zeros(most.shape, dtype=np.bool_)
    shown[:, 1:] |= most[:, :-1] == second[:, 1:]
    shown[:, :-1] |= most[:, 1:] == second[:, :-1]
    hidden: Mask = (rest.max(axis=1) > 0) & ~shown
    return hidden


def _besides(where: Mask) -> Mask:
    """Where it holds in the column to the left or to the right."""
    beside = np.zeros_like(where)
    beside[:, 1:] |= where[:, :-1]
    beside[:, :-1] |= where[:, 1:]
    return beside
