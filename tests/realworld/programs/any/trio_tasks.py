"""trio: a nursery, a channel, and a thread."""

import trio


async def child(number, send):
    await trio.sleep(0.005 * number)
    await send.send(number)


async def main():
    send, receive = trio.open_memory_channel(0)
    async with trio.open_nursery() as nursery:
        for number in range(3):
            nursery.start_soon(child, number, send)
        print([await receive.receive() for _ in range(3)])
    print(await trio.to_thread.run_sync(lambda: "in a thread"))


trio.run(main)
