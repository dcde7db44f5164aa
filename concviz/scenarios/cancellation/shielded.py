"""Cancelled, but what it awaits is shielded: that goes on, and is awaited before the end."""

import asyncio


async def save():
    await asyncio.sleep(1)
    print("saved")


async def work(saving):
    print("begun")
    await asyncio.shield(saving)
    print("finished")


async def main():
    saving = asyncio.create_task(save(), name="save")
    worker = asyncio.create_task(work(saving), name="worker")
    await asyncio.sleep(0.5)
    worker.cancel()
    await asyncio.wait([worker, saving])
    print("cancelled:", worker.cancelled())


asyncio.run(main())
