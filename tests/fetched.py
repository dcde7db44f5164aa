"""Other people's programs that a test asks for, fetched once from their registries into a cache folder.

The folder is CONCVIZ_TEST_CACHE, else `concviz-tests` in the user's cache folder. A test skips, with the reason, where
something cannot be fetched: a machine without a network, or without npm.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIMIT_SECONDS = 100
"""A registry that takes longer is not there."""


def from_npm(package: str, version: str) -> Path:
    """The folder of a package's files."""

    def fetch(folder: Path, into: Path) -> None:
        if shutil.which("npm") is None:
            pytest.skip(f"npm is absent: {package} cannot be fetched")
        _ran(package, ["npm", "pack", f"{package}@{version}", "--pack-destination", str(folder)], folder)
        with tarfile.open(next(folder.glob("*.tgz"))) as packed:
            packed.extractall(into, filter="data")

    return _cached(f"{package}-{version}", fetch)


def from_pypi(package: str, version: str, below: str) -> Path:
    """The folder of the files of a wheel whose path begins with `below`."""

    def fetch(folder: Path, into: Path) -> None:
        words = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
        _ran(package, [sys.executable, *words, f"{package}=={version}"], folder)
        with zipfile.ZipFile(next(folder.glob("*.whl"))) as packed:
            packed.extractall(into, [name for name in packed.namelist() if name.startswith(below)])

    return _cached(f"{package}-{version}", fetch)


def _ran(package: str, words: Sequence[str], folder: Path) -> None:
    try:
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        pytest.skip(f"{package} cannot be fetched: its registry did not answer within {LIMIT_SECONDS} s")
    if done.returncode:
        pytest.skip(f"{package} cannot be fetched: {' '.join((done.stderr or done.stdout).split())[:200]}")


def _cached(name: str, fetch: Callable[[Path, Path], None]) -> Path:
    """`fetch`: is given a folder to work in, and one to fill, which is kept when it is whole."""
    cache = _cache()
    whole = cache / name
    if not whole.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            filled = Path(folder) / "filled"
            fetch(Path(folder), filled)
            if not whole.is_dir():
                filled.rename(whole)
    return whole


def _cache() -> Path:
    own = os.environ.get("CONCVIZ_TEST_CACHE")
    return Path(own) if own else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "concviz-tests"
