"""Shared memory between the watched side and ours: files that both map. Only the standard library, for both."""
