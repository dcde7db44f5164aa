"""gather: waits for all of them, and gives their results in the order in which they were named."""

import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    print(f"{dish} is ready", flush=True)
    return dish


async def main():
    dishes = await asyncio.gather(cook("soup", 0.9), cook("salad", 0.3), cook("bread", 0.6))
    print("served:", ", ".join(dishes))


asyncio.run(main())
