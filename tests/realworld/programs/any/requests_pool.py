"""requests in a ThreadPoolExecutor, against http.server in a thread."""

import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True, name="server").start()
with ThreadPoolExecutor(4) as pool:
    print(list(pool.map(lambda n: requests.get(f"http://127.0.0.1:{server.server_port}/{n}", timeout=30).text, range(20))))
server.shutdown()
