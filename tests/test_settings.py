"""What is remembered, and that no damage to it is anybody's trouble."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from concviz import settings
from concviz.scenarios.lesson import Parameter, Scenario


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "concviz" / "settings.json"
    monkeypatch.setenv("CONCVIZ_SETTINGS", str(path))
    return path


def scenario(name: str = "mine", maximum: int = 8) -> Scenario:
    workers = Parameter("workers", "WORKERS", 4, 1, maximum, "")
    return Scenario(name, name, "", "", "together", (), (workers,), Path("/nowhere") / name)


def test_without_a_file_everything_is_as_it_came() -> None:
    assert settings.remembered(scenario()) == {"workers": 4}


def test_what_was_used_is_remembered_for_each_scenario() -> None:
    assert settings.remember(scenario(), {"workers": 7})
    assert settings.remember(scenario("other"), {"workers": 2})

    assert settings.remembered(scenario()) == {"workers": 7}
    assert settings.remembered(scenario("other")) == {"workers": 2}


def test_a_value_that_the_scenario_no_longer_permits_is_not_used() -> None:
    settings.remember(scenario(), {"workers": 7})

    assert settings.remembered(scenario(maximum=5)) == {"workers": 4}


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"parameters": 3}', b'{"parameters": {"/nowhere/mine": 3}}', b"[" * 100_000],
    ids=["empty", "cut off", "no text", "a list", "a number", "a number inside", "deep"],
)
def test_a_damaged_file_is_taken_for_empty_and_replaced(file: Path, damage: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(damage)

    assert settings.remembered(scenario()) == {"workers": 4}
    assert settings.remember(scenario(), {"workers": 5})
    assert settings.remembered(scenario()) == {"workers": 5}


@pytest.mark.parametrize("value", ['"7"', "7.5", "true", "null", "99"])
def test_a_value_of_another_kind_is_not_used(file: Path, value: str) -> None:
    file.parent.mkdir()
    file.write_text(f'{{"parameters": {{"/nowhere/mine": {{"workers": {value}}}}}}}')

    assert settings.remembered(scenario()) == {"workers": 4}


def test_words_of_another_version_are_kept(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"theme": "light"}')

    settings.remember(scenario(), {"workers": 5})

    assert json.loads(file.read_text())["theme"] == "light"


def test_where_nothing_can_be_written_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("CONCVIZ_SETTINGS", str(tmp_path / "a file" / "settings.json"))

    assert not settings.remember(scenario(), {"workers": 5})
    assert settings.remembered(scenario()) == {"workers": 4}


def test_nothing_but_the_file_is_left(file: Path) -> None:
    settings.remember(scenario(), {"workers": 5})

    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_the_scenario_not_run_for_longest_is_forgotten_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MANY", 2)
    for name in ("a", "b", "a", "c"):
        settings.remember(scenario(name), {"workers": 5})

    assert list(json.loads(file.read_text())["parameters"]) == ["/nowhere/a", "/nowhere/c"]
