"""Finds scenarios: the built-in ones, a person's own folder, or a single script as one pane."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concviz.errors import ScenarioError, TargetError
from concviz.scenarios import ORDER
from concviz.scenarios.asked import question
from concviz.scenarios.dares import challenge
from concviz.scenarios.fields import NEAR, Fields
from concviz.scenarios.lesson import MODELS, ORDERS, Order, Pane, Parameter, Scenario
from concviz.scenarios.packages import LESSON, courses, installed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LESSON", "Order", "Pane", "Parameter", "Scenario", "builtin", "each_builtin", "find", "from_module", "from_script", "load"]

MANY_PANES = 4
"""More do not fit on a screen."""

MANY_LINES = 3
"""More are not taken away."""

HERE = Path(__file__).parent


def builtin() -> tuple[Scenario, ...]:
    """The scenarios that come with concviz, in the order of the library."""
    return tuple(each_builtin())


def each_builtin() -> Iterator[Scenario]:
    """Likewise, each read when it is asked for: a screen need not wait for those that do not fit on it."""
    return (load(HERE / name) for name in ORDER)


def shipped() -> tuple[tuple[Scenario, ...], tuple[str, ...]]:
    """Those that installed packages ship, each package a chapter or more of its own; and a line for each that is broken."""
    found, broken = courses(installed())
    scenarios: dict[str, Scenario] = {}
    for course in found:
        for folder in course.folders:
            name = f"{course.package}:{folder.name}"
            try:
                scenarios.setdefault(name, replace(load(folder), name=name, chapter=course.chapter))
            except ScenarioError as error:
                broken.append(f"{course.chapter}: {error.message}")
    return tuple(scenarios.values()), tuple(broken)


def load(folder: Path) -> Scenario:
    """The scenario in a folder; ScenarioError says what is not well formed in it, and where."""
    fields = Fields(_read(folder / LESSON), str(folder / LESSON))
    title = fields.words("title")
    chapter, look_for = fields.words("chapter", "My own"), fields.words("look_for", "")
    order: Any = fields.choice("order", ORDERS, "together")
    panes = tuple(_pane(one, folder) for one in fields.tables("panes"))
    parameters = tuple(_parameter(one) for one in fields.tables("parameters"))
    questions = tuple(question(one, panes, parameters) for one in fields.tables("questions"))
    take_away, docs = fields.texts("take_away"), fields.words("docs", "")
    challenges = tuple(challenge(one, panes, parameters, folder) for one in fields.tables("challenges"))
    fields.end()
    if len(take_away) > MANY_LINES:
        raise fields.wrong(f"has {len(take_away)} lines to take away", f"choose the {MANY_LINES} that matter most")
    if not 1 <= len(panes) <= MANY_PANES:
        raise fields.wrong(f"has {len(panes) or 'no'} panes", f"give it 1 to {MANY_PANES}, each as [[panes]]")
    _unique(fields, "panes with the script", [pane.script.name for pane in panes])
    _unique(fields, "parameters with the name", [one.name for one in parameters])
    _unique(fields, "parameters with the env", [one.env for one in parameters])
    name = folder.resolve().name
    words = " ".join(look_for.split())
    return Scenario(name, title, chapter, words, order, panes, parameters, folder, questions, take_away, docs, challenges)


def find(word: str) -> Scenario:
    """What a person calls so: a built-in scenario's name, else the path of a folder or of a script.

    TargetError when there is none; ScenarioError for a folder that is not well formed.
    """
    path = Path(word).expanduser()
    if word in ORDER:
        return load(HERE / word)
    if ":" in word:
        others = [one for one in shipped()[0] if one.name == word]
        if others:
            return others[0]
    if (path / LESSON).is_file():
        return load(path)
    if path.is_dir():
        raise TargetError(f"{word} is a folder without a {LESSON}", "name a script in it, or begin one with `concviz new`")
    if path.exists():
        return from_script(path)
    if path.suffix or path.name != word:
        raise TargetError(f"there is no file {word}", "check the path")
    from difflib import get_close_matches

    near = get_close_matches(word, ORDER, 1, NEAR)
    hint = f"did you mean {near[0]!r}?" if near else "`concviz list` tells the scenarios; a script ends in .py"
    raise TargetError(f"there is no scenario {word!r}", hint)


def recorded(name: str, titles: Sequence[str]) -> Scenario | None:
    """The built-in scenario that was recorded under a name, with those of its panes; None: it is none, or has other panes by now."""
    if name not in ORDER:
        return None
    whole = load(HERE / name)
    known = [pane.title for pane in whole.panes]
    if known == [*titles]:
        return whole
    places = [known.index(title) for title in titles if title in known]
    return whole.with_panes(places) if len(set(places)) == len(titles) else None


def from_script(script: Path) -> Scenario:
    """A single program as a scenario of one pane, without parameters. Whether the file is there is not looked at."""
    pane = Pane("program", script, script.name)
    return Scenario(script.stem, script.name, "My own", "", "together", (pane,), (), script.parent)


def from_module(name: str) -> Scenario:
    """Likewise a module, as `python -m` runs it. Whether there is one is the interpreter's to say."""
    pane = Pane("program", Path(name), f"-m {name}", module=True)
    return Scenario(name, f"python -m {name}", "My own", "", "together", (pane,), (), Path())


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ScenarioError(f"there is no {path}", "a scenario is a folder with a lesson.toml and scripts") from None
    except OSError as error:
        raise ScenarioError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ScenarioError(f"{path} is not UTF-8 text") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{path} is not TOML: {error}") from None


def _pane(fields: Fields, folder: Path) -> Pane:
    script = folder / fields.words("script")
    model = fields.choice("model", MODELS, "program")
    pane = Pane(model, script, fields.words("title", model))
    fields.end()
    if not script.is_file():
        raise fields.wrong(f"names a script that is not there: {script.name}", f"put it into {folder}")
    return pane


def _parameter(fields: Fields) -> Parameter:
    name = fields.words("name")
    env = fields.words("env", name.upper())
    bounds = fields.number("default"), fields.number("minimum", 1), fields.number("maximum")
    parameter = Parameter(name, env, *bounds, fields.words("words", ""))
    fields.end()
    if not env.isidentifier():
        raise fields.wrong(f"has an env that is no variable's name: {env!r}", "use letters, digits and _")
    if parameter.minimum > parameter.maximum:
        raise fields.wrong(f"has a minimum {parameter.minimum} above its maximum {parameter.maximum}")
    if not parameter.minimum <= parameter.default <= parameter.maximum:
        raise fields.wrong(f"has a default {parameter.default} outside {parameter.minimum} to {parameter.maximum}")
    return parameter


def _unique(fields: Fields, what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise fields.wrong(f"has two {what} {name!r}")
