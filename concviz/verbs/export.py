"""`concviz export FILE -o TARGET`: a recording as another program's file: a trace, spans, a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SUMMARY = "turn a recording into a trace or a table"

EXAMPLES = """\
examples:
  concviz export primes.cvz -o primes.pftrace        open it at ui.perfetto.dev
  concviz export primes.cvz -o primes.json -o primes.csv
  concviz export primes.cvz -o primes.otlp.json --force

The target's name says what it becomes:
  .pftrace    Perfetto's own trace: the smallest and the fastest to open
  .json       Chrome's trace, which Perfetto and other viewers read too
  .otlp.json  OpenTelemetry spans, as OTLP in JSON
  .csv        every event as a row
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("file", metavar="FILE", help="a recording")
    parser.add_argument("-o", "--output", metavar="TARGET", action="append", default=[], help="what to write; may be repeated")
    parser.add_argument("--force", action="store_true", help="replace targets that exist")


def run(options: Namespace) -> int:
    """Do it."""
    from importlib import import_module

    from concviz.recordings.exporters import target
    from concviz.recordings.follow import opened
    from concviz.verbs import terminal

    if not options.output:
        raise UsageError("export needs a target", "add -o FILE.pftrace")
    targets = [(Path(word), format_of(word)) for word in dict.fromkeys(options.output)]
    for path, _ in targets:
        target.check(path, force=options.force)
    follow = opened(Path(options.file))
    title = str(follow.head.get("title") or Path(options.file).name)
    for path, name in targets:
        with target.made(path, force=options.force) as out:
            import_module(f"concviz.recordings.exporters.{name}").write(title, follow.timelines, out)
        terminal.say(f"{path}: {path.stat().st_size:,} bytes")
    return 0


def format_of(word: str) -> str:
    """The file among the exporters that writes what is called so. UsageError for none."""
    from concviz.recordings.exporters import FORMATS

    for suffix, name in FORMATS.items():
        if word.lower().endswith(suffix):
            return name
    raise UsageError(f"{word}: no format ends like that", f"there are: {', '.join(sorted(FORMATS))}")
