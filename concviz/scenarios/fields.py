"""The keys of one TOML table, each taken once and checked; what is left at the end was misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concviz.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Sequence


NEAR = 0.6
"""How alike a word and the one that was meant are, from 0 to 1."""


class Fields:
    """Owns what is not yet taken of a table. Every method raises ScenarioError that says where and what."""

    def __init__(self, table: dict[str, Any], where: str) -> None:
        """`where`: the file, and the part of it, for messages."""
        self._left = dict(table)
        self._known: list[str] = []
        self._where = where

    def words(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and hold something."""
        value = self._take(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(f"needs {key} to be a text, not {value!r}")
        return value.strip()

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._take(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(f"needs {key} to be a whole number, not {value!r}")
        return value

    def truth(self, key: str, *, default: bool) -> bool:
        """Either true or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.wrong(f"needs {key} to be true or false, not {value!r}")
        return value

    def numbers(self, key: str) -> dict[str, int]:
        """A table of whole numbers, which may be missing."""
        value = self._take(key, {})
        if not isinstance(value, dict) or not all(isinstance(one, int) and not isinstance(one, bool) for one in value.values()):
            raise self.wrong(f"needs {key} to be whole numbers by name, not {value!r}", f"write {key} = {{ name = 1 }}")
        return value

    def choice(self, key: str, choices: Sequence[str], default: str | None) -> str:
        """One of some words; without a default it must be there."""
        value = self.words(key, default)
        if value not in choices:
            raise self.wrong(f"has an unknown {key} {value!r}", meant(value, choices))
        return value

    def several(self, key: str) -> list[Any]:
        """A list of whatever, which may be missing."""
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self.wrong(f"needs {key} to be a list, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that hold something; it may be missing."""
        value = self.several(key)
        if not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(f"needs {key} to be a list of texts, not {value!r}")
        return tuple(" ".join(one.split()) for one in value)

    def tables(self, key: str) -> list[Fields]:
        """The tables of a list, which may be missing."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(f"needs {key} to be tables", f"write [[{key}]] above each")
        return [Fields(one, f"{self._where}, {key} {place}") for place, one in enumerate(value, 1)]

    def end(self) -> None:
        """Nothing else may be there."""
        for key in self._left:
            raise self.wrong(f"has an unknown key {key!r}", meant(key, self._known))

    def wrong(self, words: str, hint: str = "") -> ScenarioError:
        """The error that says so."""
        return ScenarioError(f"{self._where} {words}", hint)

    def _take(self, key: str, default: Any) -> Any:
        self._known.append(key)
        if key not in self._left and default is None:
            raise self.wrong(f"has no {key}")
        return self._left.pop(key, default)


def meant(word: str, choices: Sequence[str]) -> str:
    """A hint: the nearest of some words, or all of them."""
    from difflib import get_close_matches

    near = get_close_matches(word, choices, 1, NEAR)
    return f"did you mean {near[0]!r}?" if near else f"it can be {', '.join(map(repr, choices))}"
