"""The one who closes a queue does not wait for those who still put: a late one finds it closed."""

import queue
import threading


class Closed(Exception):
    pass


class Mailbox:
    def __init__(self):
        self.items = queue.Queue()
        self.closed = False

    def put(self, item):
        if self.closed:
            raise Closed(item)
        self.items.put(item)

    def close(self):
        self.closed = True
        self.items.put(None)


def main():
    mailbox, got = Mailbox(), []

    def consume():
        while (item := mailbox.items.get()) is not None:
            got.append(item)

    consumer = threading.Thread(target=consume)
    producers = [threading.Thread(target=mailbox.put, args=(number,)) for number in (1, 2)]
    for thread in (consumer, *producers):
        thread.start()
    producers[0].join()
    mailbox.close()
    for thread in (consumer, *producers):
        thread.join()
    assert sorted(got) == [1, 2], got


if __name__ == "__main__":
    main()
