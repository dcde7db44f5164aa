"""Two players take turns: a condition tells each when it is its turn."""

import os
import threading
import time

ROUNDS = int(os.environ.get("ROUNDS", 5))

turn = "ping"
changed = threading.Condition()


def play(me, other):
    global turn
    for _ in range(ROUNDS):
        with changed:
            changed.wait_for(lambda: turn == me)
        print(me)
        time.sleep(0.1)
        with changed:
            turn = other
            changed.notify()


ping = threading.Thread(target=play, args=("ping", "pong"))
pong = threading.Thread(target=play, args=("pong", "ping"))

ping.start()
pong.start()

ping.join()
pong.join()
