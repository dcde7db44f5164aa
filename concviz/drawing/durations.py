"""Lengths of time and moments, in words: "1.2 ms", "61 ms", "2.61 s"."""

from __future__ import annotations

from dataclasses import dataclass

UNITS = ((1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"), (1, "ns"))
"""Nanoseconds in a unit, and the unit; largest first."""

MINUTE_NS = 60 * 1_000_000_000
"""From two of these on, a length of time is told in minutes."""

SECOND_NS = 1_000_000_000

THOUSAND = 1000

DECIMALS = {"s": 2, "ms": 1, "µs": 1, "ns": 0}
"""Decimals of a length below ten units."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One unit and one number of decimals, for times that stand below one another."""

    unit_ns: int
    unit: str
    decimals: int

    def number(self, time_ns: int) -> str:
        """The time in the scale's unit, without it."""
        return f"{time_ns / self.unit_ns:.{self.decimals}f}"

    def text(self, time_ns: int) -> str:
        """The time in the scale's unit, with it."""
        return f"{self.number(time_ns)} {self.unit}"


def duration(length_ns: int) -> str:
    """A length of time to two or three figures: "850 µs", "1.2 ms", "61 ms", "2.61 s", "2 min 5 s"."""
    if length_ns < 0:
        return f"-{duration(-length_ns)}"
    if length_ns >= 2 * MINUTE_NS:
        minutes, seconds = divmod(round(length_ns / SECOND_NS), 60)
        return f"{minutes} min {seconds} s"
    unit_ns, unit = unit_of(length_ns)
    if unit_ns < SECOND_NS and round(length_ns / unit_ns) >= THOUSAND:
        unit_ns, unit = unit_of(unit_ns * THOUSAND)
    value = length_ns / unit_ns
    most = DECIMALS[unit]
    # Rounded first: 9.996 s is 10.0 s, not 10.00 s.
    whole = len(str(int(round(value, most))))
    return f"{value:.{max(most + 1 - whole, 0)}f} {unit}"


def unit_of(length_ns: int) -> tuple[int, str]:
    """The largest unit that the length is at least one of, as nanoseconds and word; ns for 0."""
    return next(((size, word) for size, word in UNITS if abs(length_ns) >= size), UNITS[-1])


def scale_of(longest_ns: int, step_ns: int) -> Scale:
    """The unit in which `longest_ns` reads well, with the decimals that tell times `step_ns` apart."""
    unit_ns, unit = unit_of(longest_ns)
    decimals = 0
    while unit_ns // 10**decimals > max(step_ns, 1):
        decimals += 1
    return Scale(unit_ns, unit, decimals)
