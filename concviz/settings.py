"""What is remembered from one time to the next: the parameters that each scenario was last run with.

One small JSON file in the platform's folder for settings. A file that is missing, damaged or of another version is taken
for empty, since nothing in it is worth an error; it is replaced whole, so that two instances never mix their words.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concviz.scenarios.catalogue import HERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.scenarios.lesson import Scenario

LIMIT_BYTES = 1 << 20
"""A larger file is none of ours."""

MANY = 200
"""Scenarios that are remembered; the one that was not run for longest is forgotten first."""


def path() -> Path:
    """Where it lies: $CONCVIZ_SETTINGS, else in the platform's folder for settings. It need not be there."""
    given = os.environ.get("CONCVIZ_SETTINGS")
    return Path(given) if given else _folder() / "concviz" / "settings.json"


def remembered(scenario: Scenario) -> dict[str, int]:
    """Every parameter's value by name: as last used, as long as the scenario still permits it; else its default."""
    last = _parameters(_read()).get(key_of(scenario), {})
    return {
        one.name: last[one.name] if _whole(last.get(one.name), one.minimum, one.maximum) else one.default for one in scenario.parameters
    }


def remember(scenario: Scenario, values: Mapping[str, int]) -> bool:
    """Keep what a scenario was run with; False when it cannot be kept, which is nobody's trouble."""
    if not scenario.parameters:
        return True
    told = _read()
    parameters = _parameters(told)
    parameters.pop(key_of(scenario), None)
    parameters[key_of(scenario)] = dict(values)
    for oldest in list(parameters)[:-MANY]:
        del parameters[oldest]
    return _replace(path(), json.dumps({**told, "parameters": parameters}, indent=1))


def _folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def key_of(scenario: Scenario) -> str:
    """What a scenario is remembered by: a built-in one, or a package's, its name; any other its place."""
    return scenario.name if scenario.folder.parent == HERE or ":" in scenario.name else str(scenario.folder.resolve())


def _read() -> dict[str, Any]:
    try:
        with path().open("rb") as file:
            told = json.loads(file.read(LIMIT_BYTES))
    except (OSError, ValueError, RuntimeError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _parameters(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = told.get("parameters")
    return {key: values for key, values in found.items() if isinstance(values, dict)} if isinstance(found, dict) else {}


def _whole(value: object, minimum: int, maximum: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and minimum <= value <= maximum


def _replace(target: Path, text: str) -> bool:
    beside = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except (OSError, RuntimeError):
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        return False
    return True
