"""authoring: the moves of an interview's scenario, each with a gain and a cost: two that one seat alone has, a few for all.

The numbers were chosen together and held against `detente explore`: acting alone pays while things are calm and stops
paying when they are not, a step toward the others pays when they are dangerous, words at home wear out.
"""

from __future__ import annotations

from typing import Any

from sim.authoring.interview.story import Side, Story, inside

Block = dict[str, Any]
HEATED = 60
"""From this tension on, people at home prefer a step to an act."""


def moves(story: Story) -> Block:
    """All moves, by id."""
    made: Block = {}
    for side in story.sides:
        made[side.act.id] = _act(story, side)
        made[side.gives.id] = _gives(story, side)
    made["speak"] = story.cited({
        "title": story.era.speaks, "by": "parties", "tier": "statements", "group": "words",
        "branches": [{"when": "actor.standing >= 60", "change": {"actor.standing": 1, "tension": 5}},
                     {"chance": "rest", "change": {"actor.standing": 7, "tension": 5}}],
        "dispatch": story.era.spoke,
        "hint": "Pleases at home and hardens the others; it wears out once people stand behind you."})
    made["consult"] = story.cited({
        "title": "Talk with {target} in confidence", "by": "parties", "to": "parties", "tier": "contacts", "group": "words",
        "seen": "parties", "times": 2, "change": {"tension": -3},
        "dispatch": "{actor} and {target} talked in confidence.", "hint": "A little, at little cost; twice at most."})
    if story.deal:
        made["propose_deal"] = _across(story.cited({
            "title": "Propose a deal to {target}", "by": "parties", "to": "parties", "tier": "negotiation", "group": "talks",
            "seen": "parties", "opens": "deal", "dispatch": f"{{actor}} proposed to {{target}}: “Let us {story.deal}.”",
            "hint": "Meeting halfway: it helps who is behind, and it needs two."}))
    if story.ultimatum:
        made["set_ultimatum"] = _ultimatum(story)
    if story.mediator:
        made.update(_of_mediator(story, story.mediator))
    return made


def _across(block: Block) -> Block:
    """A move that addresses those who want the opposite."""
    out: Block = {}
    for key, value in block.items():
        if key == "dispatch":
            out["for"] = {"more": {"to": "less"}, "less": {"to": "more"}}
        out[key] = value
    return out


def _act(story: Story, side: Side) -> Block:
    step = 8 if side.more else -8
    hurt = story.side(side.hurts)
    change = {story.track: step, "tension": 10, hurt.at_stake: -7}
    breaks = "breaks the promise" if story.agreement else "is taken as a breach"
    return story.cited({
        "title": side.act.title, "by": side.id, "tier": "measures", "group": "acts", "cost": 2,
        "branches": [{"when": f"tension >= {HEATED}", "change": {**change, f"{side.id}.standing": -3}, "set": {"broken": True}},
                     {"chance": "rest", "change": {**change, f"{side.id}.standing": 2}, "set": {"broken": True}}],
        "dispatch": f"{{actor}} decided to {side.act.text}.",
        "hint": f"Moves “{story.stake}” your way at once, takes from “{hurt.loss}” of {hurt.name}, {breaks}, and heats the "
                "quarrel."})


def _gives(story: Story, side: Side) -> Block:
    back = -5 if side.more else 5
    helped = story.side(side.hurts)
    change = {story.track: back, helped.at_stake: 6}
    return story.cited({
        "title": side.gives.title, "by": side.id, "tier": "measures", "group": "steps",
        "branches": [{"when": f"tension >= {HEATED}", "change": {"tension": -9, **change, f"{side.id}.standing": 3},
                      "set": {"broken": False}},
                     {"chance": "rest", "change": {"tension": -8, **change, f"{side.id}.standing": -2},
                      "set": {"broken": False}}],
        "dispatch": f"{{actor}} decided to {side.gives.text}.",
        "hint": f"Calms, saves some of “{helped.loss}” of {helped.name}, and mends what was broken. At home it pleases "
                "only in danger."})


def _ultimatum(story: Story) -> Block:
    """What is announced is the seat's own act, so that everybody knows what is meant."""
    own = {side.id: {"to": "less" if side.more else "more", "dispatch":
                     f"{{actor}} gave {{target}} two rounds to give way, and announced otherwise to {side.act.text}."}
           for side in story.sides}
    return story.cited({
        "title": "Set {target} an ultimatum", "by": "parties", "to": "parties", "tier": "statements", "group": "threats",
        "cost": 2, "times": 2, "opens": "demand", "change": {"tension": 6, "actor.standing": 5}, "for": own,
        "hint": "Pleases at home. When the time has passed you must do what you announced, or be seen not to."})


def _of_mediator(story: Story, mediator: Side) -> Block:
    credit = f"{mediator.id}.credit"
    broken, kept = ((f"the promise in {inside(story.agreement)} is broken; each side disputes how",
                     f"the promise in {inside(story.agreement)} is kept") if story.agreement else
                    ("a one-sided act stands; each side disputes whose fault it is", "no one-sided act stands"))
    return {
        "invite": story.cited({
            "title": "Invite {target} to talks", "by": mediator.id, "to": "parties", "tier": "negotiation", "group": "talks",
            "seen": "parties", "opens": "mediation", "dispatch": "{actor} invited {target} to talks.",
            "hint": "An invitation that is accepted calms; one that is declined costs credit."}),
        "warn": story.cited({
            "title": "Warn all sides", "by": mediator.id, "tier": "statements", "group": "pressure",
            "branches": [{"when": f"{credit} >= 40", "change": {"tension": -6, credit: -6}},
                         {"chance": "rest", "change": {"tension": -1, credit: -2}}],
            "dispatch": "{actor} warned all sides of what another act would mean.",
            "hint": "Works while you are believed, and spends some of that."}),
        "report": story.cited({
            "title": "Report what you have seen", "by": mediator.id, "tier": "statements", "group": "pressure",
            "branches": [{"when": story.breached, "change": {"tension": 2, credit: 6},
                          "dispatch": f"{{actor}} reported that {broken}."},
                         {"chance": "rest", "change": {"tension": -1, credit: 3},
                          "dispatch": f"{{actor}} reported that {kept}."}],
            "hint": "Builds credit; a breach said aloud also heats."}),
    }
