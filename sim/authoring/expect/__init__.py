"""authoring: whether a scenario keeps its promises: what is held against them, how long, and how that is told."""
