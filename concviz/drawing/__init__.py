"""Pictures as cells, without a terminal: the same one goes to the screen, to plain text, to files and to tests as a string."""
