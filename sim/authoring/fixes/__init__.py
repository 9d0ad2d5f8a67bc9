"""authoring: sure fixes applied to a scenario's files."""
