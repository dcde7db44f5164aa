"""The film as a GIF: of each frame the rectangle that changed, with colours of its own, shown until the next one is due.

A frame is compressed by pillow, as a file of its own, and its blocks put into ours: so only one picture is ever held.
"""

from __future__ import annotations

import io
from struct import Struct
from typing import TYPE_CHECKING, Any

from concviz.films.painter import Painter, check

if TYPE_CHECKING:
    from typing import BinaryIO

    from concviz.films.frame import Film, Frame

__all__ = ["Writer", "check"]

SCREEN = Struct("<6sHHBBB")
"""Signature, width, height, flags, background, aspect."""

CONTROL = Struct("<BBBBHBB")
"""Extension, label, size, flags, hundredths of a second, transparent colour, end."""

PLACE = Struct("<BHHHHB")
"""Image separator, left, top, width, height, flags."""

FOREVER = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
"""It begins again at its end."""

HAS_COLOURS, SIZE_OF_COLOURS = 0x80, 0x07
"""Flags: a table of colours follows; how large it is."""

KEEP, SEEN_THROUGH, LEAST = 1 << 2, 1, 2
"""Flags: what was drawn stays; one colour is none. The hundredths of a second that viewers respect at least."""

COLOURS = 63
"""Of one rectangle: letters need few shades. One more stands for what is as it was."""


class Writer:
    """Owns the frame whose time is not over."""

    def __init__(self, film: Film, out: BinaryIO) -> None:
        self._painter = Painter(film)
        self._out = out
        self._waiting: tuple[Any, tuple[int, int], int] | None = None
        self._before: Any = None
        width, height = self._painter.image.size
        out.write(SCREEN.pack(b"GIF89a", width, height, 0, 0, 0) + FOREVER)

    def frame(self, at_s: float, frame: Frame) -> None:
        """The rectangle that changed."""
        from PIL import ImageChops

        self._painter.paint(frame)
        now = self._painter.image.copy()
        box = (0, 0, *now.size) if self._before is None else ImageChops.difference(now, self._before).getbbox()
        if box is None:
            return
        at = round(at_s * 100)
        if self._waiting is not None and at - self._waiting[2] < LEAST:
            at = self._waiting[2] + LEAST
        self._flush(at)
        same = None if self._before is None else _same(ImageChops.difference(now, self._before).crop(box))
        self._before = now
        self._waiting = _indexed(now.crop(box), same), (box[0], box[1]), at

    def marker(self, at_s: float, label: str) -> None:
        """A GIF has no chapters."""

    def close(self, at_s: float) -> None:
        """The last frame stands to the end."""
        self._flush(round(at_s * 100))
        self._out.write(b"\x3b")

    def _flush(self, until: int) -> None:
        """Write the frame that was shown until then."""
        if self._waiting is None:
            return
        image, (left, top), since = self._waiting
        self._waiting = None
        colours, data = _compressed(image)
        flags = HAS_COLOURS | (len(colours) // 3).bit_length() - 2
        delay = min(max(until - since, LEAST), 0xFFFF)
        self._out.write(CONTROL.pack(0x21, 0xF9, 4, KEEP | SEEN_THROUGH, delay, COLOURS, 0))
        self._out.write(PLACE.pack(0x2C, left, top, *image.size, flags) + colours + data)


def _same(difference: Any) -> Any:
    """White where no colour differs."""
    from PIL import ImageChops

    red, green, blue = difference.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda value: 0 if value else 255)


def _indexed(image: Any, same: Any) -> Any:
    """In few colours; where `same` is white, in the one that stands for what is as it was."""
    from PIL import Image

    found = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    known = (found.getpalette() or [])[: 3 * COLOURS]
    found.putpalette(known + [0] * (3 * (COLOURS + 1) - len(known)))
    if same is not None:
        found.paste(COLOURS, mask=same)
    return found


def _compressed(image: Any) -> tuple[bytes, bytes]:
    """Its table of colours and its data."""
    buffer = io.BytesIO()
    image.save(buffer, "GIF", optimize=False, interlace=False)
    data = buffer.getvalue()
    flags = SCREEN.unpack_from(data)[3]
    at = SCREEN.size
    colours = b""
    if flags & HAS_COLOURS:
        size = 3 << (flags & SIZE_OF_COLOURS) + 1
        colours, at = data[at : at + size], at + size
    while data[at] == 0x21:
        at += 2
        while data[at]:
            at += data[at] + 1
        at += 1
    flags = PLACE.unpack_from(data, at)[5]
    at += PLACE.size
    if flags & HAS_COLOURS:
        size = 3 << (flags & SIZE_OF_COLOURS) + 1
        colours, at = data[at : at + size], at + size
    return colours, data[at:-1]
