"""A pool of connections: a queue holds those that are free; whoever finds none waits until one is given back."""

import os
import queue
import threading
import time

REQUESTS = int(os.environ.get("REQUESTS", 8))
CONNECTIONS = int(os.environ.get("CONNECTIONS", 2))

free = queue.LifoQueue()


def ask(number):
    connection = free.get()
    try:
        time.sleep(0.25)  # the database thinks
        print(f"request {number} is answered")
    finally:
        free.put(connection)


for connection in range(CONNECTIONS):
    free.put(f"connection {connection}")

threads = [threading.Thread(target=ask, args=(number,), name=f"request {number}") for number in range(REQUESTS)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()
