"""Count words, part after part."""

from text import count, parts, tell

counters = [count(part) for part in parts()]
tell(counters)
