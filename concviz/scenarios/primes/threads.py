"""Count primes, a thread for each part: with a GIL only one of them can compute at a time."""

import os
import threading

LIMIT = int(os.environ.get("LIMIT", 500_000))
PARTS = int(os.environ.get("PARTS", 4))


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def count(part):
    numbers = range(part * LIMIT // PARTS, (part + 1) * LIMIT // PARTS)
    found = sum(map(is_prime, numbers))
    print(f"part {part}: {found} primes")


threads = [threading.Thread(target=count, args=(part,)) for part in range(PARTS)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()
