"""A program that waits in every way, one way in one thread after another, beside one that never lets the GIL go.

Each thread tells what the kernel says that it used of cores, and waited for them.
"""

from __future__ import annotations

SOURCE = """
import hashlib, os, queue, socket, subprocess, threading, time, zlib

WAIT = 0.3

def spin():
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        pass

def keeps_gil():
    numbers = list(range(300_000))
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        sorted(numbers)

def zlib_compress(data=os.urandom(1 << 20) * 12):
    zlib.compress(data)

def hashlib_sha256(data=bytes(120 << 20)):
    hashlib.sha256(data)

def sleep():
    time.sleep(WAIT)

def later(action):
    threading.Timer(WAIT, action).start()

def lock():
    held = threading.Lock()
    held.acquire()
    later(held.release)
    with held:
        pass

def queue_get():
    items = queue.Queue()
    later(lambda: items.put(1))
    items.get()

def pipe_read():
    reading, writing = os.pipe()
    later(lambda: os.write(writing, b"x"))
    os.read(reading, 1)

def socket_read():
    ours, theirs = socket.socketpair()
    later(lambda: theirs.send(b"x"))
    os.read(ours.fileno(), 1)

def subprocess_wait():
    subprocess.Popen(["sleep", str(WAIT)]).wait()

def told(kind):
    kind()
    with open(f"/proc/self/task/{threading.get_native_id()}/schedstat") as file:
        used, queued, _ = file.read().split()
    print(kind.__name__, used, queued, flush=True)

def never_lets_go():
    while not over:
        pass

over = []
other = threading.Thread(target=never_lets_go)
other.start()
for kind in (spin, keeps_gil, zlib_compress, hashlib_sha256, sleep, lock, queue_get, pipe_read, socket_read, subprocess_wait):
    thread = threading.Thread(target=told, args=(kind,), name=kind.__name__)
    thread.start()
    thread.join()
over.append(True)
other.join()
"""
