"""What a timeline means, in words: one check a file, each a function of the timeline alone."""

CHECKS: tuple[str, ...] = ()
"""The files with a check, in the order in which findings of equal weight are listed."""
