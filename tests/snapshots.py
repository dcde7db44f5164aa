"""The run screen of every built-in scenario, as text, from a stored recording of a real run.

    python -m tests.snapshots                  write the texts anew, from the same recordings
    python -m tests.snapshots --check          tell which are out of date; exit code 1 when any is
    python -m tests.snapshots --record         run the programs again on this machine, then write the texts
    python -m tests.snapshots deadlock ...     only these, with any of the above

A text is what stands on a terminal of 120 x 36 cells when the recording is opened: at the end of the run. Recordings are kept
packed, since most of a record is zeros; they hold nothing of the machine they were made on.
"""

from __future__ import annotations

import lzma
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.films.frame import Frame
from concviz.scenarios.catalogue import builtin, find
from tests.scenarios.programs import QUICK
from tests.screenshots import keep, run_concviz

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from concviz.films.frame import Film
    from concviz.scenarios.lesson import Scenario

FOLDER = Path(__file__).resolve().parent / "scenarios" / "snapshots"
"""Where recordings and texts are."""

SIZE = (120, 36)
"""Of the screen, in columns and rows."""

LIMIT_S = "3"
"""What has not ended by then is ended while it is recorded."""

SAMPLING = "1"
"""Percent of a core: few looks from outside make small recordings."""


def recording(name: str) -> Path:
    """A scenario's, packed."""
    return FOLDER / f"{name}.cvz.xz"


def text(name: str) -> Path:
    """What its screen should show."""
    return FOLDER / f"{name}.txt"


def record(name: str) -> None:
    """Run a scenario that does all it does, only less of it, and keep that."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"{name}.cvz"
        settings = [word for key, value in _quick(find(name)).items() for word in ("--set", f"{key}={value}")]
        words = ("run", name, "--plain", "--sampling", SAMPLING, "--timeout", LIMIT_S, *settings, "--save", str(target))
        run_concviz(*words, may_fail=True)
        keep(target)
        recording(name).write_bytes(lzma.compress(target.read_bytes(), preset=9 | lzma.PRESET_EXTREME))


def _quick(scenario: Scenario) -> Mapping[str, int]:
    """Its parameters by name, as small as its bounds allow."""
    wanted = {one.name: (int(QUICK[one.env]), one) for one in scenario.parameters if one.env in QUICK}
    return {name: min(max(value, one.minimum), one.maximum) for name, (value, one) in wanted.items()}


def screen(name: str) -> str:
    """What stands on it when its recording is opened, by a film's clock: the same on every machine."""
    from concviz.films.tape import parsed
    from concviz.ui.house import House
    from concviz.ui.recording import film
    from concviz.ui.shooting import Shooting

    house, frames = House(), list[Frame]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.cvz"
        path.write_bytes(lzma.decompress(recording(name).read_bytes()))
        film(house, house.replay(path), Shooting(parsed("wait 0.1")), lambda made: [_Last(made, frames)], lambda *_: None)
        house.close_all()
    return frames[-1].text + "\n"


class _Last:
    """A film's writer that keeps the last frame alone."""

    def __init__(self, _: Film, frames: list[Frame]) -> None:
        self._frames = frames

    def frame(self, _: float, frame: Frame) -> None:
        self._frames[:] = [frame]

    def marker(self, _: float, __: str) -> None:
        pass

    def close(self, _: float) -> None:
        pass


def stale(names: Iterable[str]) -> list[str]:
    """Those whose screen is another than their text says."""
    return [name for name in names if not text(name).is_file() or text(name).read_text(encoding="utf-8") != screen(name)]


def main(words: list[str]) -> int:
    """Do what was asked for."""
    asked = [word for word in words if not word.startswith("-")]
    names = [scenario.name for scenario in builtin() if not asked or scenario.name in asked]
    if "--check" in words:
        late = stale(names)
        sys.stdout.write("".join(f"{name} is out of date: python -m tests.snapshots {name} writes it anew\n" for name in late))
        return 1 if late else 0
    FOLDER.mkdir(exist_ok=True)
    for name in names:
        if "--record" in words:
            record(name)
        text(name).write_text(screen(name), encoding="utf-8")
        sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
