"""How a run was looked at from outside: how often, at what cost, and what could not be seen, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Measure:
    """So far; a new one about each second, and a last one at the end."""

    budget: float = 0.0
    """What looking may cost, as a share of one core; 0: it was not done."""
    share: float = 0.0
    """What it has cost, as a share of one core."""
    supervisor_cpu_s: float = 0.0
    """All that the process between us and the program has used: looking, copying events, starting."""
    gil_per_s: float = 0.0
    """Looks at GILs a second, while there was more than one thread to hold one."""
    gil_every_ns: float | None = None
    """The mean time between two looks at the same GIL; None: there was none."""
    seats_per_s: float = 0.0
    """Looks at threads a second: on a core, in a queue, or blocked."""
    seats_every_ns: float | None = None
    """The mean time between two looks at the same thread; None: there was none."""
    hand_overs: Mapping[int, int] = field(default_factory=dict)
    """Process -> how often its GIL went to another thread, as its interpreter counts."""
    no_gil: Mapping[int, str] = field(default_factory=dict)
    """Process -> why its GIL cannot be read, in words."""
    other_gils: tuple[int, ...] = ()
    """Processes with interpreters whose GILs, if they have some of their own, are not read."""
    no_seats: str = ""
    """Why threads, or some of them, were not looked at, in words."""

    @classmethod
    def told(cls, fields: Mapping[str, Any]) -> Measure:
        """From a META frame. ValueError or TypeError when a number is none."""
        numbers = {name: float(fields.get(name) or 0) for name in ("budget", "share", "supervisor_cpu_s", "gil_per_s", "seats_per_s")}
        return cls(
            **numbers,
            gil_every_ns=float(fields.get("gil_every_ns") or 0) or None,
            seats_every_ns=float(fields.get("seats_every_ns") or 0) or None,
            hand_overs={int(process): int(count) for process, count in _table(fields, "hand_overs").items()},
            no_gil={int(process): str(words) for process, words in _table(fields, "no_gil").items()},
            other_gils=tuple(map(int, fields.get("other_gils") or ())),
            no_seats=str(fields.get("no_seats") or ""),
        )


def _table(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = fields.get(name)
    return value if isinstance(value, dict) else {}
