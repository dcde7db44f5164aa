"""Watched programs: each with a supervisor of its own between it and the screen, which leaves nothing behind."""
