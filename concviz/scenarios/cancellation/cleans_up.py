"""Cancelled where it sleeps: CancelledError is raised there, so finally is run, and may even await."""

import asyncio


async def work():
    try:
        print("begun")
        await asyncio.sleep(2)
        print("finished")
    finally:
        await asyncio.sleep(0.3)  # as if a connection had to be closed
        print("cleaned up")


async def main():
    worker = asyncio.create_task(work(), name="worker")
    await asyncio.sleep(0.5)
    worker.cancel()
    await asyncio.wait([worker])
    print("cancelled:", worker.cancelled())


asyncio.run(main())
