"""Blocking calls by to_thread: they share the loop's usual pool, which has four threads more than there are cores, at most 32."""

import asyncio
import os
import time

CALLS = int(os.environ.get("CALLS", 12))


def blocking_call(number):
    time.sleep(0.3)
    print(f"call {number} is back")


async def main():
    await asyncio.gather(*[asyncio.to_thread(blocking_call, number) for number in range(CALLS)])


asyncio.run(main())
