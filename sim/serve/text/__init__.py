"""serve: the text page of a member, and how the game reads on it."""
