"""The comparison as text: head, table, picture, remarks, and what follows."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from concviz.comparing.plot import legend, plot
from concviz.comparing.table import remarks, table
from concviz.comparing.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.comparing.rounds import Comparison

ASCII = str.maketrans({"·": "-", "µ": "u", "×": "x", "…": "...", "±": "+-"})
"""What stands for our own signs where nothing else can be written."""


def as_text(comparison: Comparison, columns: int) -> Iterator[str]:
    """Line by line; only the words of failures may be wider."""
    work, python = comparison.work, comparison.baseline.variant.python
    cores = f"{comparison.cores} core{'' if comparison.cores == 1 else 's'}"
    rounds = "1 round" if comparison.rounds == 1 else f"medians of {comparison.rounds} shuffled rounds"
    yield f"{work.name} of {work.file.name} · {work.inputs.words} · {cores} · {rounds}"
    yield from [python.words] if len({row.variant.python for row in comparison.rows}) == 1 else []
    yield ""
    yield from table(comparison, columns)
    yield ""
    yield from (line for words in remarks(comparison) for line in wrap(words, columns, subsequent_indent="  "))
    yield from _pictures(comparison, columns)
    yield ""
    for sentence in verdict(comparison):
        yield from wrap(sentence, columns)


def _pictures(comparison: Comparison, columns: int) -> Iterator[str]:
    pythons = list(dict.fromkeys(row.variant.python for row in comparison.rows))
    for python in pythons:
        picture = plot(comparison, python.path, columns)
        if picture is not None:
            yield ""
            yield f"speed-up by workers{f', {python.words}' if len(pythons) > 1 else ''}"
            yield from picture.to_text().split("\n")
            yield from legend(comparison, python.path)


def in_ascii(line: str) -> str:
    """The same line, where only ASCII can be written."""
    return line.translate(ASCII).encode("ascii", "backslashreplace").decode()
