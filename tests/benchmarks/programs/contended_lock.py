"""Eight threads, 50,000 times each, an empty section under one lock."""

import os
import threading
import time
from pathlib import Path

lock = threading.Lock()
together = threading.Barrier(9)


def work() -> None:
    together.wait()
    for _ in range(50_000):
        with lock:
            pass


threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
together.wait()
begin = time.perf_counter()
for thread in threads:
    thread.join()
Path(os.environ["RESULT"]).write_text(str(time.perf_counter() - begin))
