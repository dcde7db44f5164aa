"""Many schedules of one program: who chooses, which are tried, what was found, and the shortest way back to it.

Nothing here runs a thread: a run under control is `concviz.gates`' work, and every chooser of this room is asked there.
"""
