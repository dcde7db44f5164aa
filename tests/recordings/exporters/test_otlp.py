"""OpenTelemetry spans, held against what the protocol wants of its JSON."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

from concviz.recordings.exporters import otlp
from tests.builders import ns, timeline
from tests.recordings.exporters.scenes import HAND_OVER

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline


def written(*timelines: Timeline) -> bytes:
    out = io.BytesIO()
    otlp.write("by hand", timelines, out)
    return out.getvalue()


def spans(data: bytes) -> list[dict[str, Any]]:
    return [span for group in json.loads(data)["resourceSpans"] for scope in group["scopeSpans"] for span in scope["spans"]]


def test_ids_are_hex_of_the_right_length_and_every_parent_and_link_is_there() -> None:
    found = spans(written(timeline(*HAND_OVER, ended=21), timeline(*HAND_OVER, ended=21)))

    ids = {span["spanId"] for span in found}
    assert len(ids) == len(found)
    assert all(re.fullmatch("[0-9a-f]{16}", ident) for ident in ids)
    assert {len(span["traceId"]) for span in found} == {32}
    assert {span["parentSpanId"] for span in found if "parentSpanId" in span} <= ids
    assert {link["spanId"] for span in found for link in span.get("links", [])} <= ids
    assert sum(len(span.get("links", [])) for span in found) == 8


def test_a_worker_is_a_span_below_its_maker_and_what_it_did_lies_below_it() -> None:
    found = spans(written(timeline(*HAND_OVER, ended=21)))

    by_id = {span["spanId"]: span for span in found}
    life = next(span for span in found if span["name"] == "T-2")
    below = [span for span in found if span.get("parentSpanId") == life["spanId"]]
    assert by_id[life["parentSpanId"]]["name"] == "main"
    assert [(span["name"], int(span["startTimeUnixNano"]) - ns(0)) for span in below] == [
        ("ready", 1_500_000),
        ("running", 2_500_000),
        ("waiting for a lock: lock", 3_500_000),
        ("running", 8_250_000),
    ]
    assert all(int(life["startTimeUnixNano"]) <= int(span["startTimeUnixNano"]) for span in below)
    assert all(int(span["endTimeUnixNano"]) <= int(life["endTimeUnixNano"]) for span in below)


def test_who_failed_has_a_status_that_says_so_and_the_words() -> None:
    found = {span["name"]: span for span in spans(written(timeline(*HAND_OVER, ended=21)))}

    assert found["T-2"]["status"] == {"code": 2}
    assert found["T-2"]["events"][0]["name"] == "failed"
    assert "status" not in found["T1"]


def test_the_same_recording_gives_the_same_bytes() -> None:
    assert written(timeline(*HAND_OVER, ended=21)) == written(timeline(*HAND_OVER, ended=21))


def test_numbers_of_64_bits_are_strings_as_the_protocol_wants() -> None:
    found = spans(written(timeline(*HAND_OVER, ended=21)))

    numbers = [each["value"]["intValue"] for span in found for each in span.get("attributes", []) if "intValue" in each["value"]]
    assert numbers
    assert all(isinstance(number, str) for number in numbers)
