"""authoring: what leads to what in a scenario, and its drawing."""
