"""OpenTelemetry spans, read back with the protocol's own classes."""

from __future__ import annotations

import base64
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from concviz.recordings.exporters import otlp
from tests.builders import lane, ns, timeline
from tests.recordings.exporters.scenes import HAND_OVER

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline

IDS = ("traceId", "spanId", "parentSpanId")
"""Bytes, which OTLP writes as hex, unlike all other Protocol Buffers in JSON."""


def read(*timelines: Timeline) -> Any:
    """An ExportTraceServiceRequest; the parser refuses fields and values that it does not know."""
    why = "opentelemetry-proto is not installed"
    service = pytest.importorskip("opentelemetry.proto.collector.trace.v1.trace_service_pb2", reason=why)
    parser = pytest.importorskip("google.protobuf.json_format", reason=why)
    out = io.BytesIO()
    otlp.write("by hand", timelines, out)
    told = json.loads(out.getvalue(), object_hook=_in_base64)
    return parser.ParseDict(told, service.ExportTraceServiceRequest())


def _in_base64(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: base64.b64encode(bytes.fromhex(value)).decode() if name in IDS else value for name, value in fields.items()}


def test_spans_ids_times_and_links_are_what_the_protocol_says() -> None:
    found = read(timeline(*HAND_OVER, ended=21))

    spans = [span for group in found.resource_spans for scope in group.scope_spans for span in scope.spans]
    ids = {span.span_id for span in spans}
    assert {len(span.trace_id) for span in spans} == {16}
    assert {len(ident) for ident in ids} == {8}
    assert len(ids) == len(spans)
    assert {span.parent_span_id for span in spans if span.parent_span_id} <= ids
    assert all(ns(0) <= span.start_time_unix_nano <= span.end_time_unix_nano <= ns(21) for span in spans)
    links = [link for span in spans for link in span.links]
    assert {link.span_id for link in links} <= ids
    assert links
    names = {one.key for group in found.resource_spans for one in group.resource.attributes}
    assert {"service.name", "process.pid", "concviz.clock"} <= names


def test_who_failed_has_the_protocols_own_status() -> None:
    found = read(timeline(lane("A").runs(0).fails(5, "ValueError: no"), ended=6))

    spans = [span for group in found.resource_spans for scope in group.scope_spans for span in scope.spans]
    assert [span.status.code for span in spans if not span.parent_span_id] == [2]
    assert [event.name for event in spans[0].events] == ["failed"]
