"""An application with one word in its bottom line, so that it can be seen when its first screen stands."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    CSS = "Static { dock: bottom }"

    def compose(self) -> ComposeResult:
        yield Static("quit")


Empty().run()
