"""What a screen showed, as a file: a film that plays, or the picture at its end.

Each file here is one format: a class `Writer` that gets frames as they come and streams them.
"""

FORMATS: dict[str, str] = {
    ".cast": "cast",
    ".html": "page",
    ".anim.svg": "moving_svg",
    ".svg": "svg",
    ".gif": "gif",
    ".png": "png",
    ".mp4": "movie",
    ".webm": "webm",
}
"""How a target's name ends -> the file here that writes it. The first that fits counts."""
