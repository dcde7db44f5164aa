"""A program under control: real threads and asyncio tasks that stand still at each scheduling point until they are told to go.

Runs in the watched process, standard library only. `run.py` runs a target once; `choice.py` is what it shares with those that choose.
"""
