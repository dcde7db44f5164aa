"""Tasks that nobody waits for: when main is done, asyncio.run cancels what still runs."""

import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    print(f"{dish} is ready", flush=True)
    return dish


async def main():
    soup = asyncio.create_task(cook("soup", 0.9), name="soup")
    salad = asyncio.create_task(cook("salad", 0.3), name="salad")
    bread = asyncio.create_task(cook("bread", 0.6), name="bread")
    await salad
    print("served:", ", ".join(dish.result() for dish in (soup, salad, bread) if dish.done()))


asyncio.run(main())
