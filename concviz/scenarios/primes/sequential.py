"""Count primes in four parts, one after another."""

import os

LIMIT = int(os.environ.get("LIMIT", 500_000))
PARTS = int(os.environ.get("PARTS", 4))


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def count(part):
    numbers = range(part * LIMIT // PARTS, (part + 1) * LIMIT // PARTS)
    found = sum(map(is_prime, numbers))
    print(f"part {part}: {found} primes")


for part in range(PARTS):
    count(part)
