"""Complete programs to watch, side by side, each folder with its lesson. `ORDER` is how the library shows them."""

ORDER = ("three_models",)
"""The built-in folders. Chapters stand in the order of their first scenario."""
