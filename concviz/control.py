"""What goes back to a run: the only words its supervisor understands, one byte each.

Written by a Run to its supervisor's standard input; end of file there means that the owner is gone,
and is obeyed like STOP.
"""

from __future__ import annotations

GO = b"g"
"""Let the program, which waits with its probes loaded, run its first line."""

INTERRUPT = b"i"
"""Send SIGINT to the watched program, as Ctrl-C would."""

STOP = b"s"
"""Kill the program and all that it started, close the recording, leave nothing behind."""
