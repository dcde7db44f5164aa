"""What a lesson does around a run: measures that answer its questions, and what a person has seen and guessed so far."""
