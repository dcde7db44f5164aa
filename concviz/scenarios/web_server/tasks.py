"""A web server: a task for each request."""

import asyncio

from load import compute, start_clients


async def handle(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.sleep(0.15)
    writer.write(b"HTTP/1.0 200 OK\r\n\r\n" + compute())
    await writer.drain()
    writer.close()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        clients = start_clients(server.sockets[0].getsockname()[1])
        await asyncio.to_thread(clients.wait)


asyncio.run(main())
