"""Small messages: the pipe takes them all, and the sender is done long before they are read."""

import multiprocessing
import os
import time

MESSAGES = int(os.environ.get("MESSAGES", 8))
BYTES = 1_000


def send(sender):
    for _ in range(MESSAGES):
        sender.send_bytes(bytes(BYTES))
    print("all are sent", flush=True)
    sender.close()


def receive(receiver):
    for _ in range(MESSAGES):
        time.sleep(0.15)
        receiver.recv_bytes()
    print("all are received")


if __name__ == "__main__":
    receiver, sender = multiprocessing.Pipe(duplex=False)
    processes = [
        multiprocessing.Process(target=send, args=(sender,), name="sender"),
        multiprocessing.Process(target=receive, args=(receiver,), name="receiver"),
    ]

    for process in processes:
        process.start()

    for process in processes:
        process.join()
