"""tui: maps drawn in cells of a terminal: projected, clipped, filled by patterns, labelled without collisions."""
