"""Passwords are hashed, one after another."""

import hashlib
import os

HASHES = int(os.environ.get("HASHES", 4))
ROUNDS = int(os.environ.get("ROUNDS", 300_000))


def hash_password(number):
    digest = hashlib.pbkdf2_hmac("sha256", b"password", bytes([number]), ROUNDS)
    print(f"hash {number} has {len(digest)} bytes")


for number in range(HASHES):
    hash_password(number)
