"""scenario: the JSON Schema of scenario files, in general and with one file's own names in it."""

from sim.scenario.schema.living import DRAFT, MODELINE, map_schema, scenario_schema
from sim.scenario.schema.names import Names, names_of

__all__ = ["DRAFT", "MODELINE", "Names", "map_schema", "names_of", "scenario_schema"]
