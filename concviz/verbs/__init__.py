"""What a person can ask for on the command line, a file each: `describe` fills its parser, `run` does it and gives the exit code.

They are cheap to import: whatever a verb needs it imports when it is run.
"""

VERBS = (
    *("run", "attach", "step", "explore", "compare", "replay", "export", "record", "tape"),
    *("serve", "list", "new", "check", "doctor", "completion"),
)
"""As they are typed, in the order that help shows them; without one, the home screen opens."""
