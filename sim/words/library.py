"""words: a scenario as a card of the library."""

from __future__ import annotations

from sim.scenario.models import Scenario
from sim.words.catalog import sentence
from sim.words.models import Card

LEVELS = {1: "easy", 2: "some background helps", 3: "demanding"}
KINDS = {"historical": "documented events", "fictional": "fictional"}


def card(scenario: Scenario) -> Card:
    """What the library shows of a scenario."""
    about, legs = scenario.about, scenario.clock.legs
    rounds, ends = 0, []
    for leg, it in legs.items():
        rounds += it.rounds
        ends.append((leg, it.title or sentence(leg).rstrip("."), rounds, about.minutes.get(leg, 0)))
    playable = [seat for seat, it in scenario.actors.items() if it.goals]
    seats = [seat for seat in about.seats if seat in playable]
    seats += [seat for seat in playable if seat not in seats]
    return Card(
        id=scenario.id, title=scenario.title, blurb=about.blurb.strip(), kind=KINDS[about.kind],
        level=LEVELS[about.level], minutes=_minutes(ends), seats=tuple((s, _name(scenario, s)) for s in seats),
        content_note=about.content_note.strip(), legs=tuple(ends))


def _name(scenario: Scenario, seat: str) -> str:
    it = scenario.actors[seat]
    return it.name if not it.capital or it.capital == it.name else f"{it.name} ({it.capital})"


def _minutes(ends: list[tuple[str, str, int, int]]) -> str:
    known = [(title, minutes) for _, title, _, minutes in ends if minutes]
    if not known:
        return ""
    if len(known) == 1 or len(ends) == 1:
        return f"{known[-1][1]} min"
    first = [f"{minutes} min for “{title}”" for title, minutes in known[:-1]]
    return ", ".join([*first, f"{known[-1][1]} min whole"])
