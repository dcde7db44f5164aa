"""A permit is not given back when the work fails: the next one waits for ever."""

import threading


def main():
    permits = threading.Semaphore(1)
    seen = []

    def work():
        permits.acquire()
        try:
            if seen:
                raise ValueError("seen before")
            seen.append(1)
            permits.release()
        except ValueError:
            pass

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
