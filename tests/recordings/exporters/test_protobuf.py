"""Bytes as Protocol Buffers have them, from columns as from single values."""

from __future__ import annotations

import numpy as np

from concviz.recordings.exporters.protobuf import fixed64, joined, message, number, one


def test_a_single_field_has_the_bytes_that_the_format_says() -> None:
    assert one(1, 150).hex() == "089601"
    assert one(2, "testing").hex() == "120774657374696e67"
    assert one(3, one(1, 150)).hex() == "1a03089601"


def test_columns_are_messages_with_equally_wide_numbers() -> None:
    assert joined(message(1, [number(2, np.array([1, 300]))])).hex(" ") == "0a 03 10 81 00 0a 03 10 ac 02"


def test_a_masked_field_is_not_there_and_not_counted() -> None:
    rows = message(1, [number(2, np.array([1, 1])), fixed64(3, np.array([9, 9]), np.array([False, True]))])

    assert joined(rows).hex(" ") == "0a 02 10 01 0a 0b 10 01 19 09 00 00 00 00 00 00 00"


def test_a_batch_of_none_has_no_bytes() -> None:
    assert joined(message(1, [number(2, np.array([], dtype=np.int64))])) == b""
