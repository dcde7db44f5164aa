"""The film as MP4 (H.264) or WebM (VP9), through ffmpeg, which must be on the PATH: no package of Python's is needed for it.

ffmpeg (LGPL or GPL, as it was built; some 80 MB) gets the frames as raw pixels, as many a second as the film has at most.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import PlatformError
from concviz.films import painter
from concviz.films.painter import Painter

if TYPE_CHECKING:
    from typing import BinaryIO

    from concviz.films.frame import Film, Frame

CODECS = {
    ".mp4": ("-c:v", "libx264", "-preset", "medium", "-crf", "20", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4"),
    ".webm": ("-c:v", "libvpx-vp9", "-crf", "30", "-b:v", "0", "-row-mt", "1", "-pix_fmt", "yuv420p", "-f", "webm"),
}
"""How a film's name ends -> what ffmpeg is told."""

EVEN = "pad=ceil(iw/2)*2:ceil(ih/2)*2"
"""Both codecs want even numbers of pixels."""

WORDS = 300
"""So much of ffmpeg's complaint is told."""


def check() -> None:
    """PlatformError where ffmpeg or pillow is missing."""
    if shutil.which("ffmpeg") is None:
        raise PlatformError("MP4 and WebM need ffmpeg, which is not on the PATH here", "install ffmpeg, or write a .gif or an .html page")
    painter.check()


class Writer:
    """Owns ffmpeg while it runs, and the file that it writes until it is whole."""

    suffix = ".mp4"
    """The film's kind."""

    def __init__(self, film: Film, out: BinaryIO) -> None:
        self._painter = Painter(film)
        self._out = out
        self._rate = film.frames_per_s
        self._shown = 0
        self._begun = False
        self._folder = Path(tempfile.mkdtemp(prefix=f"concviz-{os.getpid()}-film-"))  # so long as we live, nobody sweeps it away
        self._log = (self._folder / "log").open("w+b")
        width, height = self._painter.image.size
        source = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", f"{self._rate:g}", "-i", "-")
        whole = ("-vf", EVEN, "-map_metadata", "-1", "-fflags", "+bitexact", *CODECS[self.suffix], "-y", str(self._folder / "film"))
        self._ffmpeg = subprocess.Popen(
            ["ffmpeg", "-nostdin", "-loglevel", "error", *source, *whole],  # noqa: S607 - the one on the PATH is meant
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            start_new_session=True,  # Ctrl-C is for us: what was filmed until then becomes whole
        )

    def frame(self, at_s: float, frame: Frame) -> None:
        """The one before stands until now."""
        self._stand(at_s)
        self._painter.paint(frame)
        self._begun = True

    def marker(self, at_s: float, label: str) -> None:
        """A film of this kind has no chapters."""

    def close(self, at_s: float) -> None:
        """The last frame stands to the end, for a moment at least. PlatformError when ffmpeg fails."""
        self._stand(max(at_s, (self._shown + 1) / self._rate))
        assert self._ffmpeg.stdin is not None
        with suppress(OSError):
            self._ffmpeg.stdin.close()
        try:
            if self._ffmpeg.wait() != 0:
                raise self._failed()
            with (self._folder / "film").open("rb") as film:
                shutil.copyfileobj(film, self._out)
        finally:
            self.drop()

    def drop(self) -> None:
        """Nothing of it is left; what was written stays."""
        if self._ffmpeg.poll() is None:
            self._ffmpeg.kill()
            self._ffmpeg.wait()
        if self._ffmpeg.stdin is not None:
            with suppress(OSError):
                self._ffmpeg.stdin.close()
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _stand(self, until_s: float) -> None:
        """Show the picture as it is until then."""
        times = round(until_s * self._rate) - self._shown
        if not self._begun or times <= 0:
            return
        data = self._painter.image.tobytes()
        assert self._ffmpeg.stdin is not None
        try:
            for _ in range(times):
                self._ffmpeg.stdin.write(data)
        except OSError as error:
            self._ffmpeg.wait()
            raise self._failed() from error
        self._shown += times

    def _failed(self) -> PlatformError:
        self._log.seek(0)
        words = " ".join(self._log.read().decode(errors="replace").split())[-WORDS:]
        return PlatformError(f"ffmpeg could not make the film: {words or 'it does not say why'}", "a .gif or an .html page needs no ffmpeg")
