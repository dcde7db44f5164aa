"""How often something was really done, over the time in which there was something to do."""

from __future__ import annotations


class Rate:
    """Owns a count and the time that belongs to it."""

    def __init__(self) -> None:
        self.count = 0
        self._active_ns = 0
        self._since_ns: int | None = None

    def goes_on(self, now_ns: int, *, active: bool) -> None:
        """From now on there is something to do, or there is not."""
        if active and self._since_ns is None:
            self._since_ns = now_ns
        elif not active and self._since_ns is not None:
            self._active_ns += now_ns - self._since_ns
            self._since_ns = None

    def every_ns(self, now_ns: int) -> float | None:
        """The mean time from one to the next; None: there was none."""
        active_ns = self._active_ns + (0 if self._since_ns is None else now_ns - self._since_ns)
        return active_ns / self.count if self.count and active_ns else None

    def per_s(self, now_ns: int) -> float:
        """How often in a second; 0: never."""
        every_ns = self.every_ns(now_ns)
        return 1e9 / every_ns if every_ns else 0.0
