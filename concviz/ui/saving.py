"""Saving what stands on stage: the question where to, and the name that is offered."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import ConcvizError
from concviz.ui.screens.ask import Ask

if TYPE_CHECKING:
    from concviz.ui.look import OnStage

SUFFIX = ".cvz"
"""What a recording's name ends with."""


def asked_where(stage: OnStage) -> Ask:
    """Saves when it is answered; left with the answer."""
    name = stage.scenario.name if stage.scenario else "recording"
    return Ask("Save the recording as", free_name(Path.cwd(), name), partial(_refusal, stage))


def _refusal(stage: OnStage, answer: str) -> str:
    """Write it; why that failed, or ""."""
    try:
        stage.save(Path(answer).expanduser())
    except ConcvizError as error:
        return str(error)
    return ""


def free_name(folder: Path, name: str) -> str:
    """A name for a recording that no file in the folder has yet: "primes.cvz", "primes-2.cvz"."""
    names = (f"{name}{SUFFIX}", *(f"{name}-{number}{SUFFIX}" for number in range(2, 1000)))
    return next((one for one in names if not (folder / one).exists()), names[0])
