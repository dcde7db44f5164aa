"""Where in the running task: its innermost line of the person's own files, and never a line outside its step."""

from __future__ import annotations

from concviz.probes.sites import known, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType

_edges: set[int] = set()
_kept: list[CodeType] = []


def edge(code: CodeType) -> None:
    """Never look beyond frames of this code, the loop's own: what called it has started the loop, not the task's wait."""
    _kept.append(code)
    _edges.add(id(code))


def inner(frame: FrameType | None) -> int:
    """The site of the innermost own frame, from this one outwards, within the step or callback; 0 for none."""
    while frame is not None:
        code = id(frame.f_code)
        found = known.get(code + frame.f_lasti)
        if found is None and code not in _edges:
            site(frame)  # learns this frame, and some beyond it
            found = known.get(code + frame.f_lasti, 0)
        if found:
            return found
        if code in _edges:
            return 0
        frame = frame.f_back
    return 0
