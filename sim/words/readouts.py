"""words: which contact a readout is about: the latest accepted offer with `contact:` that its speaker was part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.rules import Event
from sim.words.catalog import Catalog

Contacts = Mapping[tuple[int, str], str]
"""Per round and move key of a readout, the contact it is about."""


class Listener:
    """Finds the contacts of all readouts in a complete log as it grows.

    It tells of a contact only what the readout itself, a public act, gives away.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._readouts = frozenset(catalog.scenario.readout_moves.values())
        self._latest: dict[str, str] = {}
        self.contacts: dict[tuple[int, str], str] = {}

    def hear(self, log: Iterable[Event]) -> None:
        """Take up the next events."""
        for event in log:
            if event.kind != "move":
                continue
            move = self._catalog.moves[event.id]
            if move.id == "accept" and move.of in self._catalog.scenario.offers:
                contact = self._catalog.scenario.offers[move.of].contact
                if contact:
                    self._latest[move.seat] = self._latest[move.target] = contact
            elif move.id in self._readouts and move.seat in self._latest:
                self.contacts[event.round, event.id] = self._latest[move.seat]


def readout(catalog: Catalog, move: str, speaker: str, contact: str) -> str:
    """The author's text of a readout, or empty."""
    kind = next((kind for kind, it in catalog.scenario.readout_moves.items() if it == move), None)
    pattern = catalog.scenario.readouts.get(contact, {}).get(speaker)
    if kind is None or pattern is None:
        return ""
    return pattern.plain if kind == "plain" else pattern.firm
