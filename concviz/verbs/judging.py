"""The options about findings: which of them fail the command, and their thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from concviz.findings.finding import Finding
    from concviz.report import Report

FOUND = 3
"""The exit code when one of `--fail-on` was found."""


def describe(parser: ArgumentParser) -> None:
    """Their words."""
    words = f"with --plain or --json: exit with {FOUND} when one of these was found"
    parser.add_argument("--fail-on", metavar="NAMES", help=words)
    parser.add_argument(
        "--limit",
        metavar="NAME.LIMIT=VALUE",
        action="append",
        default=[],
        help="with --plain or --json: another threshold of a finding; a wrong one tells which there are",
    )


def refuse_without_text(options: Namespace) -> None:
    """UsageError when one of them is given for the screen."""
    for name in ("fail_on", "limit"):
        if getattr(options, name):
            raise UsageError(f"--{name.replace('_', '-')} goes with --plain or --json", "on the screen findings are listed as they come")


def check(options: Namespace) -> None:
    """Before anything runs: UsageError for a name, a limit or a value that is none."""
    _failing(options)
    limits(options)


def limits(options: Namespace) -> dict[str, float]:
    """As "deadlock.seconds" -> value. UsageError as for `check`."""
    return dict(_limit(setting) for setting in options.limit)


def judged(report: Report, options: Namespace) -> tuple[tuple[Finding, ...], ...]:
    """What was found in each pane."""
    from concviz.findings.search import search

    given = limits(options)
    return tuple(search(pane.timeline, given) if pane.began else () for pane in report.panes)


def fails(found: Sequence[Sequence[Finding]], options: Namespace) -> bool:
    """Whether one that fails the command is among them."""
    failing = _failing(options)
    return any(finding.kind in failing for pane in found for finding in pane)


def _failing(options: Namespace) -> tuple[str, ...]:
    from concviz.findings.search import wanted

    if options.fail_on is None:
        return ()
    names = wanted(options.fail_on)
    if not names:
        raise UsageError("--fail-on names no finding", "write --fail-on deadlock,stuck")
    return names


def _limit(setting: str) -> tuple[str, float]:
    from concviz.findings.search import checks

    name, equals, value = setting.partition("=")
    kind, dot, limit = name.partition(".")
    known = {check.name: check.limits for check in checks()}
    if not (equals and dot):
        every = ", ".join(f"{name}.{one}={limits[one].value:g}" for name, limits in known.items() for one in limits)
        raise UsageError(f"--limit {setting} sets nothing", f"write --limit NAME.LIMIT=VALUE; there are: {every}")
    if kind not in known:
        raise UsageError(f"there is no finding {kind!r}", f"there are: {', '.join(known)}")
    if limit not in known[kind]:
        there = ", ".join(f"{kind}.{one}={known[kind][one].value:g}" for one in known[kind])
        raise UsageError(f"{kind} has no limit {limit!r}", f"there are: {there}" if there else "it has none")
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not 0 <= number < float("inf"):
        raise UsageError(f"--limit {setting}: {value!r} is not a number from 0 on")
    return name, number
