"""scenario: what the files of a scenario's folder are called."""

from __future__ import annotations

from typing import Final

MAIN: Final = "scenario.yaml"
MAP: Final = "map.yaml"
"""A scenario may do without."""
MASKED: Final = "masked.yaml"
"""The words of the masked edition; a scenario may do without."""
