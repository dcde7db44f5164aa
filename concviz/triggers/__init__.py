"""What makes the seconds around it worth keeping: a small language, what it measures, and the windows that are kept."""
