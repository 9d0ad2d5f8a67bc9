"""authoring: what `detente watch` stands on: files that are edited, and one game that is played again after each save."""
