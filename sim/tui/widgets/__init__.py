"""tui: widgets. Each shows a view-model, says in words what it shows (`describe()`), and holds no rule."""
