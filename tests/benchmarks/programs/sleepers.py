"""Four threads sleep for a second."""

import threading
import time

threads = [threading.Thread(target=time.sleep, args=(1,), name=f"S{number}") for number in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
