"""One visitor's app: a process of its own, from the page's first message to the last file that it made."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from asyncio.subprocess import PIPE
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.runs import folders
from concviz.serving import packets
from concviz.serving.view import View

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Awaitable, Callable, Sequence

QUIT_SECONDS = 8.0
"""An app that was told to end, and has not by then, is killed. Its programs then end as they do whenever their owner dies."""

GONE_SECONDS = 3.0
"""So long what a killed app owned is waited for."""

LAST_BYTES = 4096
"""Of what an app complained about last."""


class Visit:
    """Owns the process, and the folder of files that its visitor is to get."""

    def __init__(self, command: Sequence[str], size: tuple[int, int], private: Sequence[str] = ()) -> None:
        """`size`: of the page, in cells, across and down.

        `private`: environment variables that name files; this visitor has those for themselves, for as long as they stay.
        """
        self.folder = folders.make(Path(tempfile.gettempdir()))
        self.kept: set[str] = set()
        """Names of files in the folder that were handed over."""
        self.failure = ""
        """Why the app ended, if not because it was asked to; known after `end`."""
        self._command = command
        own = {name: str(self.folder / name.lower()) for name in private}
        self._environment = os.environ | own | View(*size, str(self.folder)).to_environment()
        self._process: Process | None = None
        self._complaints: asyncio.Task[bytes] | None = None

    async def start(self) -> None:
        """In a session of its own: Ctrl-C in the server's terminal is for the server. OSError when there can be no more processes."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=self._environment, start_new_session=True
        )
        self._complaints = asyncio.create_task(self._last_words(self._process))

    async def send(self, packet: bytes) -> None:
        """To the app; nothing happens when that is gone."""
        if self._process is not None and self._process.stdin is not None:
            with suppress(ConnectionError, RuntimeError):
                self._process.stdin.write(packet)
                await self._process.stdin.drain()

    async def show(self, show: Callable[[bytes], Awaitable[None]], tell: Callable[[str, str], Awaitable[None]]) -> None:
        """Give what the app draws, until it ends or the visitor does not take it any more.

        `tell` gets, beside that, "kept" and a file's name, and "ground" and the colour that lies beside the cells.
        """
        assert self._process is not None
        assert self._process.stdout is not None
        stream = self._process.stdout
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            if await stream.readexactly(len(packets.HELLO)) != packets.HELLO:
                return
            while True:
                letter, payload = await packets.read(stream)
                if letter == packets.DATA:
                    await show(payload)
                elif letter == packets.META and not await self._heard(json.loads(payload), tell):
                    return

    async def _heard(self, told: dict[str, object], tell: Callable[[str, str], Awaitable[None]]) -> bool:
        """What the app says beside drawing; whether it goes on."""
        match told.get("type"):
            case "kept":
                name = Path(str(told.get("name"))).name
                self.kept.add(name)
                await tell("kept", name)
            case "ground":
                await tell("ground", str(told.get("colour")))
            case "exit":
                return False
        return True

    async def end(self) -> None:
        """Ask the app to end, and see that it does; nothing of it is left when this returns. Once."""
        if self._process is not None:
            await self._end(self._process)
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)

    async def _end(self, process: Process) -> None:
        assert process.stdin is not None
        process.stdin.close()
        drained = asyncio.create_task(_drained(process))
        killed = False
        try:
            await asyncio.wait_for(process.wait(), QUIT_SECONDS)
        except TimeoutError:
            killed = True
        if killed:
            process.kill()
            await process.wait()
            await asyncio.to_thread(folders.remove_of, process.pid, GONE_SECONDS)
        drained.cancel()
        if self._complaints is not None:
            with suppress(TimeoutError):
                self.failure = _reason(process.returncode, await asyncio.wait_for(self._complaints, GONE_SECONDS))
        process._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001 - else its pipes wait for the collector of garbage

    async def _last_words(self, process: Process) -> bytes:
        assert process.stderr is not None
        last = b""
        while said := await process.stderr.read(LAST_BYTES):
            last = (last + said)[-LAST_BYTES:]
        return last


async def _drained(process: Process) -> None:
    """What it still draws goes nowhere, but must not hold it up."""
    assert process.stdout is not None
    while await process.stdout.read(1 << 16):
        pass


def _reason(code: int | None, last: bytes) -> str:
    """The last line of what was said, where the app did not end as it should."""
    if code == 0:
        return ""
    lines = last.decode(errors="replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return said.removeprefix("concviz: ") or (
        f"ended by signal {-code}" if code is not None and code < 0 else f"ended with exit code {code}"
    )
