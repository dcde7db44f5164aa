"""A run in a line of numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run came to, so far."""

    workers: int
    """Threads, processes and tasks, without the libraries' own."""
    events: int
    """What the program did; looks from outside are not counted."""
    wall_ns: int
    """From GO to the end, or to now."""
    cpu_s: float | None
    """CPU seconds of the program and its children; None: not measured yet, or not here."""
    dropped: int
    """Events that found no room."""
    names_lost: int
    """Names that found no room."""
