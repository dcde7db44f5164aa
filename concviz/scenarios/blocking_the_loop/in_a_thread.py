"""What cannot be awaited goes into a thread: the loop stays free."""

import asyncio
import os
import time

BLOCK = int(os.environ.get("BLOCK_MS", 1000)) / 1000  # seconds


async def heartbeat():
    while True:
        print("tick")
        await asyncio.sleep(0.1)


async def main():
    beating = asyncio.create_task(heartbeat())
    await asyncio.sleep(0.35)
    await asyncio.to_thread(time.sleep, BLOCK)
    await asyncio.sleep(0.35)
    beating.cancel()


asyncio.run(main())
