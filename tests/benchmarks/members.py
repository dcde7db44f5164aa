"""The list of benchmarks. To add one, add a line."""

from __future__ import annotations

from tests.benchmarks import (
    comparing,
    drawing,
    drops,
    exploring,
    exports,
    filming,
    frames,
    ratios,
    ready,
    ring,
    sampling,
    screen,
    stepping,
    timeline,
)
from tests.benchmarks.figure import Benchmark

BENCHMARKS = (
    Benchmark("one event into the ring", ring.measure),
    Benchmark("uncontended lock", ratios.uncontended_lock),
    Benchmark("contended lock", ratios.contended_lock),
    Benchmark("asyncio tasks", ratios.tasks),
    Benchmark("asyncio queue", ratios.queue),
    Benchmark("aiohttp server", ratios.server),
    Benchmark("CPU loop, lines off", ratios.loop),
    Benchmark("CPU loop, lines on", ratios.loop_with_lines),
    Benchmark("drops", drops.measure),
    Benchmark("ready", ready.measure),
    Benchmark("first screen", screen.measure, under_each=False),
    Benchmark("timeline", timeline.measure, under_each=False),
    Benchmark("drawing", drawing.measure, under_each=False),
    Benchmark("exports", exports.measure, under_each=False),
    Benchmark("films", exports.measure_film, under_each=False),
    Benchmark("filming", filming.measure, under_each=False),
    Benchmark("run screen", frames.measure, under_each=False),
    Benchmark("stepping", stepping.measure),
    Benchmark("GIL's holder", sampling.holder),
    Benchmark("sampling, counts and costs", sampling.counts),
    Benchmark("sampling, effect", sampling.effect),
    Benchmark("sampling, accounts", sampling.accounts),
    Benchmark("comparing", comparing.measure),
    Benchmark("exploring", exploring.measure, under_each=False),
)
