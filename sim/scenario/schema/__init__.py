"""scenario: the JSON Schema of scenario files, in general and with one file's own names in it."""

from sim.scenario.schema.living import (
           DRAFT,
           FILE,
           MODELINE,
           history_schema,
           map_schema,
           masked_schema,
           scenario_schema,
           written,
)
from sim.scenario.schema.names import Names, names_of

__all__ = ["DRAFT", "FILE", "MODELINE", "Names", "history_schema", "map_schema", "masked_schema", "names_of", "scenario_schema",
           "written"]
