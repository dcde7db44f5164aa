"""What our own standard streams are: a screen, or something that takes text; and which characters it takes."""

from __future__ import annotations

import os
import shutil
import sys

from concviz.errors import PlatformError
from concviz.serving.view import expected

PLAIN_COLUMNS = 100
"""The width of text that goes to no terminal."""


def check_screen(hint: str) -> None:
    """PlatformError, with this hint, where no screen can be drawn: neither in a terminal nor in a page."""
    if expected(os.environ):
        return
    for stream, name in ((sys.stdout, "output"), (sys.stdin, "input")):
        if stream is None or not stream.isatty():
            raise PlatformError(f"standard {name} is not a terminal", hint)
    if os.environ.get("TERM") == "dumb":
        raise PlatformError("this terminal cannot draw a screen (TERM is dumb)", hint)


def ascii_only() -> bool:
    """Whether standard output cannot take the glyphs of our pictures."""
    try:
        "█▒╳µ".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def columns() -> int:
    """How wide text may be: as the terminal, or as COLUMNS says, else PLAIN_COLUMNS."""
    return shutil.get_terminal_size((PLAIN_COLUMNS, 24)).columns


def say(text: str) -> None:
    """One line to standard output; what it cannot take, escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def note(text: str) -> None:
    """One line beside the output: to standard error."""
    sys.stderr.write(f"concviz: {text}\n")
