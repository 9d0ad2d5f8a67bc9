"""authoring: what seats of an interview's scenario offer each other: a deal, an ultimatum, talks, a text with three articles."""

from __future__ import annotations

from typing import Any

from sim.authoring.interview.story import Side, Story

Block = dict[str, Any]


def offers(story: Story) -> Block:
    """All offers, by id; none if the story has none."""
    made: Block = {}
    if story.deal:
        made["deal"] = story.cited({
            "title": "A deal", "asks": f"{{target}} proposes: “Let us {story.deal}.”", "open": "2 rounds",
            "accept": {"title": "Accept what {target} proposes",
                       "change": {"tension": -10, "actor.standing": -3, "target.standing": -1, "actor.at_stake": 4,
                                  "target.at_stake": 4},
                       "toward": {story.track: {"to": 50, "by": 12}}, "set": {**story.talking, "deal_made": True},
                       "dispatch": f"{{actor}} accepted what {{target}} had proposed: “Let us {story.deal}.”"},
            "decline": {"title": "Decline what {target} proposes", "change": {"tension": 4, "actor.standing": 3},
                        "dispatch": "{actor} declined what {target} had proposed."},
            "lapse": {"change": {"tension": 2}, "dispatch": "{target} waited for an answer; {actor} gave none."}})
    if story.ultimatum:
        made["demand"] = story.cited(_demand(story))
    if story.mediator:
        made["mediation"] = story.cited(_mediation(story, story.mediator))
    return made


def _demand(story: Story) -> Block:
    """An ultimatum as an offer: giving way is accepting it, and what it announced happens when it lapses."""
    up, down = _is("target", story.wanting(more=True)), _is("target", story.wanting(more=False))
    done = [{"when": f"target is {side.id}", "chance": "likely", "change": {
                story.track: 8 if side.more else -8, "tension": 12, story.side(side.hurts).at_stake: -7},
             "set": {"broken": True},
             "dispatch": f"The time that {{target}} set has passed. {{target}} decided to {side.act.text}."}
            for side in story.sides]
    return {
        "title": "An ultimatum", "asks": "A demand of {target}: that you give way.", "open": "2 rounds", "seen": "public",
        "accept": {"title": "Give way to {target}",
                   "branches": [{"when": up, **_given(story, 14)}, {"when": down, **_given(story, -14)}],
                   "dispatch": f"{{actor}} gave way to {{target}} over “{story.stake}”."},
        "decline": {"title": "Reject the ultimatum of {target}", "change": {"tension": 6, "actor.standing": 4},
                    "dispatch": "{actor} rejected the ultimatum of {target}."},
        "lapse": {"branches": [*done, {"chance": "rest", "change": {"target.standing": -9, "tension": -3},
                                       "dispatch": "The time that {target} set has passed, and nothing happened."}]},
    }


def _given(story: Story, step: int) -> Block:
    return {"change": {story.track: step, "tension": -12, "actor.standing": -6, "target.standing": 4},
            "set": {"gave_way.actor": True}}


def _is(role: str, sides: tuple[Side, ...]) -> str:
    return " or ".join(f"{role} is {side.id}" for side in sides)


def _mediation(story: Story, mediator: Side) -> Block:
    credit = f"{mediator.id}.credit"
    sets: Block = {"set": story.talking} if story.talking else {}
    return {
        "title": "Mediation", "asks": "An invitation of {target}: to talks.", "open": "2 rounds",
        "accept": {"title": "Come to the talks of {target}", "change": {"tension": -6, credit: 5, "actor.standing": -1},
                   **sets, "dispatch": "{actor} came to the talks of {target}."},
        "decline": {"title": "Stay away from the talks of {target}", "change": {"tension": 3, credit: -4, "actor.standing": 2},
                    "dispatch": "{actor} stayed away from the talks of {target}."},
        "lapse": {"change": {credit: -2}, "dispatch": "{target} waited at the table; {actor} did not come."}}


# -- the text


def draft(story: Story) -> Block:
    """How the text under negotiation works."""
    parties = [side.id for side in story.sides]
    return {
        "parts": {"whole": {"title": "The text", "signed": "The text is signed; each side calls it its own work."}},
        "signatories": parties, "tabled_by": [seat.id for seat in story.seats], "room": "tension < 75", "window": 3,
        "on_agreement": {"change": {"tension": -3}},
        "on_signature": {"change": {"tension": -10}, "set": {"text_signed": True}},
    }


def clauses(story: Story) -> Block:
    """Three clauses: one for all, one for each side of the matter. Who came later to a side values it a little less."""
    saved = {side.at_stake: 8 for side in story.sides}
    effects: tuple[Block, ...] = ({"change": {"tension": -4, **saved}}, {"change": {story.track: 10}},
                                  {"change": {story.track: -10}})
    made: Block = {}
    for number, (point, effect) in enumerate(zip(story.points, effects, strict=True)):
        made[point.id] = story.cited({
            "title": point.title, "part": "whole", "parties": [side.id for side in story.sides], "text": point.text,
            "worth": {side.id: _worth(story, side, number) for side in story.sides}, "on_signature": effect,
            "dispatches": {"tabled": f"{{actor}} proposed an article: {point.title}.",
                           "agreed": f"An article is agreed: {point.title}.",
                           "bracketed": f"An article is put into brackets: {point.title}."}})
    return made


def _worth(story: Story, side: Side, number: int) -> int:
    rank = story.wanting(more=side.more).index(side)
    if number == 0:
        return min(7 + rank, 9)
    return max(9 - 2 * rank, 6) if side.more is (number == 1) else min(4 + rank, 5)
