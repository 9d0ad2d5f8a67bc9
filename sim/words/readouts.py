"""words: which contact a readout is about: the latest accepted offer with `contact:` that its speaker was part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sim.rules import Event
from sim.words.catalog import Catalog, spaced


class Contact(NamedTuple):
    """A contact that took place."""

    kind: str
    """The author's word for it: `call`, `talks`."""
    round: int
    key: str
    """Of the answer that accepted it: who hears of that knows of the contact."""
    partner: str
    """The other side, as the speaker of the readout sees it."""


Contacts = Mapping[tuple[int, str], Contact]
"""Per round and move key of a readout, the contact it is about."""


class Listener:
    """Finds the contacts of all readouts in a complete log as it grows.

    What it finds is told only as far as the readout itself, a public act, gives it away; whom the contact was with is
    told to those who heard of the contact.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._readouts = frozenset(catalog.scenario.readout_moves.values())
        self._latest: dict[str, Contact] = {}
        self.contacts: dict[tuple[int, str], Contact] = {}

    def hear(self, log: Iterable[Event]) -> None:
        """Take up the next events."""
        for event in log:
            if event.kind != "move":
                continue
            move = self._catalog.moves[event.id]
            if move.id == "accept" and move.of in self._catalog.scenario.offers:
                kind = self._catalog.scenario.offers[move.of].contact
                if kind:
                    for speaker, partner in ((move.seat, move.target), (move.target, move.seat)):
                        self._latest[speaker] = Contact(kind, event.round, event.id, partner)
            elif move.id in self._readouts and move.seat in self._latest:
                self.contacts[event.round, event.id] = self._latest[move.seat]


def readout(catalog: Catalog, move: str, speaker: str, contact: Contact, *, named: bool) -> str:
    """The author's text of a readout, or empty; `named` says after which contact: `Paris, after its call with Baku: …`."""
    kind = next((kind for kind, it in catalog.scenario.readout_moves.items() if it == move), None)
    pattern = catalog.scenario.readouts.get(contact.kind, {}).get(speaker)
    if kind is None or pattern is None:
        return ""
    text = pattern.plain if kind == "plain" else pattern.firm
    if not named:
        return text
    after = f"after its {spaced(contact.kind)} with {catalog.capital(contact.partner)}"
    head = f"{catalog.capital(speaker)}:"
    if text.startswith(head):
        return f"{head[:-1]}, {after}:{text.removeprefix(head)}"
    return f"{catalog.capital(speaker)}, {after}: {text}"
