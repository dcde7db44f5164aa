"""What a screen showed, as a file: a film that plays, or the picture at its end.

Each file here is one format: a class `Writer` that gets frames as they come and streams them.
"""

FORMATS: dict[str, str] = {
    ".cast": "cast",
    ".html": "page",
    ".svg": "svg",
    ".gif": "gif",
    ".png": "png",
}
"""How a target's name ends -> the file here that writes it."""
