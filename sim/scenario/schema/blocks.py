"""scenario: which kind of name stands under which key of a scenario file, and what the values look like.

Keys are `Model.key`. The schema is made from the models; this table is all that it knows beyond them, and a test
holds every key of it against the models.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Shape = Literal["one", "many", "some", "keys", "values", "leaves", "def"]


class Slot(NamedTuple):
    """Where names stand under a key."""

    shape: Shape
    """`one` id, a list of `many`, one or a list (`some`), the `keys` of a map, its `values`, the values of the maps in
    it (`leaves`), or the whole value by a shared definition (`def`)."""
    of: str
    """A family of `names`, or the name of the definition."""


SLOTS: Final[dict[str, tuple[Slot, ...]]] = {
    "Scenario.dossiers": (Slot("many", "dossier"),),
    "Scenario.groups": (Slot("leaves", "actor"),),
    "Scenario.human_cost": (Slot("def", "Formula"),),
    "Scenario.define": (Slot("values", "When"),),
    "Scenario.readouts": (Slot("leaves", "who"),),
    "Scenario.readout_moves": (Slot("values", "move"),),
    "Scenario.par": (Slot("keys", "leg"), Slot("leaves", "seat")),
    "About.minutes": (Slot("keys", "leg"),),
    "About.seats": (Slot("many", "seat"),),
    "Actor.red_lines": (Slot("many", "clause"),),
    "Actor.penalty": (Slot("def", "Formula"),),
    "Goal.score": (Slot("def", "Formula"),),
    "Factor.of": (Slot("some", "weighed"),),
    "Persona.weights": (Slot("keys", "weight"),),
    "Persona.answers": (Slot("keys", "offer"),),
    "Persona.votes": (Slot("keys", "clause"),),
    "Persona.refuses": (Slot("many", "clause"),),
    "Flag.per": (Slot("many", "who"),),
    "Counter.per": (Slot("many", "who"),),
    "Track.seen": (Slot("def", "SeenTrack"),),
    "Flag.seen": (Slot("def", "SeenTrack"),),
    "Counter.seen": (Slot("def", "SeenTrack"),),
    "Agreement.by": (Slot("many", "who"),),
    "Provision.binds": (Slot("many", "who"),),
    "Provision.status": (Slot("one", "status"),),
    "Provision.steps": (Slot("def", "StepsOfProvision"),),
    "Phases.start": (Slot("one", "phase"),),
    "Phases.steps": (Slot("def", "StepsOfPhases"),),
    "Move.by": (Slot("some", "who"),),
    "Move.to": (Slot("some", "who"),),
    "Move.seen": (Slot("def", "SeenMove"),),
    "Move.opens": (Slot("def", "Opens"),),
    "Move.for": (Slot("keys", "who"),),
    "MoveVariant.to": (Slot("some", "who"),),
    "MoveVariant.opens": (Slot("def", "Opens"),),
    "Branch.opens": (Slot("def", "Opens"),),
    "Offer.seen": (Slot("def", "SeenMove"),),
    "Offer.contact": (Slot("one", "contact"),),
    "Draft.signatories": (Slot("many", "who"),),
    "Draft.tabled_by": (Slot("some", "who"),),
    "DraftAction.seen": (Slot("def", "SeenMove"),),
    "DraftAction.for": (Slot("keys", "who"),),
    "Clause.part": (Slot("one", "part"),),
    "Clause.parties": (Slot("many", "who"),),
    "Clause.needs": (Slot("many", "clause"),),
    "Clause.excludes": (Slot("many", "clause"),),
    "Clause.worth": (Slot("keys", "who"),),
    "Hazard.of": (Slot("one", "followed"),),
    "Inject.seen": (Slot("def", "SeenMove"),),
    "MapPlace.named": (Slot("one", "place"),),
    "MapLine.views": (Slot("many", "view"),),
    "MapLine.layer": (Slot("one", "layer"),),
    "Map.fills": (Slot("keys", "area"),),
    "History.ending": (Slot("one", "ending"),),
    "HistoryOrder.seat": (Slot("one", "actor"),),
    "HistoryOrder.target": (Slot("one", "actor"),),
    "HistoryOrder.move": (Slot("one", "played"),),
    "HistoryOrder.of": (Slot("one", "object"),),
    "HistoryRound.rules": (Slot("keys", "happening"),),
}
EVERYWHERE: Final[dict[str, Slot]] = {
    "when": Slot("def", "When"), "room": Slot("def", "When"), "sign_when": Slot("def", "When"),
    "reopened_when": Slot("def", "When"), "chance": Slot("def", "Chance"), "weekly": Slot("def", "Chance"),
    "unanswered": Slot("def", "Chance"), "source": Slot("def", "Source"),
}
"""Keys that hold the same kind of value in every block."""

WITH_ROLES: Final = ("Move", "MoveVariant", "OfferAnswer", "Branch")
"""Blocks in whose effects `actor` and `target` may stand for the two sides."""

EXAMPLES: Final[dict[str, list[object]]] = {
    "Scenario.id": ["first-round"],
    "Clock.start": ["2030-03-01"],
    "Leg.rounds": [6],
    "Leg.step": ["1 days", "3 days", "7 days"],
    "Actor.code": ["ARM", "VEL"],
    "Actor.brief": ["briefs/armenia.md"],
    "Goal.weight": [40],
    "Track.scale": [{"1": "proposed", "2": "accepted"}],
    "Track.drift": [{"to": 40, "by": 2}],
    "Agreement.signed": ["2020-11-09"],
    "Offer.open": ["1 round", "2 rounds"],
    "Move.cameo": ["111"],
    "Hazard.at": [{"0": "1 %", "40": "3 %", "100": "25 %"}],
}
"""Offered where nothing better is known."""

CHANCES: Final = {
    "remote": "3 %", "very unlikely": "12 %", "unlikely": "32 %", "even": "50 %", "likely": "68 %",
    "very likely": "88 %", "almost certain": "97 %", "rest": "What the branches before it left.",
}
