"""A server as a person starts it, and what it has started; for the tests that need textual-serve."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from concviz.runs import folders
from tests.leaks import PROC, _parent
from tests.verbs.typed import started
from tests.waiting import until

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

needs_serve = pytest.mark.skipif(find_spec("textual_serve") is None, reason="textual-serve is absent: pip install 'concviz[serve]'")


class Served:
    """Its process, and the address that it printed."""

    def __init__(self, ran: subprocess.Popen[str]) -> None:
        assert ran.stdout is not None
        self.ran = ran
        self.address = ran.stdout.readline().strip()
        if not self.address:
            raise AssertionError(ran.communicate()[1])

    @property
    def netloc(self) -> str:
        """Its host and port."""
        return urlsplit(self.address).netloc

    @property
    def apps(self) -> list[int]:
        """The pids of its visitors' apps."""
        found = []
        for folder in PROC.glob("[0-9]*"):
            try:
                if _parent(folder) == self.ran.pid:
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def folders(self, *apps: int) -> list[Path]:
        """What it, and these apps, have in shared memory and among temporary files."""
        return [folder for pid in (self.ran.pid, *apps) for folder in folders._of(pid)]

    def stop(self) -> tuple[int, str]:
        """Ctrl-C; its exit code, and what it complained about."""
        self.ran.send_signal(signal.SIGINT)
        _, complaints = self.ran.communicate(timeout=30)
        return self.ran.returncode, complaints


@contextmanager
def serving(*words: str) -> Iterator[Served]:
    """One, until the block ends; then nothing of it may be there."""
    with started("serve", "--port", "0", *words) as ran:
        try:
            served = Served(ran)
            yield served
            apps = served.apps
            if ran.poll() is None:
                code, complaints = served.stop()
                assert (code, complaints) == (0, "")
            assert until(lambda: served.folders(*apps) == [], "the end of what visitors left")
        finally:
            ran.kill()
