"""A thread asks a server again and again: alone, it gets answer after answer at once."""

import os
import socket
import threading
import time

from echo import echoing

QUESTIONS = int(os.environ.get("QUESTIONS", 100))


def ask(address):
    start = time.perf_counter()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        for _ in range(QUESTIONS):
            client.sendto(b"question", address)
            client.recv(100)
    print(f"questions {QUESTIONS}: {time.perf_counter() - start:.2f} s", flush=True)


if __name__ == "__main__":
    with echoing() as address:
        client = threading.Thread(target=ask, args=(address,), name="client")
        client.start()
        client.join()
