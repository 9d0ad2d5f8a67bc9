"""tui: degrees to cells. A cell is taken to be twice as high as it is wide; north is up."""

from __future__ import annotations

import math
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True, slots=True)
class Projection:
    """An equal-spaced projection around a middle point, true there in both directions."""

    cols: int
    rows: int
    lon: float
    """The middle of the picture."""
    lat: float
    scale: float
    """Cells across for each degree of latitude."""
    narrow: float
    """How much shorter a degree of longitude is than one of latitude."""

    @classmethod
    def fitted(cls, box: Box, cols: int, rows: int) -> Projection:
        """The largest that shows the whole box in so many cells."""
        west, south, east, north = box
        lat = (south + north) / 2
        narrow = math.cos(math.radians(lat))
        scale = min(cols / ((east - west) * narrow), 2 * rows / (north - south))
        return cls(cols, rows, (west + east) / 2, lat, scale, narrow)

    def cell(self, lon: float, lat: float) -> tuple[float, float]:
        """Column and row of a place, from the upper left corner, as fractions."""
        return ((lon - self.lon) * self.narrow * self.scale + self.cols / 2,
                (self.lat - lat) * self.scale / 2 + self.rows / 2)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a column and row."""
        return ((x - self.cols / 2) / (self.narrow * self.scale) + self.lon,
                self.lat - (y - self.rows / 2) * 2 / self.scale)

    @property
    def shown(self) -> Box:
        """Everything that is in the picture, with what the box left room for."""
        west, north = self.place(0, 0)
        east, south = self.place(self.cols, self.rows)
        return west, south, east, north


def around(box: Box, closer: float, east: float, north: float) -> Box:
    """A box drawn `closer` times as close, its middle moved by shares of its own width and height."""
    width, height = (box[2] - box[0]) / closer, (box[3] - box[1]) / closer
    lon, lat = (box[0] + box[2]) / 2 + east * width, (box[1] + box[3]) / 2 + north * height
    return lon - width / 2, lat - height / 2, lon + width / 2, lat + height / 2
