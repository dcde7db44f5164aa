"""Flask's development server, with a thread for each request, ended by Ctrl-C."""

import logging
import os
import signal
import socket
import threading
import urllib.request

from flask import Flask

app = Flask(__name__)
logging.getLogger("werkzeug").setLevel(logging.ERROR)
port = 0
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]


@app.get("/<int:number>")
def page(number):
    return f"page {number}"


def visit():
    while True:
        try:
            found = [urllib.request.urlopen(f"http://127.0.0.1:{port}/{n}").read().decode() for n in range(5)]
            break
        except OSError:
            continue
    print(found, flush=True)
    os.kill(os.getpid(), signal.SIGINT)


threading.Thread(target=visit, name="visitor").start()
app.run(port=port, threaded=True)
