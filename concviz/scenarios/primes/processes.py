"""Count primes, a process for each part: each has a GIL of its own, so they use as many cores as there are."""

import multiprocessing
import os

LIMIT = int(os.environ.get("LIMIT", 500_000))
PARTS = int(os.environ.get("PARTS", 4))


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def count(part):
    numbers = range(part * LIMIT // PARTS, (part + 1) * LIMIT // PARTS)
    found = sum(map(is_prime, numbers))
    print(f"part {part}: {found} primes")


if __name__ == "__main__":
    processes = [multiprocessing.Process(target=count, args=(part,)) for part in range(PARTS)]

    for process in processes:
        process.start()

    for process in processes:
        process.join()
