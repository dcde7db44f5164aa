"""A thread waits to be notified without looking whether that has happened already."""

import threading


def main():
    ready = threading.Condition()

    def waits():
        with ready:
            ready.wait()

    def tells():
        with ready:
            ready.notify()

    threads = [threading.Thread(target=waits), threading.Thread(target=tells)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
