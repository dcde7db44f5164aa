"""Runs as files: written as they happen, read back by the one path that live and replay share."""
