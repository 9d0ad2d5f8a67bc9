"""scenario: binding, where every word of a scenario is tied to what it names.

`bind` reads the models, expands moves per actor pair, types every condition and effect against this
scenario's own words and reports every problem in one pass. What it returns has no loose names left, so
`sim.rules.compile` can lower it mechanically.
"""

from sim.scenario.bind.binding import Bound, bind

__all__ = ["Bound", "bind"]
