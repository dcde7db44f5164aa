"""What runs inside a watched process: it notes what happens there. Only the standard library, and little of it."""
