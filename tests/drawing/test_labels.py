from __future__ import annotations

import pytest

from concviz.drawing.labels import label


@pytest.mark.parametrize(
    ("name", "cells", "shown"),
    [
        ("Thread-1 (print_square)", 30, "Thread-1 (print_square)"),
        ("Thread-1 (print_square)", 8, "Thread-1"),
        ("Thread-1 (print_square)", 7, "T-1"),
        ("MainThread", 7, "main"),
        ("MainProcess", 7, "main"),
        ("Process-2", 7, "P-2"),
        ("SpawnProcess-2:1", 7, "P-2:1"),
        ("ForkPoolWorker-12", 7, "P-12"),
        ("ThreadPoolExecutor-0_3", 7, "T-0_3"),
        ("Task-12", 7, "Task-12"),
        ("Task-2 count", 12, "Task-2 count"),
        ("Task-2 count", 7, "Task-2"),
        ("Task-2 Shop.produce", 14, "Task-2 produce"),
        ("Task-2 Shop.produce", 7, "Task-2"),
        ("producer-consumer", 7, "pro…mer"),
        ("Thread-100 (x)", 4, "T…00"),
        ("", 7, ""),
    ],
)
def test_a_name_is_as_long_as_there_is_room(name: str, cells: int, shown: str) -> None:
    assert label(name, cells) == shown
