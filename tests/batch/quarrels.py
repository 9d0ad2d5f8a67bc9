"""Small scenarios drawn at random, and one that a test can count through by hand."""

from __future__ import annotations

from random import Random
from typing import Any

from sim.errors import ScenarioError
from sim.rules import Game
from sim.scenario.load import Loaded
from tests.rules.workshop import game, loaded

TWO_DAYS = {"start": "2030-01-01", "orders": 1, "legs": {"days": {"rounds": 2, "step": "1 days"}}}


def actor(code: str, attention: int) -> dict[str, Any]:
    """A seat without a brief of its own."""
    return {"name": code.title(), "code": code, "attention": attention,
            "brief": "# Public\nA quarrel.\n# Confidential\nKeep calm.",
            "goals": {"ease": {"weight": 100, "score": "100 - heat"}}}


SEATS = {"north": actor("NOR", 3), "south": actor("SOU", 2)}


def tiny() -> dict[str, Any]:
    """Two seats, two rounds, one order each: heat rises by 10 an order, so 40 orders too few reach 91."""
    return {
        "clock": TWO_DAYS, "actors": SEATS,
        "tracks": {"heat": {"start": 50}, "trust": {"start": 0, "max": 3}},
        "phases": {"start": "cold", "states": {"cold": {"title": "Cold"}, "hot": {"title": "Hot"}, "icy": {"title": "Icy"}},
                   "steps": [{"to": "hot", "from": "cold", "when": "heat >= 70"},
                             {"to": "icy", "from": "hot", "when": "heat <= 20"}]},
        "moves": {
            "press": {"title": "Press", "by": "seats", "tier": "statements", "change": {"heat": 10}},
            "reach_out": {"title": "Reach out", "by": "north", "tier": "measures", "when": "heat >= 60",
                          "branches": [{"chance": "20%", "change": {"trust": 2}}, {"chance": "rest", "change": {"trust": 1}}]},
            "embrace": {"title": "Embrace", "by": "south", "tier": "measures", "when": "trust >= 3", "change": {"heat": -20}}},
        "injects": {"frost": {"title": "Frost", "when": "round == 2 and trust >= 2", "dispatch": "Frost."}},
        "endings": {
            "blaze": {"title": "Blaze", "when": "heat >= 91", "text": "Fire."},
            "warm": {"title": "Warm", "when": "heat >= 80", "text": "Warm."},
            "open": {"title": "Open", "otherwise": True, "text": "Nothing was settled."}},
    }


def drawn(seed: int) -> Loaded | None:
    """A scenario of a few moves, rules and endings; None if what was drawn is no scenario."""
    found = loaded(**_sections(Random(seed)))
    return None if found.errors else found


def drawn_game(seed: int) -> Game | None:
    """The same, compiled."""
    try:
        return game(**_sections(Random(seed)))
    except (ScenarioError, ValueError):
        return None


def _sections(dice: Random) -> dict[str, Any]:
    rounds = dice.randint(1, 4)
    moves = {f"m{n}": _move(dice, n) for n in range(dice.randint(2, 4))}
    out: dict[str, Any] = {
        "clock": {"start": "2030-01-01", "orders": dice.randint(1, 2),
                  "legs": {"days": {"rounds": rounds, "step": "1 days"}, "weeks": {"rounds": dice.randint(1, 2), "step": "7 days"}}},
        "actors": SEATS,
        "tracks": {"heat": {"start": dice.randint(30, 70), "drift": {"to": 40, "by": dice.randint(1, 4)}},
                   "ice": {"start": dice.randint(0, 4), "max": 5}},
        "flags": {"met": {"text": "They have met."}},
        "phases": {"start": "cold", "states": {s: {"title": s.title()} for s in ("cold", "hot", "icy")},
                   "steps": [{"to": dice.choice(("hot", "icy")), "from": "cold", "when": _when(dice)},
                             {"to": dice.choice(("cold", "icy")), "from": "hot", "when": _when(dice)}]},
        "moves": moves,
        "rules": {f"r{n}": {"when": _when(dice), "change": _change(dice), "dispatch": "It happens.",
                            **({"chance": "40%"} if dice.random() < 0.5 else {})} for n in range(2)},
        "injects": {"news": {"title": "News", "when": _when(dice), "dispatch": "News.", "change": _change(dice)}},
        "endings": {"first": {"title": "First", "when": [_when(dice), _when(dice)], "text": "First."},
                    "second": {"title": "Second", "when": _when(dice), "text": "Second."},
                    "open": {"title": "Open", "otherwise": True, "text": "Nothing was settled."}},
    }
    if dice.random() < 0.5:
        moves["ask"] = {"title": "Ask", "by": "north", "to": "south", "tier": "contacts", "opens": "talks"}
        out["offers"] = {"talks": {"title": "Talks", "asks": "Talks?", "accept": {"title": "Meet", "set": {"met": True}, "change": _change(dice)},
                                   "decline": {"title": "Decline", "change": _change(dice)}, "lapse": {"change": {"heat": 1}}}}
    return out


def _move(dice: Random, n: int) -> dict[str, Any]:
    out: dict[str, Any] = {"title": f"Move {n}", "by": dice.choice(("seats", "north", "south")),
                           "tier": dice.choice(("contacts", "statements", "measures")), "cost": dice.randint(0, 3)}
    if dice.random() < 0.6:
        out["when"] = _when(dice)
    if dice.random() < 0.5:
        out["branches"] = [{"chance": "25%", "change": _change(dice)},
                           {"chance": "rest", "change": _change(dice), **({"set": {"met": True}} if dice.random() < 0.4 else {})}]
    else:
        out["change"] = _change(dice)
    return out


def _change(dice: Random) -> dict[str, Any]:
    track = dice.choice(("heat", "heat", "ice"))
    if track == "ice":
        return {"ice": dice.choice((-2, -1, 1, 2))}
    return {"heat": dice.choice((-20, -7, 5, 11, 30, "3..9", "-10 %"))}


def _when(dice: Random) -> str:
    atoms = [f"heat >= {dice.randint(20, 99)}", f"heat < {dice.randint(5, 80)}", f"ice == {dice.randint(0, 5)}",
             f"ice >= {dice.randint(1, 5)}", "met", "not met", "phase is hot", "phase is not cold", f"round <= {dice.randint(1, 4)}",
             "played(m0)", "heat > 20 * ice"]
    first, second = dice.choice(atoms), dice.choice(atoms)
    return dice.choice((first, first, f"{first} and {second}", f"{first} or {second}"))
