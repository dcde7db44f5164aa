"""A crawler with threads: a queue holds the pages to fetch, and a lock guards what was seen."""

import os
import queue
import threading
from http.client import HTTPConnection

from website import links, online

WORKERS = int(os.environ.get("WORKERS", 4))

seen = {0}
guard = threading.Lock()
to_do = queue.Queue()
to_do.put(0)


def fetch(address, page):
    connection = HTTPConnection(*address)
    connection.request("GET", f"/{page}")
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def crawl(address):
    while True:
        page = to_do.get()
        text = fetch(address, page)
        with guard:
            found = set(links(text)) - seen
            seen.update(found)
        print(f"page {page} has {len(found)} new links")
        for link in found:
            to_do.put(link)
        to_do.task_done()


with online() as address:
    for number in range(WORKERS):
        threading.Thread(target=crawl, args=(address,), name=f"crawler {number}", daemon=True).start()
    to_do.join()

print(f"pages {len(seen)}")
