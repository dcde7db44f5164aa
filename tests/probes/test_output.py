"""Output: each write is noted with what it takes to know its bytes again; the streams stay what they were."""

from __future__ import annotations

import subprocess
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import Seen, pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def noted(seen: Seen, stream: int) -> list[tuple[int, int]]:
    """(bytes, checksum) of each write."""
    words = [arg for _, _, resource, arg in seen.kinds("OUTPUT") if resource == str(stream) and isinstance(arg, int)]
    return [(word >> 32, word & 0xFFFF_FFFF) for word in words]


def of(*parts: bytes) -> list[tuple[int, int]]:
    return [(len(part), zlib.crc32(part)) for part in parts]


def test_what_is_noted_is_what_comes_through_the_pipe(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import sys, threading
        print("grün", 1)
        sys.stderr.write("to error")
        thread = threading.Thread(target=print, args=("from a thread",), name="writer")
        thread.start()
        thread.join()
        sys.stdout.writelines(["a", "b\\n"])
        """,
        python,
    )

    assert seen.stdout == "grün 1\nfrom a thread\nab\n".encode()
    assert seen.stderr == b"to error"
    assert noted(seen, 1) == of("grün".encode(), b" ", b"1", b"\n", b"from a thread", b"\n", b"a", b"b\n")
    assert noted(seen, 2) == of(b"to error")
    assert [worker for _, worker, _, _ in seen.kinds("OUTPUT")] == ["main"] * 5 + ["writer"] * 2 + ["main"] * 2


def test_the_streams_are_what_they_were(tmp_path: Path, python: str) -> None:
    source = """
        import io, sys
        for stream in (sys.stdout, sys.stderr):
            print(isinstance(stream, io.TextIOWrapper), stream.fileno(), stream.isatty(), stream.encoding, stream.errors, stream.name,
                  stream.write_through,
                  stream.mode, stream.writable(), stream.newlines, repr(stream))
        print(sys.stdout is sys.__stdout__, sys.stderr is sys.__stderr__)
        sys.stdout.flush()
        sys.stdout.buffer.write(b"raw\\n")
        sys.stdout.reconfigure(encoding="latin-1")
        print("gr\\xfcn")
        try:
            print("\\u20ac")
        except UnicodeEncodeError as error:
            print(error.encoding)
        try:
            sys.stdout.write(3)
        except TypeError as error:
            print(error)
        sys.stdout.flush()
        raw = sys.stdout.detach()
        raw.write(b"detached\\n")
        raw.flush()
        """
    seen = watch(tmp_path, source, python, fails=True)

    bare = subprocess.run([python, str(tmp_path / "program.py")], capture_output=True, check=False)
    assert (seen.stdout, seen.stderr, seen.code) == (bare.stdout, bare.stderr, bare.returncode)
    assert of("grün".encode("latin-1"))[0] in noted(seen, 1)


def test_redirected_output_is_not_the_stream_s(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import contextlib, io
        with contextlib.redirect_stdout(io.StringIO()):
            print("elsewhere")
        """,
        python,
    )

    assert noted(seen, 1) == []
