"""A small web server on this machine, in a process of its own: each answer takes its time, and many can be under way."""

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

DELAY = int(os.environ.get("DELAY_MS", 300)) / 1000  # seconds that an answer takes


@contextmanager
def serving():
    """Start the server; gives its host and port."""
    with subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        yield "127.0.0.1", int(server.stdout.readline())


def main():
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self):
            time.sleep(DELAY)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"This is file {self.path}\n".encode() * 100)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()  # until the program that started it is done, or gone


if __name__ == "__main__":
    main()
