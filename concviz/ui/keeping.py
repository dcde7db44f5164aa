"""An app that can be kept: pictures and films of its screen, files in the current folder, whose places it says and copies."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App

from concviz.errors import ConcvizError
from concviz.ui import keys
from concviz.ui.diary import Diary

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen

    from concviz.films.frame import Film, Frame
    from concviz.ui.reel import Reel
    from concviz.ui.routing import Save

FILM_KEY, PICTURE_KEY, COPY_KEY = (key.keys for key in keys.KEEPING)
"""They are in no tape."""

COPY_WORDS = "Y copies where that is"
"""Behind what is said of a file."""


class KeepingApp(App[int]):
    """Owns the film that is being made, the diary it comes from, and where the last files went."""

    BINDINGS = [*keys.bindings(keys.KEEPING)]

    def __init__(self) -> None:
        super().__init__()
        self.diary = Diary()
        """What was done."""
        self.reel: Reel | None = None
        """The film that is being made; None: none is."""
        self.kept: tuple[Path, ...] = ()
        """The files made last."""
        self._due = False

    @property
    def place(self) -> Path:
        """The folder that files are made in."""
        return Path.cwd()

    def have(self, *paths: Path) -> str:
        """These files were made; gives what to say of where they are."""
        self.kept = paths
        return COPY_WORDS

    # What comes by

    async def on_event(self, event: events.Event) -> None:
        """Textual's; the diary hears of it."""
        if not (isinstance(event, events.InputEvent) and event.is_forwarded):
            self.diary.heard(event)
        await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Textual's; the film gets what the terminal does, and the terminal, besides, the mark that a film is being made."""
        super()._display(screen, renderable)
        reel = self.reel
        if reel is None or not reel.shown(renderable) or self._due:
            return
        if reel.due_s:
            self._due = True
            self.set_timer(reel.due_s, self._take)
        else:
            self._take()
        self._mark(reel)

    def _take(self) -> None:
        self._due = False
        if self.reel is not None:
            self.reel.take([model for screen in self.screen_stack if (model := getattr(screen, "model", None)) and hasattr(model, "found")])
            if self.reel.failure:
                self._end_film()

    def _mark(self, reel: Reel) -> None:
        """In the terminal's corner, behind the app's back: so it is in no picture of the app."""
        if self._driver is None:
            return
        glyph = "*" if self.house_is_ascii else "●"
        words = f" {glyph} {int(reel.seconds) // 60}:{int(reel.seconds) % 60:02} "
        look = "7" if self.no_color else "1;97;41"
        self._driver.write(f"\x1b7\x1b[1;{max(self.size.width - len(words) + 1, 1)}H\x1b[0;{look}m{words}\x1b[0m\x1b8")
        self._driver.flush()

    @property
    def house_is_ascii(self) -> bool:
        """Whether the terminal has nothing else."""
        return bool(getattr(getattr(self, "house", None), "ascii_only", False))

    # What is asked for

    def action_film(self) -> None:
        """Begin a film, or end the one that is being made."""
        self.diary.forget_last(FILM_KEY)
        if self.reel is not None:
            self._end_film()
            return
        from concviz.ui.free_paths import free_paths
        from concviz.ui.reel import Reel

        paths = free_paths(self.place, self._stem, (".cast", ".tape"))
        try:
            self.reel = Reel(self, (paths[0], paths[1]), self.diary, self._title)
        except OSError as error:
            self._refuse(f"{paths[0]} cannot be written: {error.strerror or error}", "start concviz in a folder that you may write to")
            return
        self.screen.refresh()

    def _end_film(self) -> None:
        reel, self.reel = self.reel, None
        if reel is None:
            return
        reel.close()
        where = self.have(*reel.paths)
        names = " and ".join(path.name for path in reel.paths)
        if reel.failure:
            self._refuse(reel.failure, f"the film up to there is whole: {reel.paths[0].name}")
        else:
            self.notify(
                f"{reel.seconds:.1f} s, {reel.size_bytes / 1000:,.0f} kB. {where}.\n"
                f"concviz record … --tape {reel.paths[1].name} -o {reel.paths[1].stem}.gif films the same again",
                title=names,
                timeout=12,
                markup=False,
            )
        self.screen.refresh()

    def end_keeping(self) -> tuple[Path, ...]:
        """The app is left: a film that was being made ends, whole. Gives its files, which nobody has told of yet."""
        reel, self.reel = self.reel, None
        if reel is None:
            return ()
        reel.close()
        return reel.paths

    def action_picture(self) -> None:
        """Write what is on screen as SVG, and as PNG where pillow is there."""
        from concviz.films.frame import Film
        from concviz.ui.free_paths import free_paths
        from concviz.ui.grabbing import grabbed, grounds

        self.diary.forget_last(PICTURE_KEY)
        frame = grabbed(self)
        film = Film(self._title, self.size.width, self.size.height, *grounds(self))
        suffixes = (".svg", ".png") if find_spec("PIL") is not None else (".svg",)
        self.run_worker(partial(self._write, film, frame, free_paths(self.place, self._stem, suffixes)), thread=True, group="pictures")

    def _write(self, film: Film, frame: Frame, paths: tuple[Path, ...]) -> None:
        """In a thread, since painting takes its time."""
        from concviz.films.pictures import write

        try:
            for path in paths:
                write(path, film, frame)
        except ConcvizError as error:
            self.call_from_thread(self._refuse, error.message, error.hint)
            return
        self.call_from_thread(self._say_pictures, paths)

    def _say_pictures(self, paths: tuple[Path, ...]) -> None:
        where = self.have(*paths)
        without = "" if len(paths) > 1 else "\nwith pillow there would be a PNG too: pip install 'concviz[gif]'"
        self.notify(f"{where}.{without}", title=" and ".join(path.name for path in paths), timeout=8, markup=False)

    def on_save(self, event: Save) -> None:
        """Ask where to."""
        from concviz.ui.saving import asked_where

        self.push_screen(asked_where(event.stage), self._saved)

    def _saved(self, answer: str | None) -> None:
        if answer is not None:
            path = Path(answer).expanduser()
            self.say_saved(path, self.have(path.absolute()))

    def say_saved(self, path: Path, where: str) -> None:
        """A recording was; `where`: what `have` gave."""
        self.notify(f"concviz replay {path}\n{where}.", title="saved; see it again with", markup=False)

    def action_copy_kept(self) -> None:
        """Where the last files are, into the terminal's clipboard."""
        import shlex

        self.diary.forget_last(COPY_KEY)
        if not self.kept:
            self.notify("x makes a picture of the screen, R a film", title="nothing was kept yet", markup=False)
            return
        words = shlex.join(str(path) for path in self.kept)
        self.copy_to_clipboard(words)
        self.notify(words, title="copied", markup=False)

    def _refuse(self, message: str, hint: str) -> None:
        self.notify(hint, title=message, severity="error", timeout=12, markup=False)

    @property
    def _stem(self) -> str:
        """What files are called, without their ends."""
        scenario = getattr(getattr(self.screen, "stage", None), "scenario", None)
        return str(getattr(scenario, "name", "") or "concviz")

    @property
    def _title(self) -> str:
        """What a film is called."""
        return str(getattr(getattr(self.screen, "stage", None), "title", "") or "concviz")
