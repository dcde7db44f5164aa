"""When its first line ran."""

import time

now = time.monotonic_ns()

import os  # noqa: E402 - after the first line

with open(os.environ["RESULT"], "w") as file:
    file.write(str(now))
