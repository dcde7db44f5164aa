"""Made once, they say: but it is looked at without the lock, and stands there before it is filled."""

import threading


class Settings:
    made = None
    lock = threading.Lock()

    @classmethod
    def get(cls):
        if cls.made is None:
            with cls.lock:
                if cls.made is None:
                    cls.made = Settings()
                    cls.made.port = 80
        return cls.made


def main():
    Settings.made = None
    ports = []
    threads = [threading.Thread(target=lambda: ports.append(getattr(Settings.get(), "port", 0))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ports == [80, 80], ports


if __name__ == "__main__":
    main()
