"""A report as text and as data: what was measured, and what was not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from concviz.data import as_data
from concviz.events import STDERR
from concviz.plain import Paper, as_text
from concviz.recordings.follow import opened
from concviz.report import PaneReport, Report, of_recording
from concviz.runs.run import Exit
from concviz.timeline.timeline import Timeline
from tests.builders import lane, ns, recorded, timeline

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripted import LaneBuilder


def main() -> LaneBuilder:
    return lane("main", "process")


def pane(built: Timeline, model: str = "threads", title: str = "", **exit_: Any) -> PaneReport:
    ended = Exit(**{"code": 0, "signal": 0, "stopped": False, **exit_}) if built.meta.exit else None
    return PaneReport(model, title or model, built, ended, "")


def report(*panes: PaneReport, **values: int) -> Report:
    return Report("mine", "Mine", "together", values, panes)


def text(told: Report, width_cells: int = 54, **paper: bool) -> str:
    return "\n".join(as_text(told, Paper(width_cells, **paper)))


def two_threads() -> Timeline:
    a = lane("A").runs(1).takes("lock", 2).releases("lock", 6).prints("one\n", 6).ends(7)
    b = lane("B").runs(1).waits_for("lock", 3, 6, held_by="A").prints("two\n", 7).releases("lock", 8).ends(8)
    return timeline(main().runs(0).joins("A", 1, 7).joins("B", 7, 8).ends(9), a, b, ended=10)


def test_it_tells_what_was_run_what_happened_and_what_it_came_to() -> None:
    told = text(report(pane(two_threads()), workers=2)).splitlines()

    assert told[:3] == ["Mine · workers 2", "", "== threads · done ".ljust(54, "=")]
    assert [line.split()[0] for line in told[4:7]] == ["main", "A", "B"]
    assert "╳" in told[6]
    assert "╳" not in told[5]
    assert "  lock  ▫ free" in told
    assert told[-4:] == ["output:", "  6.00 ms  A   one", "  7.00 ms  B   two", "3 workers · 17 events · wall 10 ms · cpu 0 ns"]


def test_every_line_but_the_programs_own_fits_the_width() -> None:
    told = text(report(pane(two_threads(), title="A long title " * 3)), 60).splitlines()

    assert max(len(line) for line in told if " one" not in line and "==" not in line) <= 60


def test_a_program_that_failed_shows_its_own_traceback_whole() -> None:
    lines = ["Traceback (most recent call last):", '  File "a.py", line 1, in <module>', "ValueError: " + "no " * 60]
    failed = main().runs(0).prints("\n".join(lines) + "\n", 1, stream=STDERR).fails(2)

    told = text(report(pane(timeline(failed, ended=3), code=1))).splitlines()

    assert "== threads · exit code 1 " in told[2]
    assert "output (! is standard error):" in told
    assert [line.partition(" ! ")[2] for line in told if " ! " in line] == [line.rstrip() for line in lines]


def test_in_ascii_our_words_are_ascii_and_the_programs_stay() -> None:
    built = timeline(main().runs(0).prints("é\n", 1).ends(2), ended=3)

    told = text(report(pane(built), workers=2), ascii=True)

    assert [character for character in told if not character.isascii()] == ["é"]


def test_what_was_lost_is_told_and_what_was_not_lost_is_not() -> None:
    whole, lossy = two_threads(), two_threads()
    lossy.add_meta(1, ns(9), {"what": "lost", "records": 1234, "names": 2})
    lossy.add_meta(0, ns(9), {"what": "silent", "limit_bytes": 64})

    assert "lost: " not in text(report(pane(whole)))
    assert [line for line in text(report(pane(lossy))).splitlines() if line.startswith("lost: ")] == [
        "lost: 1,234 events found no room and are missing from the lanes",
        "lost: 2 names found no room",
        "lost: what it printed after 64 bytes is not kept",
    ]


def test_a_run_without_lines_says_that_they_were_not_asked_for() -> None:
    built = two_threads()
    built.add_meta(0, ns(0), {"what": "launch", "lines": False})

    assert "not measured: current lines: not asked for" in text(report(pane(built)))


def test_panes_of_like_length_share_an_axis_and_others_have_their_own() -> None:
    short = timeline(main().runs(0).ends(9), ended=10)
    longer = timeline(main().runs(0).ends(19), ended=20)
    longest = timeline(main().runs(0).ends(1999), ended=2000)

    assert "axis of its own" not in text(report(pane(short), pane(longer)))
    assert "axis of its own" in text(report(pane(short), pane(longest)))


def test_a_program_that_could_not_be_watched_says_why_and_draws_nothing() -> None:
    told = text(report(PaneReport("threads", "threads", Timeline(), None, "no memory")))

    assert "== threads · failed =" in told
    assert "could not be watched: no memory" in told
    assert "workers" not in told


def test_speed_up_is_told_against_the_sequential_pane_alone() -> None:
    slow, fast = timeline(main().runs(0).ends(40), ended=40), timeline(main().runs(0).ends(10), ended=10)
    told = report(pane(slow, "sequential"), pane(fast, "threads"))

    assert [told.speed_up(each) for each in told.panes] == [None, 4.0]
    assert "4.00×" in text(told, 100)
    assert report(pane(fast), pane(fast)).speed_up(pane(fast)) is None


def test_a_pane_that_was_stopped_has_no_speed_up_and_is_no_baseline() -> None:
    built = timeline(main().runs(0).ends(40), ended=40)
    stopped, ended = pane(built, "sequential", signal=9, stopped=True), pane(built)

    assert report(stopped, ended).speed_up(ended) is None


def test_data_has_every_span_with_its_resource() -> None:
    (told,) = as_data(report(pane(two_threads())))["panes"]
    workers = {worker["name"]: worker for worker in told["workers"]}

    assert [(span["state"], span["from_s"], span["to_s"], span["resource"]) for span in workers["B"]["spans"]] == [
        ("running", 0.001, 0.003, None),
        ("lock", 0.003, 0.006, "lock"),
        ("running", 0.006, 0.008, None),
    ]
    assert [(resource["kind"], resource["name"]) for resource in told["resources"]] == [("Lock", "lock")]
    assert workers["B"]["spans"][1]["resource_id"] == told["resources"][0]["id"]
    assert workers["B"]["end"] == "done"


def test_data_has_the_output_the_exit_and_the_figures() -> None:
    whole = as_data(report(pane(two_threads(), code=3), workers=2))
    (told,) = whole["panes"]

    assert (whole["scenario"], whole["parameters"], told["model"]) == ("mine", {"workers": 2}, "threads")
    assert told["output"] == [
        {"t_s": 0.006, "worker": "A", "stream": "stdout", "text": "one"},
        {"t_s": 0.007, "worker": "B", "stream": "stdout", "text": "two"},
    ]
    assert told["exit"] == {"code": 3, "signal": 0, "stopped": False, "time_up": False}
    assert (told["wall_s"], told["events"], told["dropped"], told["speed_up"]) == (0.01, 17, 0, None)


def test_data_can_be_written_as_json_also_of_a_program_that_never_began() -> None:
    told = as_data(report(PaneReport("threads", "threads", Timeline(), None, "no memory"), pane(two_threads())))

    failed, _ = json.loads(json.dumps(told, allow_nan=False))["panes"]
    assert (failed["exit"], failed["wall_s"], failed["failure"], failed["workers"]) == (None, None, "no memory", [])


def test_a_recording_gives_the_same_report_as_the_run_it_was_made_of(tmp_path: Path) -> None:
    parts = main().runs(0).ends(2), lane("A").runs(1).prints("one\n", 1).ends(2)
    path = recorded(tmp_path / "run.cvz", *parts, ended=3, model="threads", title="Mine")

    told = of_recording(path, opened(path))

    assert (told.name, told.title, told.order) == ("run", "run.cvz", "together")
    assert [(each.model, each.title, each.exit) for each in told.panes] == [("threads", "Mine", Exit(0, 0, stopped=False))]
    assert "  1.000 ms  A   one" in text(told)
