"""The command line of a process that is to be controlled from its first step on."""

from __future__ import annotations

import os

from concviz.gates import forking

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BOOT = """\
import sys
from importlib import util
spec = util.spec_from_file_location("concviz", {init!r}, submodule_search_locations=[{folder!r}])
module = sys.modules["concviz"] = util.module_from_spec(spec)
spec.loader.exec_module(module)
del spec, module, util
from concviz.gates.spawned import main
main({begin!r}, {given!r})
"""

_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def command_line(original: Any) -> Any:
    """In place of `multiprocessing.spawn.get_command_line`."""

    def line(**given: Any) -> list[str]:
        words: list[str] = original(**given)
        begin = forking.coming()
        if begin is not None:
            told = begin.fd, begin.number, begin.name, begin.memory, begin.home
            boot = BOOT.format(init=os.path.join(_FOLDER, "__init__.py"), folder=_FOLDER, begin=told, given=given)
            words[words.index("-c") + 1] = boot
        return words

    return line
