"""The README's pictures and its film, from stored recordings of real runs.

    python -m tests.screenshots                make them anew: the same recordings give the same bytes
    python -m tests.screenshots --check        tell which are out of date; exit code 1 when any is
    python -m tests.screenshots --record       run the programs again on this machine, then make them
    python -m tests.screenshots deadlock ...   only these, with any of the above

Each picture is the app's own screen after the keys of its story; nothing in it is drawn for the picture. The first screen tells
the machine it is on, and the film's pixels depend on the fonts there: so of these two, the check compares the film's cast only.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"
"""Where the pictures are."""

RUNS = FOLDER / "runs"
"""Where the recordings are that they are made from."""

FILM = "demo"
"""The film's name, and its tape's."""


@dataclass(frozen=True, slots=True)
class Story:
    """How to come to a picture: the recording of a scenario, then keys."""

    name: str
    scenario: str = ""
    """Empty: the first screen."""
    keys: str = "wait:0.1"
    size: str = "160x45"
    theme: str = "dark"
    limit_s: float = 20.0
    """What has not ended by then is ended while it is recorded."""
    settings: tuple[str, ...] = ()
    """Parameters, NAME=VALUE: recordings are to be small."""

    @property
    def run(self) -> Path:
        """Its recording."""
        return RUNS / f"{self.scenario}.cvz"

    def made(self, folder: Path) -> tuple[Path, ...]:
        """Its pictures, made there."""
        target = folder / f"{self.name}.svg"
        source = [str(self.run)] if self.scenario else []
        run_concviz("record", *source, "-o", str(target), "--force", "--keys", self.keys, "--size", self.size, "--theme", self.theme)
        return (target,)


@dataclass(frozen=True, slots=True)
class Film(Story):
    """A film, by its tape."""

    def made(self, folder: Path) -> tuple[Path, ...]:
        """Its cast; and, where the README's are made, its GIF."""
        targets = [folder / f"{self.name}.cast", *([folder / f"{self.name}.gif"] if folder == FOLDER else [])]
        outputs = [word for target in targets for word in ("-o", str(target))]
        tape = str(FOLDER / f"{self.name}.tape")
        run_concviz("record", str(self.run), *outputs, "--force", "--tape", tape, "--size", self.size, "--fps", "12", "--show-keys")
        return tuple(targets)


STORIES: tuple[Story, ...] = (
    Story("home"),
    Story("three-models", "three_models", "space wait:3.5 space wait:0.1"),
    Story("cpu-bound", "primes", settings=("limit=200000",)),
    Story("io-bound", "downloads", theme="light"),
    Story("deadlock", "deadlock", "n w wait:0.1", size="120x36", limit_s=3.0),
    Story("producer-consumer", "producer_consumer", "home right*40 wait:0.1"),
    Story("blocked-loop", "blocking_the_loop", "n wait:0.1", size="120x36"),
    Film(FILM, "three_models", size="130x36"),
)


def record(story: Story) -> None:
    """Run its scenario, and keep that."""
    RUNS.mkdir(parents=True, exist_ok=True)
    story.run.unlink(missing_ok=True)
    settings = [word for setting in story.settings for word in ("--set", setting)]
    limit = ("--timeout", str(story.limit_s))
    run_concviz("run", story.scenario, "--plain", *limit, *settings, "--save", str(story.run), may_fail=True)
    keep(story.run)


def keep(run: Path) -> None:
    """Leave this machine's places and facts out of a recording."""
    from concviz.recordings.redaction import Redaction, usual
    from concviz.recordings.save import head_of, save_over

    places = Redaction((*usual().homes, str(FOLDER.parent), sys.prefix, sys.base_prefix))
    save_over([run], run, places, **head_of(run) | {"machine": {}})


def stale(story: Story, folder: Path = FOLDER) -> list[str]:
    """Its pictures in the folder that are not as they would be made now."""
    with tempfile.TemporaryDirectory() as fresh:
        made = story.made(Path(fresh))
        return [path.name for path in made if not (folder / path.name).is_file() or (folder / path.name).read_bytes() != path.read_bytes()]


def run_concviz(*words: str, may_fail: bool = False) -> None:
    """In this process; SystemExit when it fails."""
    from concviz.cli import main as concviz

    with contextlib.redirect_stdout(io.StringIO()):
        code = concviz(words)
    if code and not may_fail:
        sys.exit(f"concviz {' '.join(words)} ended with {code}")


def main(words: list[str]) -> int:
    """Do what was asked for, with nobody's settings."""
    with tempfile.TemporaryDirectory(prefix="concviz-settings-") as settings:
        os.environ["XDG_CONFIG_HOME"] = settings
        return _main(words)


def _main(words: list[str]) -> int:
    names = [word for word in words if not word.startswith("-")]
    stories = [story for story in STORIES if not names or story.name in names]
    if "--check" in words:
        late = [name for story in stories if story.scenario for name in stale(story)]
        sys.stdout.write("".join(f"screenshots/{name} is out of date: python -m tests.screenshots makes it anew\n" for name in late))
        return 1 if late else 0
    recorded: set[str] = set()
    for story in stories:
        if "--record" in words and story.scenario not in {"", *recorded}:
            record(story)
            recorded.add(story.scenario)
        for path in story.made(FOLDER):
            sys.stdout.write(f"screenshots/{path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
