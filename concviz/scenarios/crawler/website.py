"""A small web site on this machine, in a process of its own: each page takes its time and links to two others."""

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

PAGES = int(os.environ.get("PAGES", 15))
DELAY = int(os.environ.get("DELAY_MS", 150)) / 1000  # seconds that a page takes


@contextmanager
def online():
    """Start the site; gives its host and port."""
    with subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        yield "127.0.0.1", int(server.stdout.readline())


def links(text):
    """The pages that a page links to."""
    return [int(word) for word in text.split() if word.isdigit()]


def main():
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            time.sleep(DELAY)
            number = int(self.path.strip("/"))
            found = [str(link) for link in (0, 2 * number + 1, 2 * number + 2) if link < PAGES]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"See also {' '.join(found)}\n".encode())

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()  # until the program that started it is done, or gone


if __name__ == "__main__":
    main()
