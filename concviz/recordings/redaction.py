"""What is left out of a recording when it is kept: the home folder's path, always but on request; sources and secrets, on request.

What a program itself printed keeps its length: there the home folder is "~" and as many slashes as it takes, which name the
same place; secrets are asterisks everywhere.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from concviz.recordings.format import Frame
from concviz.ring.layout import ENTRY

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME = "~"
"""What stands for the home folder."""

PASSING = ("folder", "recording")
"""What a launch says of places that are gone when its program has ended."""

LEAST_LETTERS = 6
"""Shorter values of the environment are no secrets, and stand in everything."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is not to be in a recording."""

    homes: tuple[str, ...] = ()
    """The paths that HOME stands for; none: paths stay."""
    sources: bool = True
    """Whether the program's files stay in it."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """Words in whose place stand as many asterisks, wherever they are, also in what the program printed."""

    def text(self, text: str) -> str:
        """Words of ours without it."""
        for home in self.homes:
            text = _path(home).sub(HOME, text)
        for secret in self.secrets:
            text = text.replace(secret, "*" * len(secret))
        return text

    def printed(self, data: bytes) -> bytes:
        """Words of the program, equally many bytes."""
        for home in self.homes:
            data = _path_bytes(home).sub(HOME.encode() + b"/" * (len(home.encode("utf-8", "surrogateescape")) - 1), data)
        for secret in self.secrets:
            found = secret.encode("utf-8", "surrogateescape")
            data = data.replace(found, b"*" * len(found))
        return data

    def head(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The head of a file, or of one of its runs."""
        launch = fields.get("launch")
        kept = {key: value for key, value in launch.items() if key not in PASSING} if isinstance(launch, dict) else launch
        found: dict[str, Any] = self._value({**fields, "launch": kept} if "launch" in fields else dict(fields))
        return found

    def frame(self, kind: int, payload: bytes) -> bytes | None:
        """A frame's payload; None: the frame is left out. What the program printed is no business of this one."""
        if kind == Frame.SOURCE and not self.sources:
            return None
        if kind in {Frame.META, Frame.SOURCE}:
            return json.dumps(self._value(json.loads(payload))).encode()
        return self._names(payload) if kind == Frame.NAMES else payload

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self._value(one) for key, one in value.items()}
        return [self._value(one) for one in value] if isinstance(value, list) else value

    def _names(self, names: bytes) -> bytes:
        found, at = [], 0
        while at + ENTRY.size <= len(names):
            size, ident, table = ENTRY.unpack_from(names, at)
            if size < ENTRY.size:
                break
            text = names[at + ENTRY.size : at + size].decode("utf-8", "surrogateescape")
            kept = self.text(text).encode("utf-8", "surrogateescape")
            found.append(ENTRY.pack(ENTRY.size + len(kept), ident, table) + kept)
            at += size
        return b"".join([*found, names[at:]])


def usual(environment: Mapping[str, str] = os.environ) -> Redaction:
    """What holds where nobody asked for anything."""
    home = environment.get("HOME", "").rstrip("/")
    return Redaction(tuple(dict.fromkeys((home, os.path.realpath(home)))) if home else ())


def secrets(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The values of the environment, the longest first, the home folder's path and the machine's name."""
    words = {value for value in environment.values() if len(value) >= LEAST_LETTERS and not value.isdecimal()}
    words |= set(usual(environment).homes)
    name = os.uname().nodename if hasattr(os, "uname") else ""
    return tuple(sorted(words | ({name} if len(name) >= LEAST_LETTERS else set()), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=8)
def _path(home: str) -> re.Pattern[str]:
    """It as a path or the beginning of one."""
    return re.compile(rf"(?<![\w.-]){re.escape(home)}(?![\w.-])")


@lru_cache(maxsize=8)
def _path_bytes(home: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?<![\w.-])" + re.escape(home.encode("utf-8", "surrogateescape")) + rb"(?![\w.-])")
