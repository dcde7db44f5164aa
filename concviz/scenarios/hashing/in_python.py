"""A checksum, written in Python, a thread each: every step needs the GIL, so the threads take turns."""

import os
import threading

HASHES = int(os.environ.get("HASHES", 4))
ROUNDS = int(os.environ.get("ROUNDS", 300_000))


def checksum(number):
    total = 1
    for _ in range(10 * ROUNDS):
        total = (total * 31 + number) % 4294967296
    print(f"checksum {number} has {len(total.to_bytes(4))} bytes")


threads = [threading.Thread(target=checksum, args=(number,)) for number in range(HASHES)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()
