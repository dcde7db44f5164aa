"""The words of a trigger, and what is said of wrong ones."""

from __future__ import annotations

import pytest

from concviz.errors import UsageError
from concviz.triggers.language import Trigger, parsed

MS = 1_000_000


@pytest.mark.parametrize(
    ("text", "subject", "over_ns", "name"),
    [
        ("lock wait > 50ms", "lock wait", 50 * MS, ""),
        ("  queue wait>1.5s ", "queue wait", 1500 * MS, ""),
        ("gil wait > 20 us", "gil wait", 20_000, ""),
        ("event wait > 2min", "event wait", 120_000 * MS, ""),
        ("loop lag > 100ms", "loop lag", 100 * MS, ""),
        ("task step > 0.5ms", "task step", MS // 2, ""),
        ('event "a hit"', "event", 0, "a hit"),
        ("finding blocked-loop", "finding", 0, "blocked-loop"),
        ("exception", "exception", 0, ""),
    ],
)
def test_what_can_be_said(text: str, subject: str, over_ns: int, name: str) -> None:
    assert parsed(text) == Trigger(text, subject, over_ns, name)


@pytest.mark.parametrize(
    ("text", "place", "wanted"),
    [
        ("", 1, "one of lock, queue"),
        ("lok wait > 1s", 1, "one of lock, queue"),
        ("lock wiat > 1s", 6, '"wait"'),
        ("lock wait = 1s", 11, '">"'),
        ("lock wait > ms", 13, "a number above 0"),
        ("lock wait > 0ms", 13, "a number above 0"),
        ("lock wait > 1.2.3ms", 13, "a number above 0"),
        ("lock wait > 50", 15, "one of ns, us"),
        ("lock wait > 50 parsecs", 16, "one of ns, us"),
        ("lock wait > 50ms now", 18, "nothing more"),
        ("event hit", 7, "a name in double quotes"),
        ('event "hit', 7, "a name in double quotes"),
        ('event ""', 7, "a name in double quotes"),
        ("finding dedlock", 9, "one of deadlock"),
        ("finding trigger", 9, "one of deadlock"),
        ("exception now", 11, "nothing more"),
    ],
)
def test_what_makes_no_sense_is_pointed_at(text: str, place: int, wanted: str) -> None:
    with pytest.raises(UsageError) as raised:
        parsed(text)

    assert f"character {place}: " in raised.value.message
    assert wanted in raised.value.message
    assert "\n" not in str(raised.value)
