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
    """Everything found so far, the weightiest first, then by time. `limits`: "check.limit" -> value, for those not at their defaults."""
    given = limits or {}
    found = [
        finding
        for check in checks()
        for finding in check.find(timeline, {name: given.get(f"{check.name}.{name}", limit.value) for name, limit in check.limits.items()})
    ]
    return tuple(sorted(found, key=lambda finding: (-finding.weight, finding.from_ns)))


def wanted(names: str) -> tuple[str, ...]:
    """The checks named in "deadlock,blocked-loop". UsageError for one that is not there."""
    known = [check.name for check in checks()]
    asked = tuple(name.strip() for name in names.split(",") if name.strip())
    for name in asked:
        if name not in known:
            raise UsageError(f"there is no finding {name!r}", f"there are: {', '.join(known)}")
    return asked
