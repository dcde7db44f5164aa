"""Tasks print letters on one printer: they need a lock where they await in the middle of what belongs together."""

import asyncio
import os

LETTERS = int(os.environ.get("LETTERS", 3))


async def write(name, printer):
    for letter in range(LETTERS):
        await asyncio.sleep(0.05)
        async with printer:
            await asyncio.sleep(0.1)
            print(f"{name} has printed letter {letter}")


async def main():
    printer = asyncio.Lock()
    writers = [asyncio.create_task(write(name, printer), name=name) for name in ("Anna", "Ben", "Carl")]
    await asyncio.gather(*writers)


asyncio.run(main())
