"""Passwords are hashed, a thread each: the C code of hashlib needs no Python object, so it gives the GIL back meanwhile."""

import hashlib
import os
import threading

HASHES = int(os.environ.get("HASHES", 4))
ROUNDS = int(os.environ.get("ROUNDS", 300_000))


def hash_password(number):
    digest = hashlib.pbkdf2_hmac("sha256", b"password", bytes([number]), ROUNDS)
    print(f"hash {number} has {len(digest)} bytes")


threads = [threading.Thread(target=hash_password, args=(number,)) for number in range(HASHES)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()
