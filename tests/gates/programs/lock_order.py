"""Two threads take the same two locks, each in its own order."""

import threading


def move(first, second):
    with first:
        with second:
            pass


def main():
    a, b = threading.Lock(), threading.Lock()
    threads = [threading.Thread(target=move, args=(a, b)), threading.Thread(target=move, args=(b, a))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
