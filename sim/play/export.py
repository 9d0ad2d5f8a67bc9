"""play: a match as data for grading and research, redacted for whoever takes it away (F6)."""

from __future__ import annotations

from typing import Any

from sim.play.briefs import brief
from sim.play.entries import event_as_json, orders_as_json
from sim.play.match import Match
from sim.rules import CONTROL, Event, Game, View

FORM = 1
"""The form of the export; keys are only ever added within one."""


def export_log(match: Match, viewer: str) -> dict[str, Any]:
    """What a viewer may take away of a match's line, ready for JSON.

    A seat's export holds its views, what it heard, its own orders, the public text and its own brief. The seed, who
    plays the others, what they filed and why are control's: with the seed every secret could be worked out.
    """
    scenario, game = match.scenario, match.game
    views = match.history(viewer)
    heard: dict[int, list[Event]] = {}
    for event in match.log(viewer):
        heard.setdefault(event.round, []).append(event)
    out: dict[str, Any] = {
        "form": FORM,
        "scenario": scenario.id,
        "title": scenario.title,
        "blurb": scenario.about.blurb,
        "viewer": viewer,
        "round": match.round,
        "ending": match.state.ending,
        "seats": {seat: _seat(match, seat, viewer) for seat in game.seats},
        "rounds": [_round(game, seen, heard.get(seen.round, [])) for seen in views if not seen.ending],
        "last": _values(game, views[-1]),
        "orders": {str(played.round): orders_as_json({seat: orders for seat, orders in played.orders.items()
                                                      if viewer in (CONTROL, seat)}) for played in match.rounds},
    }
    if viewer == CONTROL:
        out["seed"] = match.seed
        out["until"] = match.until
        out["level"] = match.level
        out["players"] = dict(match.players)
        out["choices"] = {str(played.round): {seat: choice.as_json() for seat, choice in played.choices.items()}
                          for played in match.rounds}
    return out


def _seat(match: Match, seat: str, viewer: str) -> dict[str, Any]:
    actor = match.scenario.actors[seat]
    both = brief(match.scenario, match.files, seat)
    out: dict[str, Any] = {"name": actor.name, "about": actor.about, "brief": both.public}
    if viewer in (CONTROL, seat):
        out["confidential"] = both.confidential
        out["goals"] = {goal.id: goal.weight for goal in match.game.goals if goal.seat == match.game.number(seat)}
        out["red_lines"] = list(actor.red_lines)
    return out


def _round(game: Game, seen: View, heard: list[Event]) -> dict[str, Any]:
    """One round: what the viewer saw at its opening, and what it heard of."""
    return {"round": seen.round, "values": _values(game, seen), "events": [event_as_json(game, e) for e in heard]}


def _values(game: Game, seen: View) -> dict[str, int | str]:
    """What the viewer really sees, by name; estimates of hidden variables are not facts and stay out."""
    return {name: game.statuses[n][seen.values[n]] if game.statuses[n] else seen.values[n]
            for n, name in enumerate(game.names) if seen.visible[n]}
