"""What an exploration found, as pictures, text and data: the same facts each time."""
