"""The bench of whoever writes a scenario."""
