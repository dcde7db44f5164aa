"""Many requests at once to a web server, from a process of its own."""

import multiprocessing
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection

REQUESTS = int(os.environ.get("REQUESTS", 8))
WORK = int(os.environ.get("WORK", 100_000))


def answer():
    """What the server does for each request: wait for a database, then compute a little."""
    time.sleep(0.15)
    return compute()


def compute():
    return str(sum(value * value for value in range(WORK))).encode()


def request(port):
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")
    body = connection.getresponse().read()
    connection.close()
    return body


def send_all(port, done):
    with ThreadPoolExecutor(REQUESTS) as pool:
        answers = set(pool.map(request, [port] * REQUESTS))
    print(f"answers: {REQUESTS}, of {len(answers)} kind")
    done.set()


@contextmanager
def under_load(port):
    """Start the requests; gives what is set when all are answered."""
    done = multiprocessing.Event()
    clients = multiprocessing.Process(target=send_all, args=(port, done), name="clients")
    clients.start()
    yield done
    clients.join()
