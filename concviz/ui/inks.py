"""What each of the drawing's style names looks like, in the words of the themes' variables."""

from __future__ import annotations

INKS: dict[str, str] = {
    "state.running": "color: $state-running;",
    "state.gil": "color: $state-gil;",
    "state.ready": "color: $state-ready;",
    "state.lock": "color: $state-lock;",
    "state.waiting": "color: $state-waiting;",
    "state.sleeping": "color: $state-sleeping;",
    "state.child": "color: $state-child;",
    "state.failed": "color: $state-failed; text-style: bold;",
    "mixed.gil": "color: $state-running; background: $ground-gil;",
    "mixed.ready": "color: $state-running; background: $ground-ready;",
    "mixed.lock": "color: $state-running; background: $ground-lock;",
    "mixed.waiting": "color: $state-running; background: $ground-waiting;",
    "mixed.sleeping": "color: $state-running; background: $ground-sleeping;",
    "mixed.child": "color: $state-running; background: $ground-child;",
    "mixed.off": "color: $state-running;",
    "mark.event": "color: $foreground; text-style: bold;",
    "mark.worker": "color: $state-running;",
    "mark.focus": "color: $accent; text-style: bold;",
    "text": "color: $foreground;",
    "text.dim": "color: $quiet;",
    "text.strong": "color: $foreground; text-style: bold;",
    "text.name": "color: $name;",
    "text.focus": "color: $accent; text-style: bold;",
    "text.error": "color: $error;",
    "text.warn": "color: $warning;",
    "frame.quiet": "color: $frame;",
    "fill.full": "color: $state-waiting;",
    "fill.empty": "color: $frame;",
    "code": "color: $code;",
    "code.keyword": "color: $code-keyword;",
    "code.name": "color: $code-name;",
    "code.string": "color: $code-string;",
    "code.number": "color: $code-number;",
    "code.comment": "color: $quiet; text-style: italic;",
    "holder.1": "color: $holder-1;",
    "holder.2": "color: $holder-2;",
    "holder.3": "color: $holder-3;",
    "holder.4": "color: $holder-4;",
    "holder.5": "color: $holder-5;",
    "holder.6": "color: $holder-6;",
    "holder.7": "color: $holder-7;",
    "cursor": "background: $cursor;",
    "chosen": "background: $chosen;",
    "banner": "background: $panel;",
}
"""Style or modifier of the drawing -> how it is painted; `banner` is ours: the line that heads a pane."""


def class_of(name: str) -> str:
    """The component class of a style or modifier: "state.gil" is `canvas--state-gil`."""
    return f"canvas--{name.replace('.', '-')}"


CSS = "Canvas {\n" + "".join(f"    & > .{class_of(name)} {{ {ink} }}\n" for name, ink in INKS.items()) + "}"
"""What a canvas declares."""


def variable_of(name: str) -> str:
    """The theme's variable that gives a style its colour: "$state-gil"."""
    ink = INKS.get(name.partition(" ")[0], "")
    return ink.removeprefix("color: ").partition(";")[0]
