"""Films that move without a player of ours: the animated SVG, and what ffmpeg makes."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from concviz.errors import PlatformError
from concviz.films import movie, moving_svg, png, webm
from concviz.runs import folders
from tests.films.made import film, frame, written

if TYPE_CHECKING:
    from pathlib import Path

FRAMES = ((0.0, frame("one     ", "two     ")), (0.5, frame("one     ", "2       ")), (2.0, frame("eins    ", "two     ")))
SVG = "{http://www.w3.org/2000/svg}"

STAND_IN = """\
#!{python}
import sys
data = sys.stdin.buffer.read()
words = sys.argv
if "{fails}":
    sys.exit("no such codec")
open(words[-1], "wb").write(("%s %d" % (words[words.index("-s") + 1], len(data))).encode())
"""


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, fails: str = "") -> None:
    """An ffmpeg that writes what it got."""
    (folder / "ffmpeg").write_text(STAND_IN.format(python=sys.executable, fails=fails))
    (folder / "ffmpeg").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_an_animated_svg_shows_each_line_in_its_time() -> None:
    root = ET.fromstring(written(moving_svg.Writer, film(), *FRAMES, end_s=4))

    texts = {f"#{group.attrib['id']}": (group.findtext(f"{SVG}text") or "").strip() for group in root.iter(f"{SVG}g")}
    lines = [one for one in root if one.tag == f"{SVG}use"]
    told = []
    for line in lines:
        animate = line.find(f"{SVG}animate")
        assert animate is not None
        assert (animate.attrib["dur"], animate.attrib["calcMode"]) == ("4s", "discrete")
        turns = zip(animate.attrib["keyTimes"].split(";"), animate.attrib["values"].split(";"), strict=True)
        told.append([(float(share) * 4, texts[place]) for share, place in turns])
    assert told == [[(0, "one"), (2, "eins")], [(0, "two"), (0.5, "2"), (2, "two")]]


def test_an_animated_svg_tells_equal_lines_once_and_asks_nobody() -> None:
    data = written(moving_svg.Writer, film(), *FRAMES)

    assert data.count(b"<g id=") == 4
    assert b"http" not in data.replace(b"http://www.w3.org/2000/svg", b"")
    assert b"<script" not in data


@pytest.mark.parametrize("kind", [movie.Writer, webm.Writer])
def test_ffmpeg_gets_each_frame_for_its_time(kind: type[movie.Writer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL", reason="pillow is not installed")
    stand_in(tmp_path, monkeypatch)

    size, _, count = written(kind, film(), *FRAMES, end_s=3).decode().partition(" ")

    width, _, height = size.partition("x")
    assert int(count) == int(width) * int(height) * 3 * 60  # 3 s at 20 frames a second


def test_a_film_that_ffmpeg_cannot_make_is_told_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL", reason="pillow is not installed")
    stand_in(tmp_path, monkeypatch, fails="yes")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(PlatformError, match="ffmpeg could not make the film: no such codec"):
        written(movie.Writer, film(), *FRAMES)
    assert [path.name for path in tmp_path.iterdir()] == ["ffmpeg"]


def test_a_film_that_is_dropped_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL", reason="pillow is not installed")
    stand_in(tmp_path, monkeypatch)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    writer = movie.Writer(film(), io.BytesIO())
    writer.frame(0, FRAMES[0][1])

    writer.drop()
    writer.drop()

    assert [path.name for path in tmp_path.iterdir()] == ["ffmpeg"]


def test_another_concviz_that_starts_leaves_a_film_that_is_being_made_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL", reason="pillow is not installed")
    stand_in(tmp_path, monkeypatch)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    out = io.BytesIO()
    writer = movie.Writer(film(), out)
    writer.frame(0, FRAMES[0][1])

    swept = folders.sweep()
    writer.close(1)

    assert [folder for folder in swept if folder.parent == tmp_path] == []
    assert out.getvalue()


def test_without_ffmpeg_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(PlatformError, match=r"need ffmpeg.*\.html page"):
        movie.check()


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_real_ffmpeg_makes_a_film() -> None:
    pytest.importorskip("PIL", reason="pillow is not installed")
    data = written(movie.Writer, film(), *FRAMES)

    assert data[4:8] == b"ftyp"


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
@pytest.mark.parametrize(("kind", "codec"), [(movie.Writer, "h264"), (webm.Writer, "vp9")])
def test_ffprobe_finds_one_film_of_that_size_and_length(kind: type[movie.Writer], codec: str, tmp_path: Path) -> None:
    pictures = pytest.importorskip("PIL.Image", reason="pillow is not installed")
    (tmp_path / "film").write_bytes(written(kind, film(), *FRAMES, end_s=3))
    asked = [
        "-v",
        "error",
        "-count_frames",
        "-show_entries",
        "stream=codec_name,width,height,nb_read_frames:format=duration",
        "-of",
        "json",
    ]

    told = json.loads(subprocess.run(["ffprobe", *asked, tmp_path / "film"], capture_output=True, check=True).stdout)

    (stream,) = told["streams"]
    still = pictures.open(io.BytesIO(written(png.Writer, film(), FRAMES[0])))
    assert stream["codec_name"] == codec
    assert (stream["width"], stream["height"]) == (still.width + still.width % 2, still.height + still.height % 2)
    assert int(stream["nb_read_frames"]) == 60
    assert float(told["format"]["duration"]) == pytest.approx(3, abs=0.1)
