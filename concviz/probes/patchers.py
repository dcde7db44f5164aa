"""gevent and eventlet: they put threads, locks and sockets of their own in the place of the standard library's.

What the probes then noted would not be what happened. So a program that is about to do so ends, with one clear line.
"""

from __future__ import annotations

import sys

from concviz.probes import seam

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

EXIT = 2
"""The exit code of a program that was refused, as concviz itself refuses."""


def install(module: Any) -> None:
    """Refuse each function that patches, of `gevent.monkey` or `eventlet.patcher`."""
    for name in [name for name in vars(module) if name.startswith(("patch_", "monkey_patch"))]:
        if callable(getattr(module, name)):
            seam.replace(module, name, lambda _: _make_refusal(module.__name__))


def _make_refusal(module: str) -> Any:
    library = module.partition(".")[0]

    def refuse(*_: object, **__: object) -> NoReturn:
        print(  # noqa: T201 - the program's own standard error is where it is looked for
            f"concviz: {library} replaces threads, locks and sockets by its own, and concviz could then only show what did not happen"
            f" (run it without concviz, or without {library}'s patches)",
            file=sys.stderr,
        )
        sys.exit(EXIT)

    return refuse
