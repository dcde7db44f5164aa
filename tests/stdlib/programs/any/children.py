"""subprocess and multiprocessing, as a program uses them without knowing of anybody."""

import multiprocessing
import subprocess
import sys


def double(number):
    return 2 * number


if __name__ == "__main__":
    done = subprocess.run(
        [sys.executable, "-c", "import sys; print(sys.argv, sys.stdin.read()); sys.exit(4)", "a"],
        input="in",
        text=True,
        stdout=subprocess.PIPE,
    )
    print("run:", done.returncode, done.stdout.strip())
    print("popen:", subprocess.Popen(["true"]).wait(), subprocess.Popen(["sh", "-c", "kill -9 $$"]).wait())
    print("args:", subprocess.Popen(["true", "x"], stdout=subprocess.DEVNULL).args)
    print("missing:", end=" ")
    try:
        subprocess.run(["/no/such/program"])
    except OSError as error:
        print(type(error).__name__, error)
    try:
        subprocess.run(["sleep", "9"], timeout=0.01)
    except subprocess.TimeoutExpired as error:
        print("timeout:", error.cmd)
    for way in ("fork", "spawn"):
        with multiprocessing.get_context(way).Pool(2) as pool:
            print(f"{way}:", pool.map(double, range(4)))
