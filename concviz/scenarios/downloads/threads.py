"""Downloads, a thread each: while one waits for the network, the others go on."""

import os
import threading
from http.client import HTTPConnection

from server import serving

DOWNLOADS = int(os.environ.get("DOWNLOADS", 6))


def download(address, number):
    connection = HTTPConnection(*address)
    connection.request("GET", f"/{number}")
    body = connection.getresponse().read()
    connection.close()
    print(f"file {number}: {len(body)} bytes")


with serving() as address:
    threads = [threading.Thread(target=download, args=(address, number)) for number in range(DOWNLOADS)]

    for thread in threads:
        thread.start()

    for thread in threads:
        thread.join()
