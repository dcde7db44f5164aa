"""Two players, a process each: a pipe carries the ball."""

import multiprocessing
import os
import time

ROUNDS = int(os.environ.get("ROUNDS", 5))


def ping(table):
    for _ in range(ROUNDS):
        print("ping", flush=True)
        time.sleep(0.1)
        table.send("ball")
        table.recv()


def pong(table):
    for _ in range(ROUNDS):
        table.recv()
        print("pong", flush=True)
        time.sleep(0.1)
        table.send("ball")


if __name__ == "__main__":
    left, right = multiprocessing.Pipe()
    players = [multiprocessing.Process(target=ping, args=(left,)), multiprocessing.Process(target=pong, args=(right,))]

    for player in players:
        player.start()

    for player in players:
        player.join()
