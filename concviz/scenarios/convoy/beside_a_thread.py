"""A thread asks a server, another one computes: after each answer the client has to wait until the other gives the GIL up."""

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


def compute(done):
    while not done.is_set():
        sum(range(1000))


if __name__ == "__main__":
    with echoing() as address:
        done = threading.Event()
        computer = threading.Thread(target=compute, args=(done,), name="computer")
        client = threading.Thread(target=ask, args=(address,), name="client")
        computer.start()
        client.start()
        client.join()
        done.set()
        computer.join()
