"""words: a scenario as a card of the library."""

from __future__ import annotations

from sim.play.library import Head
from sim.scenario.models import Scenario
from sim.words.catalog import sentence, spaced
from sim.words.models import Card

LEVELS = {1: "easy", 2: "some background helps", 3: "demanding"}
KINDS = {"historical": "documented events", "fictional": "fictional"}


def card(scenario: Scenario) -> Card:
    """What the library shows of a scenario that was read."""
    about = scenario.about
    legs = {leg: (it.title, it.rounds) for leg, it in scenario.clock.legs.items()}
    playable = [seat for seat, it in scenario.actors.items() if it.goals]
    seats = [seat for seat in about.seats if seat in playable]
    seats += [seat for seat in playable if seat not in seats]
    ends = _ends(legs, about.minutes)
    return Card(
        id=scenario.id, title=scenario.title, blurb=about.blurb.strip(), kind=KINDS[about.kind],
        level=LEVELS[about.level], minutes=_minutes(ends), seats=tuple((s, _name(scenario, s)) for s in seats),
        content_note=about.content_note.strip(), legs=ends)


def card_of(head: Head) -> Card:
    """The same from the head of a file, of which nothing else was read yet; seats are named by their ids."""
    ends = _ends(dict(head.legs), dict(head.minutes))
    seats = tuple((seat, " ".join(word.capitalize() for word in spaced(seat).split())) for seat in head.seats)
    return Card(
        id=head.id, title=head.title, blurb=head.blurb, kind=KINDS.get(head.kind, ""), level=LEVELS.get(head.level, ""),
        minutes=_minutes(ends), seats=seats, content_note=head.content_note, legs=ends)


def _name(scenario: Scenario, seat: str) -> str:
    it = scenario.actors[seat]
    return it.name if not it.capital or it.capital == it.name else f"{it.name} ({it.capital})"


def _ends(legs: dict[str, tuple[str, int]], minutes: dict[str, int]) -> tuple[tuple[str, str, int, int], ...]:
    """Per leg: id, title, rounds and minutes up to its end."""
    rounds, out = 0, []
    for leg, (title, length) in legs.items():
        rounds += length
        out.append((leg, title or sentence(spaced(leg)).rstrip("."), rounds, minutes.get(leg, 0)))
    return tuple(out)


def _minutes(ends: tuple[tuple[str, str, int, int], ...]) -> str:
    known = [(title, minutes) for _, title, _, minutes in ends if minutes]
    if not known:
        return ""
    if len(ends) == 1:
        return f"{known[0][1]} min"
    if len(known) < len(ends):
        return ", ".join(f"{title} {minutes} min" for title, minutes in known)
    parts = [f"{title.lower() if title.startswith('To ') else title} {minutes} min" for title, minutes in known[:-1]]
    return ", ".join([*parts, f"whole {known[-1][1]} min"])
