"""Recordings as other programs' files: traces, tables, spans.

Each file here is one format: `write(title, timelines, out)` streams it, whatever the length of the run.
"""

FORMATS: dict[str, str] = {
    ".pftrace": "perfetto",
    ".otlp.json": "otlp",
    ".json": "chrome",
    ".csv": "table",
}
"""How a target's name ends -> the file here that writes it. The first that fits counts."""
