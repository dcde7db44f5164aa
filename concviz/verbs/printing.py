"""A report on standard output, as it was asked for: text or data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from concviz.verbs import terminal

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from concviz.findings.finding import Finding
    from concviz.report import Report


def say_report(report: Report, found: Sequence[Sequence[Finding]], options: Namespace) -> None:
    """With `options.json` one object, else text as wide as `options.width` says. `found`: in each pane."""
    if options.json:
        from concviz.data import as_data

        terminal.say(json.dumps(as_data(report, found)))
        return
    from concviz.plain import Paper, as_text

    paper = Paper(options.width or terminal.columns(), options.ascii or terminal.ascii_only())
    for line in as_text(report, paper, found):
        terminal.say(line)
