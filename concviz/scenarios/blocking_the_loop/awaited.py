"""The same with await: the loop lets the heartbeat go on."""

import asyncio
import os

BLOCK = int(os.environ.get("BLOCK_MS", 1000)) / 1000  # seconds


async def heartbeat():
    while True:
        print("tick")
        await asyncio.sleep(0.1)


async def main():
    beating = asyncio.create_task(heartbeat())
    await asyncio.sleep(0.35)
    await asyncio.sleep(BLOCK)
    await asyncio.sleep(0.35)
    beating.cancel()


asyncio.run(main())
