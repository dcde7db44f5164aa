"""anyio, on both of its back ends."""

import anyio


async def child(number):
    await anyio.sleep(0.005 * number)


async def main():
    async with anyio.create_task_group() as group:
        for number in range(3):
            group.start_soon(child, number)
    print(await anyio.to_thread.run_sync(lambda: "in a thread"))


for backend in ("asyncio", "trio"):
    anyio.run(main, backend=backend)
