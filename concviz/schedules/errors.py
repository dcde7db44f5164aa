"""What can go wrong while schedules are run elsewhere."""

from __future__ import annotations


class StuckError(Exception):
    """A run did not come back within its time, or took its process with it: the process was killed, and another one is in its place."""
