"""Lines from 3.12 on: `sys.monitoring`, with a budget.

A line's callback is given up, by returning DISABLE, once the tick's budget is spent; a tick later all lines report
again. Short programs are seen whole; long ones report each line at most once a tick, and pay next to nothing.
Only code of the person's own files is instrumented: a callback at each function's first start finds it.
"""

from __future__ import annotations

import sys

from concviz.events import Kind
from concviz.probes import here
from concviz.probes.sites import keep, line_site, own_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

    from concviz.probes.ticks import Ticker

FIRST_LINES = 3000
"""Lines that are all noted at the program's start."""

TICK_LINES = 200
"""Lines that are all noted in each tick after that: about a microsecond each."""

TOOL_IDS = (4, 3, 5, 2, 1, 0)
"""Tried in this order: the first two have no conventional meaning."""

_LINE = int(Kind.LINE)


class Monitor:
    """Owns a tool id of `sys.monitoring`, while no other tool wants to monitor."""

    def __init__(self, ticker: Ticker) -> None:
        self._ticker = ticker
        self._monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
        self._left = FIRST_LINES
        self._silenced = False
        self._tool: int | None = None
        self._sites: dict[int, dict[int, int]] = {}

    def begin(self) -> None:
        """Take a free tool id, if there is one."""
        monitoring = self._monitoring
        self._tool = next((tool for tool in TOOL_IDS if monitoring.get_tool(tool) is None), None)
        if self._tool is None:
            return
        monitoring.use_tool_id(self._tool, "concviz")
        monitoring.register_callback(self._tool, monitoring.events.PY_START, self._make_start())
        monitoring.register_callback(self._tool, monitoring.events.LINE, self._make_line())
        monitoring.set_events(self._tool, monitoring.events.PY_START)

    def thread_begins(self) -> None:
        """Monitoring is for all threads at once."""

    def tick(self) -> None:
        """All lines may report again."""
        self._left = max(self._left, TICK_LINES)
        if self._tool is None:
            return
        monitoring = self._monitoring
        if any(monitoring.get_tool(tool) is not None for tool in range(6) if tool != self._tool):
            self._give_way()
        elif self._silenced:
            self._silenced = False
            monitoring.restart_events()

    def end(self) -> None:
        """Monitor nothing any more."""
        if self._tool is not None:
            self._give_way()

    def after_fork(self) -> None:
        """The ticking starts again with the next line: during a fork it would be one thread too many."""
        if self._tool is None:
            return
        self._left = max(self._left, TICK_LINES)
        self._silenced = False
        self._monitoring.restart_events()

    def _give_way(self) -> None:
        assert self._tool is not None
        self._monitoring.set_events(self._tool, 0)
        self._monitoring.free_tool_id(self._tool)
        self._tool = None

    def _make_start(self) -> Any:
        monitoring, known = self._monitoring, self._sites
        disable, line_event, tool = monitoring.DISABLE, monitoring.events.LINE, self._tool

        def start(code: CodeType, offset: int) -> Any:
            if id(code) not in known and own_file(code.co_filename) and keep(code):
                known[id(code)] = {}
                monitoring.set_local_events(tool, code, line_event)
            return disable

        return start

    def _make_line(self) -> Any:
        known, disable, ticker = self._sites, self._monitoring.DISABLE, self._ticker

        def line(code: CodeType, number: int) -> Any:
            sites = known[id(code)]
            where = sites.get(number)
            if where is None:
                where = sites[number] = line_site(code, number)
            here.mine.me.emit(_LINE, 0, where, 0)
            if not ticker.running:
                ticker.start()
            self._left -= 1
            if self._left > 0:
                return None
            self._silenced = True
            return disable

        return line
