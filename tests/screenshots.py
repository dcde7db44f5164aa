"""The README's pictures and its film, from real runs on this machine: `python -m tests.screenshots [NAME ...]`.

The film needs the extra `gif`.

Each picture is the app's own screen after the keys of its story; nothing in it is drawn for the picture.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"
"""Where the pictures go."""

LIMIT_S = 60.0
"""No story takes longer."""


@dataclass(frozen=True, slots=True)
class Story:
    """How to come to a picture: the scenario, then keys; "end" waits for the runs' end, a number for so many seconds."""

    name: str
    scenario: str = ""
    """Empty: the first screen."""
    steps: tuple[str | float, ...] = ()
    size: tuple[int, int] = (160, 45)


STORIES = (
    Story("home"),
    Story("three-models", "three_models", (3.3,)),
    Story("cpu-bound", "primes", ("end",)),
    Story("io-bound", "downloads", ("end", "t")),
    Story("deadlock", "deadlock", (1.8, "n", "w"), (120, 36)),
    Story("producer-consumer", "producer_consumer", (1.2, "space", *["left"] * 3)),
    Story("blocked-loop", "blocking_the_loop", ("end",), (120, 36)),
)


FILM = "demo"
"""The film's name."""

FILMED = ("three_models", "--keys", "wait:3.5 z space wait:6 z end wait:1", "--size", "130x36", "--fps", "12")
"""What `concviz record` is asked for: live, then the threads alone, slowly."""


async def picture(story: Story) -> str:
    """The screen at the end of the story, as SVG."""
    from concviz.scenarios import catalogue
    from concviz.ui.app import ConcvizApp
    from concviz.ui.house import House

    house = House()
    try:
        scenario = next((one for one in catalogue.builtin() if one.name == story.scenario), None)
        first = house.open(scenario, {}, None) if scenario else None
        app = ConcvizApp(house, first)
        async with app.run_test(size=story.size) as pilot:
            for step in (0.6, *story.steps):
                if step == "end":
                    await ended(first)
                elif isinstance(step, str):
                    await pilot.press(step)
                else:
                    await asyncio.sleep(step)
            await asyncio.sleep(0.5)
            return app.export_screenshot(title="concviz")
    finally:
        house.close_all()


async def ended(stage: object) -> None:
    """Wait until all programs have ended."""
    until = time.monotonic() + LIMIT_S
    while not getattr(stage, "ended", True) and time.monotonic() < until:  # noqa: ASYNC110 - the app polls, this looks on
        await asyncio.sleep(0.05)


def without_web_fonts(svg: str) -> str:
    """The same picture, asking no server for a font: the viewer's own monospace serves."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def main(names: list[str]) -> None:
    """Make all pictures, or those named."""
    os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="concviz-settings-")
    FOLDER.mkdir(exist_ok=True)
    for story in STORIES:
        if not names or story.name in names:
            (FOLDER / f"{story.name}.svg").write_text(without_web_fonts(asyncio.run(picture(story))))
            sys.stdout.write(f"screenshots/{story.name}.svg\n")
    if not names or FILM in names:
        from concviz.cli import main as concviz

        target, *keys = FILMED
        sys.exit(concviz(["record", target, "-o", str(FOLDER / f"{FILM}.gif"), "--force", *keys]))


if __name__ == "__main__":
    main(sys.argv[1:])
