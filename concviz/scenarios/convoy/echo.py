"""A small server in a process of its own: after a millisecond it sends back whatever it gets."""

import multiprocessing
import socket
import time
from contextlib import contextmanager


@contextmanager
def echoing():
    """Start the server; gives its address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        process = multiprocessing.Process(target=echo, args=(server,), name="server", daemon=True)
        process.start()
        yield server.getsockname()
        process.terminate()
        process.join()


def echo(server):
    while True:
        words, client = server.recvfrom(100)
        time.sleep(0.001)
        server.sendto(words, client)
