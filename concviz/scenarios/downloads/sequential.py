"""Downloads, one after another: nearly all of the time is waiting."""

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


with serving() as address:
    for number in range(DOWNLOADS):
        download(address, number)
