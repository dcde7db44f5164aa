"""A web server: a thread for each request."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from load import answer, start_clients


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = answer()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
    clients = start_clients(server.server_port)
    threading.Thread(target=server.serve_forever, args=(0.05,), name="server").start()
    clients.wait()
    server.shutdown()
