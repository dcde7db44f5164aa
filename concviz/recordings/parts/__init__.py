"""A part of a run as a recording that stands alone: what must be known at its beginning, and which parts there are."""
