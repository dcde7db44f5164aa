"""Pages and pictures, read back by readers that are not ours."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from concviz.errors import PlatformError
from concviz.films import gif, page, painter, png, svg
from tests.films.made import film, frame, written

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAMES = ((0.0, frame("one     ", " *▄█* <b>")), (0.5, frame("one     ", " *██* <b>")), (2.0, frame("</script>"[:8], "世界    ")))
SVG = "{http://www.w3.org/2000/svg}"


class Page(HTMLParser):
    """What a browser would find."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.script = ""
        self.title = ""
        self._inside = ""
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href", "srcset"}]
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.script += data
        elif self._inside == "title":
            self.title += data


def test_a_page_plays_without_asking_anybody() -> None:
    found = Page(written(page.Writer, film(title="<i>&"), *FRAMES, marks=((1.0, "here"),)))

    assert found.links == []
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttp", found.script)
    assert found.title == "<i>&"
    assert {"button", "input", "select"} <= set(found.tags)
    assert 'M([1.0,"here"])' in found.script
    assert "E(3)" in found.script


def test_a_page_tells_each_row_once_and_nothing_in_it_ends_the_script() -> None:
    found = Page(written(page.Writer, film(), *FRAMES))

    assert found.script.count("R(") == 5
    assert re.findall(r"^F\((.*)\)$", found.script, re.MULTILINE) == ["[0.0,[[0,0],[1,1]]]", "[0.5,[[1,2]]]", "[2.0,[[0,3],[1,4]]]"]
    assert found.tags.count("script") == 1
    assert "<b>" not in found.script


def test_wide_characters_on_a_page_take_two_cells() -> None:
    script = Page(written(page.Writer, film(), FRAMES[2])).script

    assert script.count("width:2ch") == 2


def svg_parts(data: bytes) -> Iterator[tuple[str, dict[str, str], str]]:
    for element in ET.fromstring(data).iter():
        yield element.tag.removeprefix(SVG), element.attrib, element.text or ""


def test_an_svg_is_the_last_frame_with_text_as_text_and_blocks_as_rectangles() -> None:
    found = list(svg_parts(written(svg.Writer, film(title="a < b"), *FRAMES[:2])))

    assert [text for tag, _, text in found if tag == "text"] == ["one     ", " <b>"]
    assert next(text for tag, _, text in found if tag == "title") == "a < b"
    rects = [attributes for tag, attributes, _ in found if tag == "rect"]
    assert [(one["x"], one["width"], one["fill"]) for one in rects[1:]] == [("8.4", "16.8", "#000080"), ("8.4", "16.8", "#ff0000")]


def test_an_svg_asks_no_server_and_survives_what_xml_does_not_know() -> None:
    data = written(svg.Writer, film(), (0, frame("a\x00b\x1bc\ufffe", "")))

    assert b"http" not in data.replace(b"http://www.w3.org/2000/svg", b"")
    assert [text for tag, _, text in svg_parts(data) if tag == "text"] == ["a b c "]


def opened(data: bytes) -> Any:
    image = pytest.importorskip("PIL.Image", reason="pillow is not installed")
    return image.open(BytesIO(data))


def test_a_png_has_the_colours_of_its_cells() -> None:
    image = opened(written(png.Writer, film(), *FRAMES[:2])).convert("RGB")

    width, height = image.size[0] // 8, image.size[1] // 2
    assert image.getpixel((1, 1)) == (0x10, 0x10, 0x10)
    assert image.getpixel((width + 1, height + 1)) == (0xFF, 0, 0)
    assert image.getpixel((2 * width + 1, 2 * height - 1)) == (0xFF, 0, 0)


def test_a_gif_shows_each_frame_for_its_time_and_ends_as_the_picture_does() -> None:
    moving = opened(written(gif.Writer, film(), *FRAMES))
    durations, last = [], None
    for place in range(moving.n_frames):
        moving.seek(place)
        durations.append(moving.info["duration"])
        last = moving.convert("RGB")

    still = opened(written(png.Writer, film(), FRAMES[2])).convert("RGB")
    assert durations == [500, 1500, 1000]
    assert last is not None
    assert last.size == still.size
    assert max(abs(one - other) for one, other in zip(last.tobytes(), still.tobytes(), strict=True)) <= 24


def test_frames_that_come_too_fast_for_a_gif_are_told_at_the_least_time() -> None:
    frames = [(at / 100, frame(f"{at:8}", "")) for at in range(4)]

    moving = opened(written(gif.Writer, film(), *frames, end_s=0.04))

    assert moving.n_frames == 4


def test_the_same_film_gives_the_same_bytes() -> None:
    pytest.importorskip("PIL", reason="pillow is not installed")
    for kind in (gif.Writer, png.Writer, page.Writer, svg.Writer):
        assert written(kind, film(), *FRAMES) == written(kind, film(), *FRAMES)


def test_without_pillow_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painter, "find_spec", lambda _: None)

    with pytest.raises(PlatformError, match=r"need pillow.*concviz\[gif\]"):
        painter.check()


def test_without_the_systems_font_letters_are_pillows_own(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = pytest.importorskip("PIL.ImageFont", reason="pillow is not installed")
    real = fonts.truetype

    def missing(font: object, *rest: Any, **options: Any) -> Any:
        if isinstance(font, str):
            raise OSError("cannot open resource")
        return real(font, *rest, **options)

    monkeypatch.setattr(fonts, "truetype", missing)

    image = opened(written(png.Writer, film(), FRAMES[0])).convert("RGB")

    assert len(set(image.tobytes())) > 4
