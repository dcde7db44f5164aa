"""What a person can do wrong, as one family; printed in one place (cli.py).

ConcvizError
├── UsageError        a wrong word on the command line
├── TargetError       a script or scenario that cannot be run
├── ScenarioError     a scenario folder that is not well formed
├── RecordingError    a file that is not a recording, or is cut off
├── TokenError        a text that is no schedule, or is damaged
└── PlatformError     what this machine, terminal or interpreter cannot do
"""

from __future__ import annotations


class ConcvizError(Exception):
    """One clear line that says what is wrong, a hint that says what to do, and an exit code."""

    exit_code = 2
    """What the process exits with."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(ConcvizError):
    """A wrong word on the command line."""


class TargetError(ConcvizError):
    """A script or scenario that cannot be run: missing, a directory without scripts, not Python."""


class ScenarioError(ConcvizError):
    """A scenario folder whose TOML or scripts are not well formed."""


class RecordingError(ConcvizError):
    """A file that is not a recording, has another version, or holds nothing."""


class TokenError(ConcvizError):
    """A text that is no schedule's token, is damaged, or has another version."""


class PlatformError(ConcvizError):
    """What this machine, terminal or interpreter cannot do."""
