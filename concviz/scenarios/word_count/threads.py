"""Count words, a thread for each part."""

from concurrent.futures import ThreadPoolExecutor

from text import PARTS, count, parts, tell

with ThreadPoolExecutor(PARTS, thread_name_prefix="map") as pool:
    counters = pool.map(count, parts())
    tell(counters)
