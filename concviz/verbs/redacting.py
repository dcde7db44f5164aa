"""Options that say what is not to be in a recording: the same for all verbs that keep one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.recordings.redaction import Redaction


def describe(parser: ArgumentParser) -> None:
    """Their words."""
    parser.add_argument("--no-source", action="store_true", help="keep the recording without the program's files")
    parser.add_argument("--redact-env", action="store_true", help="mask values of environment variables in all of it, also in output")
    parser.add_argument("--keep-paths", action="store_true", help="keep the home folder's path, in whose place stands ~ otherwise")


def redaction(options: Namespace) -> Redaction:
    """What was asked for."""
    from dataclasses import replace

    from concviz.recordings.redaction import secrets, usual

    found = replace(usual(), sources=not options.no_source, secrets=secrets() if options.redact_env else ())
    return replace(found, homes=()) if options.keep_paths else found


def refuse_without_file(options: Namespace, file: object) -> None:
    """UsageError when something is asked for that no file follows."""
    for name in ("no_source", "redact_env", "keep_paths"):
        if getattr(options, name) and file is None:
            raise UsageError(f"--{name.replace('_', '-')} goes with a recording that is kept", "name a file for it that ends in .cvz")
