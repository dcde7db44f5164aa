"""What was found, in sentences: no more than what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.schedules.exploration import Exploration
    from concviz.schedules.found import Found


def verdict(exploration: Exploration) -> str:
    """In one line."""
    survey = exploration.survey
    said = survey.verdict()
    if said == "fails":
        assert survey.failing is not None
        return f"fails: {exploration.found.words if exploration.found else survey.failing.words}"
    if said == "holds":
        return f"holds: exhausted, {survey.claims[0]}"
    of_what = "" if exploration.memory else " of the synchronisation"
    complete = f"; complete: {survey.claims[0]}{of_what}" if survey.claims else ""
    if said == "cannot say":
        return f"no failure in {counted(survey.schedules)}, but it does not say that there is none: see below"
    return f"no failure in {counted(survey.schedules)}{complete}"


def remarks(exploration: Exploration) -> Iterator[str]:
    """What else is to be known of it."""
    survey = exploration.survey
    if survey.failing is not None and exploration.found is None:
        yield "The schedule that failed did not fail again: something that is not under control decides, such as a time or a random number."
    if exploration.found is not None:
        yield shrunk(exploration.found)
    if survey.diverged:
        yield f"{counted(survey.diverged)} could not be followed: the same choices did not give the same run, so nothing is claimed"
    for race in survey.races:
        if race is not survey.failing:
            yield f"data race in {counted(race.count)}: {race.words}"
    for words in survey.escaped:
        yield f"outside control: {words}"
    yield what_was_chosen(exploration)


def shrunk(found: Found) -> str:
    """How small the schedule is, and how sure."""
    fewest = ", the fewest that there can be" if found.fewest else ""
    before = f" (of {found.preemptions_at_first} when it was found)" if found.preemptions_at_first > found.preemptions else ""
    return (
        f"{preempted(found.preemptions)}{before}{fewest}; {len(found.outcome.steps)} steps; "
        f"run again on real threads, {found.agreed} of {found.reruns} came to the same"
    )


def preempted(count: int) -> str:
    """As in "1 preemption"."""
    return "no preemption" if not count else "1 preemption" if count == 1 else f"{count} preemptions"


def what_was_chosen(exploration: Exploration) -> str:
    """Where a switch was possible, and how schedules were chosen."""
    where = (
        "each access to shared memory and each synchronisation" if exploration.memory else "each synchronisation, not each access to memory"
    )
    survey = exploration.survey
    rate = f", {survey.schedules / survey.seconds:,.0f} a second" if survey.seconds > 0 else ""
    return f"choices at {where}; strategy {exploration.strategy}, seed {exploration.seed}; {counted(survey.schedules)}{rate}"


def counted(schedules: int) -> str:
    """As in "1,200 schedules"."""
    return f"{schedules:,} schedule{'' if schedules == 1 else 's'}"
