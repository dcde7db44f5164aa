"""20,000 items from one task to another through a queue of eight places."""

import asyncio
import os
import time
from pathlib import Path

ITEMS = 20_000


async def produce(queue: asyncio.Queue[int]) -> None:
    for item in range(ITEMS):
        await queue.put(item)


async def consume(queue: asyncio.Queue[int]) -> None:
    for _ in range(ITEMS):
        await queue.get()


async def main() -> float:
    queue: asyncio.Queue[int] = asyncio.Queue(8)
    begin = time.perf_counter()
    await asyncio.gather(produce(queue), consume(queue))
    return time.perf_counter() - begin


Path(os.environ["RESULT"]).write_text(str(asyncio.run(main())))
