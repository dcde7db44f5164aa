"""A chat server with a task for each guest: between two awaits it cannot be interrupted, so it needs no lock."""

import asyncio

GUESTS = ("Anna", "Ben", "Carl")

writers = []
complete = asyncio.Barrier(len(GUESTS))


async def serve(reader, writer):
    writers.append(writer)
    await complete.wait()  # nobody speaks before all are there
    async for line in reader:
        for other in writers:
            other.write(line)
    writer.close()


async def chat(name, address):
    reader, writer = await asyncio.open_connection(*address)
    await asyncio.sleep(0.2)
    writer.write(f"{name}: hello\n".encode())
    heard = [await reader.readline() for _ in GUESTS]
    print(f"{name} has heard {len(heard)} greetings")
    writer.close()
    await writer.wait_closed()


async def main():
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        address = server.sockets[0].getsockname()
        await asyncio.gather(*[asyncio.create_task(chat(name, address), name=name) for name in GUESTS])


asyncio.run(main())
