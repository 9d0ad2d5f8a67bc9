"""authoring: the seats of an interview's scenario: goals that differ from seat to seat, and how an automatic player plays each."""

from __future__ import annotations

from typing import Any, Final

from sim.authoring.interview.story import Side, Story

Block = dict[str, Any]
_WEIGHTS: Final = ((35, 25, 25, 15), (25, 35, 20, 20), (30, 20, 35, 15), (20, 30, 25, 25))
"""Of what it wants, what it can lose, its own people and calm, by the order of the seats."""
_TEMPERS: Final = (
    {"speak": 5, "act": 5, "gives": 5, "consult": 4, "hold": 3}, {"speak": 3, "act": 4, "gives": 6, "consult": 5, "hold": 3},
    {"speak": 4, "act": 6, "gives": 4, "consult": 3, "hold": 3}, {"speak": 6, "act": 3, "gives": 5, "consult": 5, "hold": 4})
_YIELDING: Final = ((5, 3), (6, 2), (4, 4), (6, 3))
"""Weights of accepting and declining a deal."""


def actor(story: Story, side: Side) -> Block:
    """A seat."""
    if side == story.mediator:
        return {"name": side.name, "code": side.code, "about": "They say: “We want calm, and to be believed by all of them.”",
                "attention": 3, "brief": f"briefs/{side.id}.md", "goals": _goals_of_mediator(side),
                "policy": _policy_of_mediator(story)}
    return {"name": side.name, "code": side.code, "about": f"They say: “We want {side.wants}.”", "attention": 3,
            "brief": f"briefs/{side.id}.md", "goals": _goals(story, side), "policy": _policy(story, side)}


def _goals(story: Story, side: Side) -> Block:
    score = story.track if side.more else f"100 - {story.track}"
    better = "higher" if side.more else "lower"
    matter, lose, people, calm = _WEIGHTS[side.number - 1]
    return {
        "matter": {"title": story.stake, "weight": matter, "score": score,
                   "says": f"{story.stake} stands at {{{story.track}}}; the {better}, the better for {side.name}."},
        "at_stake": {"title": side.loss, "weight": lose, "score": side.at_stake,
                     "says": f"{side.loss}: {{{side.at_stake}}} of 100 are left."},
        "standing": {"title": "Standing at home", "weight": people, "score": f"{side.id}.standing",
                     "says": f"Standing at home is {{{side.id}.standing}}."},
        "calm": {"title": "Calm", "weight": calm, "score": "110 - tension", "says": "Tension stands at {tension}."},
    }


def _goals_of_mediator(side: Side) -> Block:
    return {
        "calm": {"title": "Calm", "weight": 60, "score": "110 - tension", "says": "Tension stands at {tension}."},
        "credit": {"title": "Credit", "weight": 40, "score": f"{side.id}.credit",
                   "says": f"Credit with the sides is {{{side.id}.credit}}."},
    }


def _policy(story: Story, side: Side) -> Block:
    temper = _TEMPERS[side.number - 1]
    act, gives = side.act.id, side.gives.id
    weights: Block = {act: temper["act"], gives: temper["gives"], **{it: temper[it] for it in ("speak", "consult", "hold")}}
    if story.deal:
        weights["propose_deal"] = 5
    if story.ultimatum:
        weights["set_ultimatum"] = 2
    if story.points:
        weights["sign"] = 20
    made: Block = {"weights": weights}
    if story.points:
        made["tabling"] = 5
    made["factors"] = [{"of": act, "when": "tension >= 65", "times": 0.4}, {"of": gives, "when": "tension >= 60", "times": 2.5},
                       {"of": act, "when": f"{side.at_stake} < 45", "times": 1.5},
                       {"of": "speak", "when": f"{side.id}.standing < 45", "times": 2}]
    answers: Block = {}
    accept, decline = _YIELDING[side.number - 1]
    if story.deal:
        answers["deal"] = {"accept": accept, "decline": decline, "leave": 2}
    if story.ultimatum:
        answers["demand"] = {"accept": 1.5, "decline": 4, "leave": 3}
    if story.mediator:
        answers["mediation"] = {"accept": 6, "decline": 2, "leave": 2}
    if answers:
        made["answers"] = answers
    return made


def _policy_of_mediator(story: Story) -> Block:
    made: Block = {"weights": {"invite": 8, "warn": 4, "report": 4, "hold": 3},
                   "factors": [{"of": "warn", "when": "tension >= 60", "times": 2}]}
    if story.points:
        made["tabling"] = 3
    return made
