"""All checks over one timeline."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from concviz.errors import UsageError
from concviz.findings import CHECKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.findings.finding import Check, Finding
    from concviz.timeline.timeline import Timeline


@cache
def checks() -> tuple[Check, ...]:
    """Every check, in order."""
    return tuple(import_module(f"concviz.findings.{name}").CHECK for name in CHECKS)


def search(timeline: Timeline, limits: Mapping[str, float] | None = None) -> tuple[Finding, ...]:
    """Everything found so far, in order. `limits`: "check.limit" -> value, for those not at their defaults."""
    return tuple(sorted((finding for check in checks() for finding in look_with(check, timeline, limits)), key=in_order))


def look_with(check: Check, timeline: Timeline, limits: Mapping[str, float] | None = None) -> tuple[Finding, ...]:
    """What one check finds. `limits` as for `search`."""
    given = limits or {}
    return tuple(check.find(timeline, {name: given.get(f"{check.name}.{name}", limit.value) for name, limit in check.limits.items()}))


def in_order(finding: Finding) -> tuple[int, int]:
    """The key to sort by: the weightiest first, then by time."""
    return -finding.weight, finding.from_ns


def wanted(names: str) -> tuple[str, ...]:
    """The checks named in "deadlock,blocked-loop". UsageError for one that is not there."""
    known = [check.name for check in checks()]
    asked = tuple(name.strip() for name in names.split(",") if name.strip())
    for name in asked:
        if name not in known:
            raise UsageError(f"there is no finding {name!r}", f"there are: {', '.join(known)}")
    return asked
