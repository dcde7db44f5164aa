from __future__ import annotations

import pytest

from concviz.findings import search
from concviz.findings.finding import Check, Finding, Weight
from concviz.timeline.timeline import Timeline
from concviz.ui import discovery
from concviz.ui.discovery import Discovery, Spot
from concviz.ui.found import findings
from tests.ui.made import MS, two_threads
from tests.ui.opened import Opened


def spot(kind: str, weight: Weight = Weight.WARNING, pane: int = 0, at_ms: float = 0, words: str = "it waited") -> Spot:
    return Spot(pane, Finding(kind, weight, int(at_ms * MS), int(at_ms * MS), words, "do this"))


def test_each_finding_is_a_line_and_the_chosen_one_is_told_in_full() -> None:
    spots = [spot("deadlock", Weight.ERROR, words="a b c d e f g h i j k l m n"), spot("convoy", pane=1)]

    assert (
        findings(spots, None, ["threads", "tasks"], 40).to_text() == " ✗ deadlock  threads  a b c d e f g h i…\n ▲ convoy  tasks  it waited"
    )
    assert findings(spots, 0, ["threads"], 40).to_text().splitlines() == [
        "▸✗ deadlock  a b c d e f g h i j k l m n",
        "           → do this",
        " ▲ convoy  it waited",
    ]


def test_more_than_a_few_are_counted_and_the_chosen_one_is_always_among_those_shown() -> None:
    spots = [spot(f"kind-{number}") for number in range(9)]

    assert "+5 more" in findings(spots, None, ["one"], 60).to_text()
    assert "▸▲ kind-7" in findings(spots, 7, ["one"], 60).to_text()
    assert "kind-0" not in findings(spots, 7, ["one"], 60).to_text()


def slow(timeline: Timeline, _: object) -> list[Finding]:
    return [Finding("slow", Weight.NOTE, timeline.zero_ns + 4 * MS, timeline.end_ns, "it was slow", "be quick", workers=(2,))]


def broken(_: Timeline, __: object) -> list[Finding]:
    raise ZeroDivisionError("by nought")


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "checks", lambda: (Check("slow", "", slow), Check("broken", "", broken)))
    monkeypatch.delenv("CONCVIZ_TRACEBACK")


@pytest.mark.usefixtures("only")
def test_one_check_a_step_and_a_broken_one_is_told_in_its_place() -> None:
    found, runs = Discovery(), [two_threads()]

    counts = []
    for _ in range(4):
        found.step(runs)
        counts.append([spot.finding.kind for spot in found.found])

    assert counts == [["slow"], ["broken", "slow"], ["broken", "slow"], ["broken", "slow"]]
    assert "ZeroDivisionError: by nought" in found.found[0].finding.words


@pytest.mark.usefixtures("only")
async def test_n_goes_to_the_finding_its_worker_and_its_moment() -> None:
    async with Opened(two_threads()) as opened:
        await opened.press("e")
        for _ in range(3):
            opened.run.frame()

        await opened.press("n", "n")

        assert opened.at_ms == 4
        assert opened.run.model.worker(0) == 2
        assert "slow" in opened.text
        assert "be quick" in opened.text


def test_the_search_gives_the_weightiest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def two(_: Timeline, __: object) -> list[Finding]:
        return [spot("a", Weight.NOTE).finding, spot("b", Weight.ERROR, at_ms=3).finding, spot("c", Weight.ERROR, at_ms=1).finding]

    monkeypatch.setattr(search, "checks", lambda: (Check("two", "", two),))

    assert [finding.kind for finding in search.search(Timeline())] == ["c", "b", "a"]
