"""Cancelled, but it catches everything: the cancellation is lost, and the task goes on."""

import asyncio


async def work():
    try:
        print("begun")
        await asyncio.sleep(2)
    except BaseException:
        print("whatever that was")
    await asyncio.sleep(0.8)
    print("finished")


async def main():
    worker = asyncio.create_task(work(), name="worker")
    await asyncio.sleep(0.5)
    worker.cancel()
    await asyncio.wait([worker])
    print("cancelled:", worker.cancelled())


asyncio.run(main())
