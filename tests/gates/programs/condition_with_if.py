"""A consumer does not look again after it was woken, and takes what is there."""

import threading


class Store:
    def __init__(self):
        self.changed = threading.Condition()
        self.items = []

    def take(self):
        with self.changed:
            if not self.items:
                self.changed.wait()
            return self.items.pop()

    def give(self, item):
        with self.changed:
            self.items.append(item)
            self.changed.notify_all()


def main():
    store = Store()
    threads = [threading.Thread(target=store.take) for _ in range(2)]
    threads.append(threading.Thread(target=lambda: [store.give(number) for number in range(2)]))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
