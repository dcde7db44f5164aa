"""os.exec: the process becomes another program, here and in a child."""

import os
import sys

if len(sys.argv) < 3:
    print("before:", sys.argv, flush=True)
    if os.fork() == 0:
        os.execvp("echo", ["echo", "child: echoes"])
    print("waited:", os.wait()[1], flush=True)
    os.execv(sys.executable, [sys.executable, __file__, "once", "more"])
print("after:", sys.argv, flush=True)  # watched, it is written at once, as in a terminal; bare, exec would lose it
os.execvp("sh", ["sh", "-c", "echo shell: ends; exit 5"])
