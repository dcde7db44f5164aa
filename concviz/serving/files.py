"""What is sent as it lies on disk: our page, and textual-serve's terminal and letters. Nothing else can be asked for."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from concviz.errors import PlatformError

OURS = Path(__file__).parent / "page"

NEEDED = ("js/textual.js", "css/xterm.css", "fonts/RobotoMono-VariableFont_wght.ttf", "fonts/RobotoMono-Italic-VariableFont_wght.ttf")
"""Of textual-serve's, below its folder `static`."""

KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}
"""Suffix -> what a browser is told that it is."""

HINT = "pip install 'concviz[serve]'"


def found() -> dict[str, Path]:
    """Name within our address -> file. PlatformError without textual-serve, or with one that has other files."""
    for name in ("aiohttp", "textual_serve"):
        if find_spec(name) is None:
            raise PlatformError(f"pages need textual-serve, of which {name} is not installed here", HINT)
    spec = find_spec("textual_serve")
    folders = spec.submodule_search_locations if spec else None
    static = Path(next(iter(folders or [""]))) / "static"
    files = {path.name: path for path in OURS.iterdir() if path.suffix in KINDS} | {name: static / name for name in NEEDED}
    missing = [name for name, path in files.items() if not path.is_file()]
    if missing:
        raise PlatformError(f"this textual-serve has no {missing[0]}", f"another version has: {HINT}")
    return files
