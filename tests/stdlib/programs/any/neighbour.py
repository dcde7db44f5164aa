"""Imported by facts.py."""
