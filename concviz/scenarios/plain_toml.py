"""TOML as lessons are written, read in a tenth of tomllib's time: the first screen needs all of them.

Strings without escapes, whole numbers, and lists of tables one level deep. Whatever holds anything else is tomllib's.
"""

from __future__ import annotations

import re
from typing import Any

LINE = re.compile(
    r"""[ \n]*(?:
        \[\[(?P<table>\w+)\]\]
        | (?P<key>\w+)\ =\ (?:(?P<number>0|[1-9]\d*) | \"\"\"\n?(?P<long>[^"\\]*)\"\"\" | "(?P<short>[^"\\\n]*)")
    )[ ]*(?:\n|$)""",
    re.VERBOSE | re.ASCII,
)


def read(text: str) -> dict[str, Any] | None:
    """What tomllib would give; None where only tomllib can tell, or there is a mistake that it should tell of."""
    whole: dict[str, Any] = {}
    table, at = whole, 0
    text = text.rstrip()
    while at < len(text):
        line = LINE.match(text, at)
        if line is None:
            return None
        name, key, number, long, short = line.groups()
        if name is not None:
            table = {}
            tables = whole.setdefault(name, [])
            if not isinstance(tables, list):
                return None
            tables.append(table)
        elif key in table:
            return None
        else:
            table[key] = int(number) if number is not None else short if short is not None else long
        at = line.end()
    return whole
