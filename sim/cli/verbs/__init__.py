"""cli: the verbs, one module each; `sim.cli.command` lists them and imports each when it is asked for."""
