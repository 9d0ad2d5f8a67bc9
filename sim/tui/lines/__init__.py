"""tui: view-models as styled text; pure functions, no widget."""
