"""A script run by itself, unwatched: what the comparison's times come from."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from concviz.comparing.measured import REPORT
from concviz.comparing.sample import Failure, Sample, ended, read
from concviz.runs.launch import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

BOOT = "import sys; sys.path.append(sys.argv[1]); from concviz.comparing.keeper import main; main()"
"""What the keeper's interpreter executes."""

END_SECONDS = 5.0
"""How long a keeper may take to take everything down before it is killed too."""


def bare(script: Path, python: str, timeout_s: float) -> Sample | Failure:
    """Run it to its end, or to `timeout_s`; nothing of it is left then, also when this is interrupted."""
    report, errors = script.with_suffix(".json"), script.with_suffix(".err")
    report.unlink(missing_ok=True)
    words = {"command": [python, str(script)], "errors": str(errors), "env": {REPORT: str(report)}}
    command = [sys.executable, "-I", "-S", "-c", BOOT, str(PACKAGE.parent), json.dumps(words)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as keeper:
        try:
            keeper.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return Failure(f"no end within {timeout_s:g} s", late=True)
        finally:
            _end(keeper)
        assert keeper.stdout is not None
        said = keeper.stdout.read()
    told: dict[str, Any] = json.loads(said) if said else {"failure": "its keeper was killed"}
    if "failure" in told:
        return Failure(str(told["failure"]))
    return read(report, told["spawned_ns"]) or ended(told["code"] or 0, last_words(errors))


def _end(keeper: subprocess.Popen[bytes]) -> None:
    """Tell it, by the end of its input, to take everything down."""
    assert keeper.stdin is not None
    with contextlib.suppress(OSError):
        keeper.stdin.close()
    try:
        keeper.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        keeper.kill()


def last_words(errors: Path) -> str:
    """The last line that a script wrote to standard error; "" none."""
    with contextlib.suppress(OSError):
        lines = [line.strip() for line in errors.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
        return lines[-1] if lines else ""
    return ""
