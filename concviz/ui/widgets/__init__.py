"""Parts of screens: each owns its drawing, its colours' names and its messages, and knows nothing beside itself."""
