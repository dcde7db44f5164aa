"""Standard output and error: who wrote what and when. The bytes themselves come through the pipe, as always.

Each write is noted with its length and checksum before it happens, so that the reader of the pipe, who sees the
bytes later and without their writer, can tell whose they are.
"""

from __future__ import annotations

import os
import sys
from binascii import crc32
from io import TextIOWrapper

from concviz.events import STDERR, STDOUT, Kind
from concviz.probes import here
from concviz.probes.sites import caller, site

_OUTPUT = int(Kind.OUTPUT)
_TRANSLATES = os.linesep != "\n"
_write = TextIOWrapper.write
_replaced: list[TextIOWrapper] = []


class Stream(TextIOWrapper):
    """A standard stream over the same buffer as the one it replaces; flushed at each line end, as on a terminal."""

    number = 0
    """STDOUT or STDERR."""

    told_through = False
    """What the program is told of `write_through`."""

    @property
    def write_through(self) -> bool:
        """As the replaced stream has it.

        In truth each text goes to the buffer at once: what a text layer keeps of one thread goes out with the next
        thread's line end, and its own line end may overtake it.
        """
        return self.told_through

    def write(self, text: str, /) -> int:
        """Note, then write."""
        if isinstance(text, str) and text and not self.closed:
            try:
                data = (text.replace("\n", os.linesep) if _TRANSLATES else text).encode(self.encoding, self.errors or "strict")
            except UnicodeError:
                return _write(self, text)
            here.mine.me.emit(_OUTPUT, self.number, site(caller()), len(data) << 32 | crc32(data))
        return _write(self, text)

    def __repr__(self) -> str:
        return "<_io.TextIOWrapper " + super().__repr__().partition(" ")[2]


class Stdout(Stream):
    """The program's standard output."""

    number = STDOUT


class Stderr(Stream):
    """The program's standard error."""

    number = STDERR


def install() -> None:
    """Put noting streams in the place of sys.stdout and sys.stderr. Called once in a process that began anew."""
    _replace("stdout", Stdout)
    _replace("stderr", Stderr)


def _replace(name: str, make: type[Stream]) -> None:
    old = getattr(sys, name, None)
    if type(old) is not TextIOWrapper:
        return
    new = make(
        old.buffer,
        encoding=old.encoding,
        errors=old.errors,
        newline=None if _TRANSLATES else "\n",
        line_buffering=True,
        write_through=True,
    )
    new.told_through = old.write_through
    new.mode = "w"  # type: ignore[misc]
    _replaced.append(old)  # it would close the buffer when it went
    setattr(sys, name, new)
    if getattr(sys, f"__{name}__", None) is old:
        setattr(sys, f"__{name}__", new)
