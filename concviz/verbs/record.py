"""`concviz record TARGET -o FILE`: a film or a picture of the screen, made without a terminal."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concviz.errors import PlatformError, UsageError
from concviz.verbs.numbers import between, seconds

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from concviz.films.frame import Film, Frame, Writer
    from concviz.films.steps import Step
    from concviz.ui.house import House
    from concviz.ui.look import OnStage

SUMMARY = "film a recording or a run, without a terminal"

EXAMPLES = """\
examples:
  concviz record deadlock.cvz -o demo.cast             as it replays, for asciinema
  concviz record primes -o demo.html -o demo.gif       runs it, and films that
  concviz record deadlock.cvz -o demo.svg --keys "home right*5 n"
  concviz record deadlock.cvz -o demo.cast --tape demo.tape

The target's name says what it becomes:
  .cast  asciicast, for asciinema and its player       .svg .png  the last frame
  .html  one page that plays it, and loads nothing     .anim.svg  as it moves, without a script
  .mp4 .webm  as films                                 .gif       as it moves
.gif, .png, .mp4 and .webm need pillow: pip install 'concviz[gif]'; the last two ffmpeg besides. They have the letters of
DejaVu Sans Mono where the system has it.

From a .cvz with the same keys comes the same film, byte for byte, whatever the machine's speed. A tape has a step a line:
  press right*5 space    type "words"     wait 1.5           until "words on the screen"
  caption "words"        marker "name"    speed 2            until "deadlock found"
  screenshot now.svg     resize 100x30    hide … show        end      # a comment
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("target", metavar="TARGET", nargs="?", help="a recording, or what `concviz run` takes; none: the first screen")
    parser.add_argument("-o", "--output", metavar="FILE", action="append", default=[], help="what to write; may be repeated")
    told = parser.add_mutually_exclusive_group()
    told.add_argument("--keys", metavar="WORDS", help='"enter wait:2 space right*5 q"; without keys and tape: one replay')
    told.add_argument("--tape", metavar="FILE", help="a file with a step a line")
    parser.add_argument("--size", metavar="120x36", type=_size, default=(120, 36), help="of the screen, in cells (default: 120x36)")
    parser.add_argument(
        "--fps",
        metavar="N",
        type=between(1, 60, "number of frames a second from 1 to 60"),
        default=20.0,
        help="frames a second (default: 20)",
    )
    parser.add_argument("--theme", choices=("dark", "light"), default="dark", help="dark or light (default: dark)")
    parser.add_argument("--title", metavar="WORDS", help="of the film (default: what is filmed)")
    parser.add_argument(
        "--limit", metavar="SECONDS", type=seconds(3600), default=30.0, help="to wait at most for what is to come (default: 30)"
    )
    parser.add_argument("--show-keys", action="store_true", help="show the keys that are pressed, in a line below the screen")
    parser.add_argument(
        "--idle", metavar="SECONDS", type=seconds(3600), help="so long nothing may move: the rest of such a time is left out"
    )
    parser.add_argument("--asciicast", metavar="VERSION", type=int, choices=(2, 3), default=2, help="2, which every player reads, or 3")
    parser.add_argument("--set", metavar="NAME=VALUE", action="append", default=[], help="a parameter of the scenario")
    parser.add_argument("--only", metavar="MODEL", action="append", default=[], help="only panes of this model, or with this script")
    parser.add_argument("--force", action="store_true", help="replace files that exist")


def run(options: Namespace) -> int:
    """Do it; 130 after Ctrl-C, what was filmed until then is kept."""
    from importlib.util import find_spec

    from concviz.recordings.exporters import target

    if find_spec("textual") is None:
        raise PlatformError("filming the screen needs textual, which is not installed here", "install concviz with pip")
    if not options.output:
        raise UsageError("record needs a file to write", "add -o demo.cast")
    paths = {Path(word): _format(word) for word in options.output}
    steps = _steps(options)
    for word in [*paths, *(Path(step.words) for step in steps or () if step.kind == "screenshot")]:
        target.check(word, force=options.force)
    from concviz.ui.house import House

    house = House()
    try:
        return _film(house, options, paths, steps)
    finally:
        house.close_all()


def _film(house: House, options: Namespace, paths: dict[Path, Any], steps: tuple[Step, ...] | None) -> int:
    from concviz.films import pictures
    from concviz.recordings.exporters import target
    from concviz.ui.recording import film
    from concviz.ui.shooting import Shooting
    from concviz.verbs import terminal

    stage, live = _stage(house, options)
    shooting = Shooting(
        steps=steps if steps is not None else _usual(live),
        size=options.size,
        frames_per_s=options.fps,
        theme=options.theme,
        title=options.title if options.title is not None else stage.title if stage is not None else "concviz",
        tape=options.tape or "--keys",
        limit_s=options.limit,
        version=options.asciicast,
        live=live,
        shows_keys=options.show_keys,
        idle_s=options.idle,
    )
    with ExitStack() as files:

        def opened(made: Film) -> Sequence[Writer]:
            outs = [(files.enter_context(target.made(path, force=options.force)), module) for path, module in paths.items()]
            writers = [module.Writer(made, out) for out, module in outs]
            for writer in writers:
                files.callback(getattr(writer, "drop", lambda: None))
            return writers

        def keep(name: str, made: Film, frame: Frame) -> None:
            pictures.write(Path(name), made, frame, force=options.force)

        interrupted = film(house, stage, shooting, opened, keep)
    for path in paths:
        terminal.say(f"{path}: {path.stat().st_size:,} bytes")
    return 130 if interrupted else 0


def _stage(house: House, options: Namespace) -> tuple[OnStage | None, bool]:
    """What is filmed (None: the first screen), and whether programs run."""
    if options.target is None:
        return None, True
    if options.target.endswith(".cvz"):
        if options.set or options.only:
            raise UsageError("--set and --only go with what is run", "a recording is shown as it is")
        return house.replay(Path(options.target)), False
    from concviz.verbs.run import found, narrowed, wanted

    scenario = narrowed(found(options.target), options.only)
    return house.open(scenario, scenario.values(wanted(scenario, options.set))), True


def _steps(options: Namespace) -> tuple[Step, ...] | None:
    from concviz.films import tape

    if options.tape is not None:
        return tape.read(Path(options.tape))
    return None if options.keys is None else tape.from_keys(options.keys)


def _usual(live: bool) -> tuple[Step, ...]:  # noqa: FBT001 - a fact, no switch
    """What is filmed where nobody said: the run, or one replay of it."""
    from concviz.films.steps import Step

    rest = Step("end", must=False), Step("wait", seconds=1)
    return rest if live else (Step("wait", seconds=0.5), Step("press", "space"), *rest)


def _format(word: str) -> Any:
    """The file among the films that writes what is called so. UsageError for none, PlatformError when it lacks something."""
    from importlib import import_module

    from concviz.films import FORMATS

    for suffix, name in FORMATS.items():
        if word.lower().endswith(suffix):
            module = import_module(f"concviz.films.{name}")
            getattr(module, "check", lambda: None)()
            return module
    raise UsageError(f"{word}: no format ends like that", f"there are: {', '.join(sorted(FORMATS))}")


def _size(text: str) -> tuple[int, int]:
    from concviz.films.steps import size_of

    size = size_of(text)
    if size is None:
        raise ValueError(text)
    return size


_size.__name__ = "size from 80x24 to 400x120"
