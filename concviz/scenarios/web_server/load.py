"""Many requests at once to a web server, from a program of its own; and what the server does for each of them."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

REQUESTS = int(os.environ.get("REQUESTS", 8))
WORK = int(os.environ.get("WORK", 100_000))


def answer():
    """Wait as for a database, then compute a little."""
    time.sleep(0.15)
    return compute()


def compute():
    return str(sum(value * value for value in range(WORK))).encode()


def start_clients(port):
    """They end when all requests are answered."""
    return subprocess.Popen([sys.executable, __file__, str(port)])


def request(port):
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")
    body = connection.getresponse().read()
    connection.close()
    return body


if __name__ == "__main__":
    with ThreadPoolExecutor(REQUESTS) as pool:
        answers = set(pool.map(request, [int(sys.argv[1])] * REQUESTS))
    print(f"answers: {REQUESTS}, of {len(answers)} kind")
