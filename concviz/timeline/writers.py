"""What workers told that they wrote to one stream, and whose text stands at a place of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ASKED = 64
"""At one place so many workers are asked, those whose next text is oldest."""

AHEAD = 8
"""So many texts of a worker may have been lost on the way to the stream before the next is found."""

FURTHER = 6
"""Where the texts of several workers stand at one place, each is tried by so many texts that would follow it."""

TRIES = 60
"""So many places are looked at to tell them apart."""

TEXTS = 100_000
"""More are not kept: their bytes never came."""


@dataclass(frozen=True, slots=True)
class Text:
    """One write."""

    time_ns: int
    worker: int
    size_bytes: int
    crc: int

    def stands(self, data: bytearray, at: int) -> bool:
        """Whether the bytes there are this text."""
        return at + self.size_bytes <= len(data) and crc32(data[at : at + self.size_bytes]) == self.crc


@dataclass(slots=True)
class _Tries:
    """Owns how many more places may be looked at."""

    left: int = TRIES


class Writers:
    """Owns the texts that have not been found in the stream yet, each worker's in order."""

    def __init__(self) -> None:
        self._texts: dict[int, deque[Text]] = {}
        self._heads: list[tuple[int, int]] = []
        self._latest = 0
        self._count = 0
        self._forgotten_ns = -1

    def add(self, text: Text) -> None:
        """A worker wrote this, after what it told before."""
        if not text.size_bytes or text.time_ns <= self._forgotten_ns:
            return
        if self._count >= TEXTS:
            self.forget(text.time_ns - 1)
        texts = self._texts.setdefault(text.worker, deque())
        if not texts:
            insort(self._heads, (text.time_ns, text.worker))
        texts.append(text)
        self._count += 1

    def forget(self, until_ns: int) -> None:
        """Nothing written up to then is looked for any more, also if it is told later."""
        self._forgotten_ns = max(self._forgotten_ns, until_ns)
        for texts in self._texts.values():
            while texts and texts[0].time_ns <= until_ns:
                texts.popleft()
                self._count -= 1
        self._heads = sorted((texts[0].time_ns, worker) for worker, texts in self._texts.items() if texts)

    def at(self, data: bytearray, at: int) -> Text | None:
        """The next text of some worker, if it stands there.

        Where those of several do (line ends; "11" and "114"), it is the one behind which more of the stream can be told;
        else of the one who wrote last, else the oldest.
        """
        standing = self._standing(data, at, {})
        return standing[0] if len(standing) == 1 else self._best(data, at, standing, {}, _Tries())[1]

    def goes_on(self, data: bytearray, text: Text, at: int) -> bool:
        """Whether the stream can be told behind this text, too; if not, it may be the beginning of one that is not known yet."""
        end = at + text.size_bytes
        return data[end - 1 : end] == b"\n" or end == len(data) or bool(self._standing(data, end, {text.worker: 1}))

    def later_at(self, data: bytearray, at: int) -> Text | None:
        """The same, for texts before which others got lost; single bytes prove nothing."""
        for first in self._next():
            texts = self._texts[first.worker]
            for place in range(1, min(len(texts), AHEAD)):
                if texts[place].size_bytes > 1 and texts[place].stands(data, at):
                    return texts[place]
        return None

    def may_be_longer(self, left_bytes: int) -> bool:
        """Whether some next text does not fit into what is left of the stream so far."""
        return any(text.size_bytes > left_bytes for text in self._next())

    def take(self, text: Text) -> None:
        """It was found: it and what its worker wrote before it is looked for no more."""
        texts = self._texts[text.worker]
        del self._heads[bisect_left(self._heads, (texts[0].time_ns, text.worker))]
        while texts.popleft() is not text:
            self._count -= 1
        self._count -= 1
        if texts:
            insort(self._heads, (texts[0].time_ns, text.worker))
        self._latest = text.worker

    def _standing(self, data: bytearray, at: int, taken: Mapping[int, int]) -> list[Text]:
        """The next texts that stand there, when so many of these workers' are taken already."""
        sums: dict[int, int] = {}
        standing = []
        for first in self._next():
            texts, place = self._texts[first.worker], taken.get(first.worker, 0)
            if place >= len(texts):
                continue
            text = texts[place]
            if at + text.size_bytes > len(data):
                continue
            if text.size_bytes not in sums:
                sums[text.size_bytes] = crc32(data[at : at + text.size_bytes])
            if sums[text.size_bytes] == text.crc:
                standing.append(text)
        return standing

    def _best(self, data: bytearray, at: int, standing: list[Text], taken: dict[int, int], tries: _Tries) -> tuple[int, Text | None]:
        """The first of these texts behind which most texts can be told, `FURTHER` being enough; and how many, with itself."""
        best: tuple[int, Text | None] = (0, None)
        for text in standing:
            further = {**taken, text.worker: taken.get(text.worker, 0) + 1}
            end, count = at + text.size_bytes, sum(further.values())
            tries.left -= 1
            if end >= len(data) or count > FURTHER or tries.left <= 0:
                return FURTHER + 1, text
            reach = self._best(data, end, self._standing(data, end, further), further, tries)[0] + 1
            if reach > best[0]:
                best = reach, text
            if reach + count > FURTHER:
                break
        return best

    def _next(self) -> Iterator[Text]:
        """The next text of each worker that is asked, in that order."""
        latest = self._texts.get(self._latest)
        if latest:
            yield latest[0]
        for _, worker in self._heads[:ASKED]:
            if worker != self._latest:
                yield self._texts[worker][0]
