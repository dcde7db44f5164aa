"""What a server has for its visitors."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.runs.launch import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from concviz.cli import main; sys.exit(main())"
"""Our command line, without what else lies in the folder that it is started in."""

GUESTS = ("CONCVIZ_PROGRESS", "CONCVIZ_SETTINGS")
"""What people from elsewhere have watched and guessed is not kept as ours."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An app for each, in one of so many seats."""

    words: Sequence[str]
    """What the app is asked for, as behind `concviz`."""
    seats: int
    """So many visitors at a time."""
    private: tuple[str, ...] = ()
    """Environment variables that name files of which each visitor has one of their own."""

    @property
    def command(self) -> list[str]:
        """What starts an app."""
        return [sys.executable, "-P", "-c", BOOT, str(PACKAGE.parent), *self.words]
