"""Three philosophers: each takes the fork on the left, then the one on the right."""

import threading

SEATS = 3
forks = []


def eat(seat):
    with forks[seat]:
        with forks[(seat + 1) % SEATS]:
            pass


def main():
    forks[:] = [threading.Lock() for _ in range(SEATS)]
    threads = [threading.Thread(target=eat, args=(seat,)) for seat in range(SEATS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
