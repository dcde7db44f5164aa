"""A person as the scheduler: a program that stands still before each of its steps until it is granted one. To go back is to run it again.

`host` runs in the program's own process, with `messages` as all that it shares with us; everything else is on our side of the pipe.
"""
