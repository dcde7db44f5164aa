"""Names: each string is sent once, whole, and under an id that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.events import FIELD_SEPARATOR, Table
from concviz.ring.layout import ENTRY, HEADER_BYTES
from concviz.ring.names import Names
from concviz.ring.reader import NamesReader

if TYPE_CHECKING:
    from pathlib import Path


def entries(data: bytes) -> list[tuple[Table, int, list[str]]]:
    found, at = [], 0
    while at < len(data):
        size, ident, table = ENTRY.unpack_from(data, at)
        fields = data[at + ENTRY.size : at + size].decode().split(FIELD_SEPARATOR)
        found.append((Table(table), ident, fields))
        at += size
    return found


def test_ids_count_from_one_in_each_table(tmp_path: Path) -> None:
    names = Names(str(tmp_path / "1.a.names"))

    ids = [names.new(Table.SITE, "a.py", 3, "f"), names.new(Table.SITE, "b.py", 4, "g"), names.new(Table.TEXT, "words")]

    assert ids == [1, 2, 1]
    assert entries(NamesReader(tmp_path / "1.a.names").take()) == [
        (Table.SITE, 1, ["a.py", "3", "f"]),
        (Table.SITE, 2, ["b.py", "4", "g"]),
        (Table.TEXT, 1, ["words"]),
    ]


def test_interned_fields_are_sent_once(tmp_path: Path) -> None:
    names = Names(str(tmp_path / "1.a.names"))

    assert names.intern(Table.SITE, "a.py", 3) == names.intern(Table.SITE, "a.py", 3)
    assert len(entries(NamesReader(tmp_path / "1.a.names").take())) == 1


def test_only_new_entries_are_taken(tmp_path: Path) -> None:
    names = Names(str(tmp_path / "1.a.names"))
    reader = NamesReader(tmp_path / "1.a.names")
    names.new(Table.TEXT, "one")
    reader.take()

    names.rename(Table.TEXT, 1, "two")

    assert entries(reader.take()) == [(Table.TEXT, 1, ["two"])]


def test_a_separator_inside_a_field_becomes_a_space(tmp_path: Path) -> None:
    Names(str(tmp_path / "1.a.names")).new(Table.TEXT, f"a{FIELD_SEPARATOR}b")

    assert entries(NamesReader(tmp_path / "1.a.names").take())[0][2] == ["a b"]


def test_text_that_utf8_cannot_hold_arrives_escaped(tmp_path: Path) -> None:
    Names(str(tmp_path / "1.a.names")).new(Table.TEXT, "\ud800")

    assert entries(NamesReader(tmp_path / "1.a.names").take())[0][2] == ["\\ud800"]


def test_a_full_file_loses_names_and_counts_them(tmp_path: Path) -> None:
    names = Names(str(tmp_path / "1.a.names"), size_bytes=HEADER_BYTES + 40)
    for _ in range(3):
        names.new(Table.TEXT, "0123456789")

    reader = NamesReader(tmp_path / "1.a.names")
    assert len(entries(reader.take())) == 1
    assert reader.lost == 2
