"""A question that one line answers: a path to open, or to save to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class Ask(ModalScreen[str]):
    """Left with the answer, or with None by escape. An answer that will not do gets one line that says why."""

    DEFAULT_CSS = """
    Ask { align: center middle; background: $background 60%;
        & > Vertical { width: 72; max-width: 90%; height: auto; border: round $primary; background: $surface; padding: 1 2; }
        & Input { margin-top: 1; background: $panel; padding: 0 1; }
        & #error { color: $error; margin-top: 1; }
        & #hint { color: $quiet; margin-top: 1; }
    }
    """
    BINDINGS = [("escape", "dismiss", "back")]

    def __init__(self, question: str, default: str, refuse: Callable[[str], str]) -> None:
        """`refuse` is called with each answer and gives why it will not do, or "" to take it."""
        super().__init__()
        self._question, self._default, self._refuse = question, default, refuse

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._question)
            yield Input(self._default, id="answer", select_on_focus=False, compact=True)
            yield Static("", id="error", markup=False)
            yield Static("enter  go on      esc  back", id="hint")

    def on_input_changed(self) -> None:
        """Another answer: what was wrong with the last no longer counts."""
        self.query_one("#error", Static).update("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it, or say why not."""
        event.stop()
        answer = event.value.strip()
        refusal = self._refuse(answer) if answer else "a path is wanted here"
        if refusal:
            self.query_one("#error", Static).update(refusal)
        else:
            self.dismiss(answer)
