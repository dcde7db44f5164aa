"""The current line of every worker, in the person's own files."""

from __future__ import annotations

_wanted = False


def install() -> None:
    """Begin to watch lines."""
    global _wanted
    _wanted = True


def wanted() -> bool:
    """Whether lines are watched in this process, and so in those that it starts."""
    return _wanted
