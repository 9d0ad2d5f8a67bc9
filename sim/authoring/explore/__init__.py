"""authoring: what can happen in a scenario and what cannot: the report, its witnesses as saves, its findings."""
