"""Downloads, a task each: one thread waits for all of them at once."""

import asyncio
import os

from server import serving

DOWNLOADS = int(os.environ.get("DOWNLOADS", 6))


async def download(address, number):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(f"GET /{number} HTTP/1.0\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    body = answer.partition(b"\r\n\r\n")[2]
    print(f"file {number}: {len(body)} bytes")


async def main(address):
    await asyncio.gather(*[download(address, number) for number in range(DOWNLOADS)])


with serving() as address:
    asyncio.run(main(address))
