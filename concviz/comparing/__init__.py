"""One function over one list of inputs, run by every model: as real scripts, bare and watched, in shuffled rounds.

What comes out is figures with intervals, and what follows from them. Nothing here knows a screen.
"""
