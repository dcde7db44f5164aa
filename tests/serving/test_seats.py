"""How many visitors there may be."""

from __future__ import annotations

import pytest

from concviz.serving.seats import Full, Seats


async def test_a_visitor_above_the_limit_is_told_so_and_one_after_another_is_not() -> None:
    seats = Seats(2)
    async with seats.one(), seats.one():
        with pytest.raises(Full):
            async with seats.one(patience_s=0.01):
                pass

    async with seats.one(patience_s=0.01):
        pass


async def test_a_seat_is_free_again_however_its_visit_ended() -> None:
    seats = Seats(1)
    with pytest.raises(ZeroDivisionError):
        async with seats.one():
            raise ZeroDivisionError

    async with seats.one(patience_s=0.01):
        pass
