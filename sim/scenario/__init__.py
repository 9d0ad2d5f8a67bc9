"""scenario: the author's document, from YAML text with positions to checked models."""
