"""Which steps can change places without a difference: those that touch nothing in common, or only read it.

The relation may say "dependent" too often, which costs schedules, but never too seldom, which would miss failures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concviz.gates.choice import Option

Effect = tuple[str, bool, bool]
"""What a step touches, whether it changes it, and whether it may have to wait for it.

The same thing has the same name in every run of a program.
"""

NOTHING: Effect = ("", False, False)
"""It touches what is its worker's own alone."""

ANYTHING: Effect = ("*", True, True)
"""Nobody knows what it touches."""

CLOCK: Effect = ("clock", True, True)
"""It moves the virtual time, or is woken by it."""

BY_OPERATION: dict[str, Effect] = {"start": NOTHING, "end": NOTHING, "sleep": CLOCK, "timer": CLOCK}
"""Operations without a thing of their own -> what they touch."""


NEVER_WAIT = frozenset({"read", "write", "release", "notify"})
"""Operations that can be done at any time."""


def effect(option: Option) -> Effect:
    """What the step would touch."""
    access = option.access
    if access is not None:
        return access.key, access.write, option.operation not in NEVER_WAIT
    if option.operation in BY_OPERATION:
        return BY_OPERATION[option.operation]
    # Two things may have one name in the source: then they count as one.
    return (f"?{option.resource}", True, option.operation not in NEVER_WAIT) if option.resource else ANYTHING


def dependent(one: Effect, other: Effect) -> bool:
    """Whether two steps of different workers may not change places."""
    if one[0] == other[0]:
        return (one[1] or other[1]) and one[0] != ""
    return (one[0] == "*" and other[0] != "") or (other[0] == "*" and one[0] != "")
