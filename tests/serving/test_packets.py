"""What goes between app, server and page."""

from __future__ import annotations

import asyncio
import json

import pytest

from concviz.serving import packets


@pytest.mark.parametrize(
    ("message", "packet"),
    [
        (["stdin", "q"], b"D\0\0\0\x01q"),
        (["stdin", "é"], b"D\0\0\0\x02\xc3\xa9"),
        (["stdin", "\ud800a"], b"D\0\0\0\x01a"),
        (["focus"], packets.meta(type="focus")),
        (["blur"], packets.meta(type="blur")),
        (["resize", {"width": 100, "height": 30}], packets.meta(type="resize", width=100, height=30)),
        (["ping", "1"], b""),
        (["something new"], b""),
    ],
)
def test_what_a_page_says_becomes_a_packet(message: list[object], packet: bytes) -> None:
    assert packets.from_page(json.dumps(message)) == packet


@pytest.mark.parametrize(
    "message",
    ["", "{", "1", "null", "[]", '["stdin"]', '["resize"]', '["resize", 1]', '["resize", {"width": "x", "height": 1}]', "[" * 100_000, "{}",
     '["resize", {"width": null, "height": 1}]', '["resize", {"width": Infinity, "height": 1}]'],
)  # fmt: skip
def test_what_no_page_says_is_an_error_and_no_packet(message: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which words it has is nobody's business
        packets.from_page(message)


@pytest.mark.parametrize(("asked", "given"), [((1, 1), (10, 4)), ((10**9, 10**9), (600, 300)), (("120", "36"), (120, 36))])
def test_a_page_is_a_window_and_no_way_to_use_up_memory(asked: tuple[object, object], given: tuple[int, int]) -> None:
    assert packets.size(*asked) == given


async def test_packets_are_read_one_after_the_other_and_a_cut_one_is_the_end() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(packets.data(b"abc") + packets.meta(type="exit") + packets.data(b"cut")[:-1])
    stream.feed_eof()

    assert await packets.read(stream) == (packets.DATA, b"abc")
    assert await packets.read(stream) == (packets.META, b'{"type": "exit"}')
    with pytest.raises(asyncio.IncompleteReadError):
        await packets.read(stream)
