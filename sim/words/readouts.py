"""words: which contact a readout is about: the latest accepted offer with `contact:` that its speaker was part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.rules import Event
from sim.words.catalog import Catalog

Contacts = Mapping[tuple[int, str], str]
"""Per round and move key of a readout, the contact it is about."""


def contacts(catalog: Catalog, log: Iterable[Event]) -> Contacts:
    """The contacts of all readouts in a log.

    Given the complete log, it tells of a contact only what the readout itself, a public act, gives away.
    """
    kinds = {move: kind for kind, move in catalog.scenario.readout_moves.items()}
    latest: dict[str, str] = {}
    found: dict[tuple[int, str], str] = {}
    for event in log:
        if event.kind != "move":
            continue
        move = catalog.moves[event.id]
        if move.id == "accept" and move.of in catalog.scenario.offers:
            contact = catalog.scenario.offers[move.of].contact
            if contact:
                latest[move.seat] = latest[move.target] = contact
        elif move.id in kinds and move.seat in latest:
            found[event.round, event.id] = latest[move.seat]
    return found


def readout(catalog: Catalog, move: str, speaker: str, contact: str) -> str:
    """The author's text of a readout, or empty."""
    kind = next((kind for kind, it in catalog.scenario.readout_moves.items() if it == move), None)
    pattern = catalog.scenario.readouts.get(contact, {}).get(speaker)
    if kind is None or pattern is None:
        return ""
    return pattern.plain if kind == "plain" else pattern.firm
