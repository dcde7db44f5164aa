"""concviz shows threads, processes and asyncio tasks side by side, live, from real workers."""

__version__ = "0.1.0"
