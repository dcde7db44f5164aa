"""An aiohttp server that says hello, and clients in a process of their own; the server's process is the one that is measured.

It writes the seconds that the clients took, and its own CPU seconds.
"""

import asyncio
import os
import sys
import time
from pathlib import Path

REQUESTS, CONNECTIONS = 6_000, 8
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def serve() -> str:
    from aiohttp import web  # where it is absent, this is not run

    async def hello(_: web.Request) -> web.Response:
        return web.Response(text="hello, world")

    app = web.Application()
    app.add_routes([web.get("/", hello)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port, begin = runner.addresses[0][1], time.process_time()
    clients = await asyncio.create_subprocess_exec(sys.executable, __file__, str(port), stdout=asyncio.subprocess.PIPE)
    words, _ = await clients.communicate()
    spent = time.process_time() - begin
    await runner.cleanup()
    return f"{float(words)} {spent}"


async def client(port: int, requests: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(requests):
        writer.write(REQUEST)
        await reader.readuntil(b"hello, world")
    writer.close()


async def ask(port: int) -> float:
    await client(port, REQUESTS // 10)
    begin = time.perf_counter()
    await asyncio.gather(*(client(port, REQUESTS // CONNECTIONS) for _ in range(CONNECTIONS)))
    return time.perf_counter() - begin


if sys.argv[1:]:
    print(asyncio.run(ask(int(sys.argv[1]))))
else:
    Path(os.environ["RESULT"]).write_text(asyncio.run(serve()))
