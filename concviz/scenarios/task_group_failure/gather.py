"""gather: when one of its tasks fails, the others go on, as long as the loop lives."""

import asyncio


async def work(name, seconds):
    await asyncio.sleep(seconds)
    if name == "bad":
        raise ValueError("this one fails")
    print(f"{name} is done")


async def main():
    try:
        await asyncio.gather(work("quick", 0.2), work("bad", 0.5), work("slow", 1.2))
    except ValueError as failure:
        print(f"failed: {failure}")
    await asyncio.sleep(1)  # the slow one is still at it


asyncio.run(main())
