"""Count words, a process for each part: map sends each a part of the text, and the counts come back to be reduced to one."""

from concurrent.futures import ProcessPoolExecutor

from text import PARTS, count, parts, tell

if __name__ == "__main__":
    with ProcessPoolExecutor(PARTS) as pool:
        counters = pool.map(count, parts())
        tell(counters)
