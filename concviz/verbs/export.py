"""`concviz export FILE -o TARGET`: a recording as another program's file: a trace, spans, a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import UsageError
from concviz.verbs import redacting

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

AGAIN = "again"
"""In the place of an exporter: a recording that stays one."""

SUMMARY = "turn a recording into a trace or a table"

EXAMPLES = """\
examples:
  concviz export primes.cvz -o primes.pftrace        open it at ui.perfetto.dev
  concviz export primes.cvz -o primes.json -o primes.csv
  concviz export primes.cvz -o primes.otlp.json --force
  concviz export primes.cvz -o shared.cvz --no-source --redact-env

The target's name says what it becomes:
  .pftrace    Perfetto's own trace: the smallest and the fastest to open
  .json       Chrome's trace, which Perfetto and other viewers read too
  .otlp.json  OpenTelemetry spans, as OTLP in JSON
  .csv        every event as a row
  .cvz        a recording again: without its sources or with its secrets masked, for others to see
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("file", metavar="FILE", help="a recording")
    parser.add_argument("-o", "--output", metavar="TARGET", action="append", default=[], help="what to write; may be repeated")
    parser.add_argument("--force", action="store_true", help="replace targets that exist")
    redacting.describe(parser)


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
    redacting.refuse_without_file(options, next((path for path, name in targets if name == AGAIN), None))
    follow = opened(Path(options.file))
    title = str(follow.head.get("title") or Path(options.file).name)
    for path, name in targets:
        if name == AGAIN:
            _write_again(Path(options.file), path, options)
            continue
        with target.made(path, force=options.force) as out:
            import_module(f"concviz.recordings.exporters.{name}").write(title, follow.timelines, out)
        terminal.say(f"{path}: {path.stat().st_size:,} bytes")
    return 0


def _write_again(source: Path, path: Path, options: Namespace) -> None:
    from concviz.recordings.save import head_of, save, save_over
    from concviz.verbs import terminal

    (save_over if options.force else save)([source], path, redacting.redaction(options), **head_of(source))
    terminal.say(f"{path}: {path.stat().st_size:,} bytes")


def format_of(word: str) -> str:
    """The file among the exporters that writes what is called so. UsageError for none."""
    from concviz.recordings.exporters import FORMATS

    for suffix, name in (FORMATS | {".cvz": AGAIN}).items():
        if word.lower().endswith(suffix):
            return name
    raise UsageError(f"{word}: no format ends like that", f"there are: {', '.join(sorted([*FORMATS, '.cvz']))}")
