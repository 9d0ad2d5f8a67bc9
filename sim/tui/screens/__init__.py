"""tui: the screens of a match, one module each."""
