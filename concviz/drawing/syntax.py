"""Python source cut into a few kinds of words, by one expression that also takes source that does not parse.

The standard library's tokenizer knows only its own version's Python and gives up at the first mistake; the watched program
may run under another version. After the approach of IDLE's colorizer (2000).
"""

from __future__ import annotations

import keyword
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.drawing.cells import Part

_PREFIX = r"(?i:\b(?:[rbuft]|[rb][rb]|[rft][rft]))?"

WORDS = re.compile(
    "|".join(
        [
            r"(?P<comment>#[^\n]*)",
            rf'(?P<string>{_PREFIX}(?:"""(?:\\.|[^\\])*?(?:"""|\Z)|\'\'\'(?:\\.|[^\\])*?(?:\'\'\'|\Z)'
            r'|"(?:\\.|[^"\\\n])*"?|' + r"'(?:\\.|[^'\\\n])*'?))",
            r"(?:\b(?P<definition>def|class)(?P<gap>[ \t]+)(?P<name>\w+))",
            rf"(?P<keyword>\b(?:{'|'.join(sorted(keyword.kwlist))})\b)",
            r"(?P<number>\b(?:0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?j?)\b)",
            r"(?P<word>\w+)",
        ],
    ),
    re.DOTALL,
)
"""Words of Python; what matches none of them is "code". A name is matched whole so that nothing is found inside it."""

STYLES = {"comment": "code.comment", "string": "code.string", "keyword": "code.keyword", "number": "code.number"}
"""Group of WORDS -> style."""


@lru_cache(maxsize=16)
def styled_lines(source: str) -> tuple[tuple[Part, ...], ...]:
    """Each line of the source as texts and their styles, tabs and all."""
    lines: list[list[Part]] = [[]]
    for text, style in _parts(source):
        first, *others = text.split("\n")
        lines[-1].append((first, style))
        lines.extend([(other, style)] for other in others)
    return tuple(tuple(part for part in line if part[0]) for line in lines)


def _parts(source: str) -> Iterator[Part]:
    end = 0
    for found in WORDS.finditer(source):
        group = found.lastgroup or "word"
        if group == "word":
            continue
        yield source[end : found.start()], "code"
        if group == "name":
            yield found["definition"], "code.keyword"
            yield found["gap"], "code"
            yield found["name"], "code.name"
        else:
            yield found.group(), STYLES[group]
        end = found.end()
    yield source[end:], "code"
