"""Downloads, a process each: they too wait at the same time, but cost more to start."""

import multiprocessing
import os
from http.client import HTTPConnection

from server import serving

DOWNLOADS = int(os.environ.get("DOWNLOADS", 6))


def download(address, number):
    connection = HTTPConnection(*address)
    connection.request("GET", f"/{number}")
    body = connection.getresponse().read()
    connection.close()
    print(f"file {number}: {len(body)} bytes")


if __name__ == "__main__":
    with serving() as address:
        processes = [multiprocessing.Process(target=download, args=(address, number)) for number in range(DOWNLOADS)]

        for process in processes:
            process.start()

        for process in processes:
            process.join()
