"""authoring: what helps whoever writes a scenario: what can happen in it, and what stands in the way."""
