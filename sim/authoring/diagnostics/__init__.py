"""authoring: the catalogue of everything that can be reported, with its meaning and an example that can be run.

The entries stand in YAML files beside this module, one file for each family of codes; `detente check` never reads them.
"""

from sim.authoring.diagnostics.catalogue import FAMILIES, Entry, Family, catalogue, entry
from sim.authoring.diagnostics.examples import files_of
from sim.authoring.diagnostics.page import as_text, listing, page

__all__ = ["FAMILIES", "Entry", "Family", "as_text", "catalogue", "entry", "files_of", "listing", "page"]
