"""An aiohttp server and its clients, in one event loop."""

import asyncio

from aiohttp import ClientSession, web

REQUESTS, CLIENTS = 200, 10


async def hello(request):
    await asyncio.sleep(0)
    return web.Response(text=f"hello {request.match_info['name']}")


async def client(session, url, share):
    return [await (await session.get(f"{url}/{n}")).text() for n in range(share)]


async def main():
    app = web.Application()
    app.add_routes([web.get("/{name}", hello)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = "http://{}:{}".format(*runner.addresses[0])
    async with ClientSession() as session:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(client(session, url, REQUESTS // CLIENTS), name=f"client {n}") for n in range(CLIENTS)]
    await runner.cleanup()
    print(sum(len(task.result()) for task in tasks), tasks[0].result()[:3])


asyncio.run(main())
