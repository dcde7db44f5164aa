"""A long text, and how its words are counted."""

import os
import random
from collections import Counter

WORDS = int(os.environ.get("WORDS", 1_000_000))
PARTS = 4


def parts():
    """The text, in parts."""
    dice = random.Random(1)
    lexicon = [f"{first}{second}{third}" for first in "bdfgk" for second in "aeiou" for third in "lmnrst"]
    words = dice.choices(lexicon, range(1, len(lexicon) + 1), k=WORDS // 20) * 20
    return [" ".join(words[part::PARTS]) for part in range(PARTS)]


def count(part):
    """How often each word is in a part of the text."""
    counter = Counter()
    for word in part.split():
        counter[word.strip(".,;").lower()] += 1
    return counter


def tell(counters):
    """Add the counts up, and print the words that are most frequent."""
    total = sum(counters, Counter())
    print("words", total.total(), "of which", ", ".join(word for word, _ in total.most_common(3)))
