"""The app's half of a page: draws into a pipe to the server, hears the visitor from another, and ends when they have left."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from textual import messages
from textual.drivers.web_driver import WebDriver

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import App

OUTPUT, COMPLAINTS = 1, 2
"""File descriptors."""

LOOK_S = 0.05
"""So often a thread looks whether the app has ended before it began."""


class PageDriver(WebDriver):
    """Textual's for textual-serve. What it lacks: an app whose server is gone ends, too, and nothing else gets between its packets."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.fileno = os.dup(OUTPUT)
        os.dup2(COMPLAINTS, OUTPUT)
        self._write = partial(self._write_whole)
        self.stands = Event()
        """Set by the app when its first screen stands: before that, Textual cannot be asked to end."""

    def _write_whole(self, told: bytes) -> int:
        """All of it; nothing, when nobody reads any more: then the app's input ends as well."""
        left = memoryview(told)
        with suppress(OSError):
            while left:
                left = left[os.write(self.fileno, left) :]
        return len(told)

    def run_input_thread(self) -> None:
        """Textual's; the end of all input is the end of the visit."""
        super().run_input_thread()
        while not self.stands.wait(LOOK_S):
            if self.exit_event.is_set():
                return
        if not self.exit_event.is_set():
            with suppress(RuntimeError):
                self._app.post_message(messages.ExitApp())

    def close(self) -> None:
        """Textual's, when the app has ended."""
        super().close()
        os.close(self.fileno)
        self.fileno = -1

    # What a terminal would not be told

    def hand_over(self, paths: Sequence[Path]) -> None:
        """The visitor's browser is to save these files of the view's folder."""
        for path in paths:
            self.write_meta({"type": "kept", "name": path.name})

    def paint(self, ground: str) -> None:
        """What lies beside the cells: "#rrggbb"."""
        self.write_meta({"type": "ground", "colour": ground})
