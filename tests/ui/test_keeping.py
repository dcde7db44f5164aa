"""Pictures and films of the app while it is used: the files, the tape of the keys, and what is said of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from concviz.films import whole
from concviz.films.tape import parsed
from concviz.ui.grabbing import grabbed
from concviz.ui.reel import Reel
from tests.ui.opened import Opened

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def events(path: Path) -> tuple[dict[str, Any], list[list[Any]]]:
    head, *rest = (json.loads(line) for line in path.read_text().splitlines())
    return head, rest


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def screen_after(path: Path) -> list[str]:
    pyte = pytest.importorskip("pyte", reason="pyte is not installed")
    head, told = events(path)
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.Stream(screen)
    for _, code, data in told:
        if code == "o":
            stream.feed(data)
        elif code == "r":
            columns, _, lines = data.partition("x")
            screen.resize(int(lines), int(columns))
    return [line.rstrip() for line in screen.display]


async def test_r_films_what_follows_and_a_terminal_that_plays_it_ends_on_the_apps_own_screen(folder: Path) -> None:
    async with Opened() as opened:
        await opened.press("R")
        await opened.press("home", "right", "right", "w", "z")
        await opened.press("question_mark")
        await opened.press("escape", "down")
        opened.app._take()
        text = grabbed(opened.app).text
        await opened.press("R")

    assert screen_after(folder / "three_models.cast") == text.split("\n")
    head, told = events(folder / "three_models.cast")
    assert (head["width"], head["height"], head["version"]) == (120, 36, 2)
    assert len(head["theme"]["palette"].split(":")) == 16
    assert [one[0] for one in told] == sorted(one[0] for one in told)


async def test_the_mark_goes_to_the_terminal_and_into_no_picture(folder: Path) -> None:
    async with Opened() as opened:
        sent: list[str] = []
        driver = opened.app._driver
        assert driver is not None
        driver.write = sent.append  # type: ignore[method-assign, assignment]
        await opened.press("R", "home")
        await opened.press("R")

    assert any("● 0:0" in text for text in sent)
    assert "● 0:0" not in (folder / "three_models.cast").read_text()


async def test_the_keys_become_a_tape_and_those_before_are_hidden(folder: Path) -> None:
    async with Opened() as opened:
        await opened.press("home")
        await opened.press("R")
        await opened.press("right", "right", "right", "z")
        await opened.press("R")

    steps = parsed((folder / "three_models.tape").read_text())
    done = [(step.kind, step.words) for step in steps if step.kind not in {"wait", "resize"}]
    assert done[:3] == [("hide", ""), ("press", "home"), ("show", "")]
    assert " ".join(words for kind, words in done[3:] if kind == "press") == "right right right z"


async def test_another_size_of_the_terminal_is_in_the_film_and_in_its_tape(folder: Path) -> None:
    async with Opened() as opened:
        await opened.press("R", "home")
        await opened.pilot.resize_terminal(100, 30)
        await opened.press("right")
        opened.app._take()
        text = grabbed(opened.app).text
        await opened.press("R")

    assert "100x30" in [data for _, code, data in events(folder / "three_models.cast")[1] if code == "r"]
    assert screen_after(folder / "three_models.cast") == text.split("\n")
    assert (100, 30) in [step.size for step in parsed((folder / "three_models.tape").read_text())]


async def test_x_makes_pictures_and_y_copies_where_they_are(folder: Path) -> None:
    pytest.importorskip("PIL", reason="pillow is not installed")
    async with Opened() as opened:
        for count in (1, 2):
            await opened.press("x")
            await opened.app.workers.wait_for_complete()
            await opened.press("home")
            assert len(names(folder)) == 2 * count
        await opened.press("Y")
        copied = opened.app.clipboard

    assert names(folder) == [
        "three_models-2.png",
        "three_models-2.svg",
        "three_models.png",
        "three_models.svg",
    ]
    assert (folder / "three_models.png").read_bytes().startswith(b"\x89PNG")
    assert copied == f"{folder / 'three_models-2.svg'} {folder / 'three_models-2.png'}"


async def test_a_film_that_was_being_made_is_whole_when_the_app_is_left(folder: Path) -> None:
    async with Opened() as opened:
        await opened.press("R", "home")
        opened.app.end_keeping()

    assert events(folder / "three_models.cast")[1][-1][2] == "\x1b[0m\x1b[?25h"
    assert names(folder) == ["three_models.cast", "three_models.tape"]


async def test_where_nothing_can_be_written_that_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("concviz.ui.reel.WholeLines", refuse)
    async with Opened() as opened:
        await opened.press("R")

        assert opened.app.reel is None
        assert "Permission denied" in [*opened.app._notifications][-1].title


async def test_a_full_disk_ends_the_film_which_is_valid_up_to_there(folder: Path) -> None:
    async with Opened() as opened:
        await opened.press("R", "home")
        reel = opened.app.reel
        assert reel is not None
        reel._out._file = Full(reel._out._file)  # type: ignore[assignment]
        await opened.press("z")
        opened.app._take()

        assert opened.app.reel is None
        assert "No space left" in [*opened.app._notifications][-1].title

    assert events(folder / "three_models.cast")[1]


class Full:
    """A file on a disk that takes ten more bytes."""

    def __init__(self, file: Any) -> None:
        self._file, self._room = file, 10

    def write(self, data: memoryview) -> int:
        if not self._room:
            raise OSError(28, "No space left on device")
        taken, self._room = int(self._file.write(data[: self._room])), 0
        return taken

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def test_a_line_that_finds_no_room_is_taken_back(tmp_path: Path) -> None:
    out = whole.WholeLines(tmp_path / "x")
    out.write(b"one\n")
    out._file = Full(out._file)  # type: ignore[assignment]

    with pytest.raises(OSError, match="No space"):
        out.write(b"a second line\n")
    out.close()

    assert (tmp_path / "x").read_bytes() == b"one\n"


async def test_the_next_frame_is_not_due_before_a_thirtieth_of_a_second(folder: Path) -> None:
    now = [0.0]
    async with Opened() as opened:
        reel = Reel(opened.app, (folder / "a.cast", folder / "a.tape"), opened.app.diary, "a", clock=lambda: now[0])
        assert not reel.shown(object())
        reel.shown(opened.app.screen._compositor.render_full_update())
        reel.take([])
        soon_s = reel.due_s
        now[0] += 1
        later_s = reel.due_s
        reel.close()

    assert soon_s == pytest.approx(1 / 30)
    assert later_s == 0
    assert reel.frames == 1


async def test_where_a_recording_was_saved_can_be_copied_too(folder: Path) -> None:
    async with Opened() as opened:
        opened.app._saved("kept.cvz")
        await opened.press("Y")

        assert opened.app.clipboard == str(folder / "kept.cvz")
