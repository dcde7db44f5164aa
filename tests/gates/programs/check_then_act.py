"""Whoever finds no entry makes one: two may find none."""

import threading


def main():
    cache, made = {}, []

    def look_up(key):
        if key not in cache:
            made.append(key)
            cache[key] = len(made)

    threads = [threading.Thread(target=look_up, args=("a",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["a"], made


if __name__ == "__main__":
    main()
