"""Whole screens: what stands on them and which keys they hear; they compute nothing."""
