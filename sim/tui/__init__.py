"""tui: the Textual app. It talks to a `Desk` and a `Venue`, and shows view-models; no rule and no secret is here.

Import `sim.tui.start` to say what to open (no Textual is loaded), `sim.tui.app` to open it.
"""
