"""uvicorn on uvloop, in a thread, under load from threads with httpx."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import uvicorn

started = threading.Event()


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        started.set()


server = Server(uvicorn.Config(app, port=0, loop="uvloop", log_level="warning"))
thread = threading.Thread(target=server.run, name="uvicorn")
thread.start()
started.wait()
port = server.servers[0].sockets[0].getsockname()[1]
with httpx.Client() as client, ThreadPoolExecutor(4) as pool:
    print(sorted(pool.map(lambda n: client.get(f"http://127.0.0.1:{port}/{n % 3}").text, range(40))))
server.should_exit = True
thread.join()
