"""scenario: the map beside a scenario: what is drawn and by whom, places, and what can be so at them."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.models.block import Block, Id, Sources, When

At = Annotated[list[float], Field(min_length=2, max_length=2)]
"""`[east, north]` in degrees."""
SignKind = Literal["post", "incident", "route", "guard", "talks"]
Box = Annotated[list[float], Field(min_length=4, max_length=4)]
"""`[west, south, east, north]` in degrees."""


class MapView(Block):
    """A part of the map that the reader can turn to."""

    title: str
    """Its name: `The corridor`."""
    box: Box
    """`[west, south, east, north]` in degrees. All of it is shown, and more where the screen has room."""
    text: str = ""
    """What it shows, in a sentence."""


class MapFill(Block):
    """How an area of `map.json` is filled."""

    title: str
    """What it is, for the legend."""
    pattern: Literal["empty", "dots", "hatch", "water"]
    """Tells areas apart without colour."""
    tone: Literal["a", "b", "c", "water"]
    """Which of the theme's fills it takes."""
    letters: Annotated[str, Field(pattern=r"^[A-Z]{0,3}$")] = ""
    """Up to three capital letters, for maps drawn in letters."""
    label: str = ""
    """What is written over it, wherever it is in view."""


class MapLine(Block):
    """A line, or several of one kind."""

    kind: Literal["border", "minor", "water", "claim", "route"]
    """How it is drawn; all but `minor` and `water` have to say whose they are."""
    title: str
    """What it is, for the legend."""
    whose: str = ""
    """Whose claim or whose drawing it is."""
    layer: str = ""
    """Which lines of `map.json`."""
    points: list[At] = Field(default_factory=list)
    """Or a line of its own, sketched: a list of `[east, north]`."""
    views: list[Id] = Field(default_factory=list)
    """Only in these views; in all unless said."""
    source: Sources = ""
    """Claims it rests on."""


class MapPlace(Block):
    """A named place."""

    at: At
    """`[east, north]` in degrees."""
    name: str = ""
    """Its name; not needed with `named`."""
    named: Id | None = None
    """Which of the scenario's disputed `names:` it bears; shown in the neutral form."""
    also: dict[str, str] = Field(default_factory=dict)
    """Its name in each usage where they differ: `{armenian: …, azerbaijani: …}`."""
    kind: Literal["capital", "town", "village", "height", "water", "region", "country"]
    """What it is; capitals outside a view are pointed at from its edge."""
    rank: Annotated[int, Field(ge=1, le=3)] = 2
    """1 is named wherever it is in view, 3 only where there is much room."""
    note: str = ""
    """A sentence for the reader who asks."""


class MapMarker(Block):
    """Something that is so at a place while a condition holds. Everybody sees it."""

    at: At
    """`[east, north]` in degrees."""
    sign: SignKind
    """What is drawn there: `post` ▲, `incident` ✶, `route` ⇄, `guard` ◆ or `talks` ◎; what each stands for on this map,
    `signs` may say."""
    when: When
    """It is shown while this holds; only what everybody sees may be asked."""
    title: str
    """Two to four words."""
    text: str
    """A sentence. `{track}` stands for the value of a track: `{positions} groups of posts`."""
    whose: str
    """Who says so, or who disputes it with whom."""
    source: Sources = ""
    """Claims it rests on, or `invented`."""


class Map(Block):
    """A whole `map.yaml`. The shapes stand in `map.json` beside it."""

    title: str
    """Its name on screen."""
    credit: str
    """Who drew the shapes: `Made with Natural Earth`."""
    note: str = ""
    """What the map leaves out, and why."""
    views: dict[Id, MapView]
    """The first is shown first."""
    fills: dict[str, MapFill] = Field(default_factory=dict)
    """Per area of `map.json`; an area without a fill stays empty."""
    lines: dict[Id, MapLine] = Field(default_factory=dict)
    """Later ones are drawn over earlier ones."""
    places: dict[Id, MapPlace] = Field(default_factory=dict)
    """Where labels cannot all stand, those written first stand."""
    signs: dict[SignKind, str] = Field(default_factory=dict)
    """What signs stand for on this map, for the legend: `{post: boats at work}`. Unless said, `post` is a held place,
    `guard` third parties, and the others are what they are called."""
    markers: dict[Id, MapMarker] = Field(default_factory=dict)
    """Numbered in this order; where signs meet, those written first stand."""
