"""authoring: the moves, offers and clauses of an interview's scenario, each with a gain and a cost.

The numbers were chosen together and held against `detente explore`: acting alone pays while things are calm and stops
paying when they are not, a step toward the other pays when they are dangerous, words at home wear out.
"""

from __future__ import annotations

from typing import Any

from sim.authoring.interview_story import Side, Story

Block = dict[str, Any]
HEATED = 60
"""From this tension on, people at home prefer a step to an act."""


def moves(story: Story) -> Block:
    """All moves, by id."""
    made: Block = {
        "state": _cited(story, {
            "title": "State your case in public", "by": "parties", "tier": "statements", "group": "words",
            "branches": [{"when": "actor.standing >= 60", "change": {"actor.standing": 1, "tension": 5}},
                         {"chance": "rest", "change": {"actor.standing": 7, "tension": 5}}],
            "dispatch": "{actor} went before the public once more.",
            "hint": "Pleases at home and hardens the others; it wears out once people stand behind you."}),
        "push_up": _push(story, more=True), "push_down": _push(story, more=False),
        "ease": _cited(story, {
            "title": "Take a step toward {target}", "by": "parties", "to": "parties", "tier": "measures", "group": "steps",
            "for": {"more": {"to": "less", "branches": _steps(story, -5)},
                    "less": {"to": "more", "branches": _steps(story, 5)}},
            "dispatch": "{actor} took a step toward {target}.",
            "hint": "Eases the quarrel and mends what was broken. People at home like it only when things look dangerous."}),
        "consult": _cited(story, {
            "title": "Talk with {target} in confidence", "by": "parties", "to": "parties", "tier": "contacts", "group": "words",
            "seen": "parties", "times": 2, "change": {"tension": -3},
            "dispatch": "{actor} and {target} talked in confidence.", "hint": "A little, at little cost; twice at most."}),
    }
    if story.offer:
        made["propose_deal"] = _across(_cited(story, {
            "title": "Propose a deal to {target}", "by": "parties", "to": "parties", "tier": "negotiation", "group": "talks",
            "seen": "parties", "opens": "deal", "dispatch": "{actor} proposed a deal to {target}.",
            "hint": "Meeting halfway: it helps who is behind, and it needs two."}))
    if story.ultimatum:
        made["set_ultimatum"] = _across(_cited(story, {
            "title": "Set {target} an ultimatum", "by": "parties", "to": "parties", "tier": "statements", "group": "threats",
            "cost": 2, "times": 2, "opens": "demand", "change": {"tension": 6, "actor.standing": 5},
            "dispatch": "{actor} demanded that {target} give way within two rounds.",
            "hint": "Pleases at home. When the time has passed you must do what you announced, or be seen not to."}))
    if story.mediator:
        made.update(_of_mediator(story, story.mediator))
    return made


def _cited(story: Story, block: Block) -> Block:
    return {**block, "source": "invented"} if story.historical else block


def _across(block: Block) -> Block:
    """A move that addresses those who want the opposite."""
    out: Block = {}
    for key, value in block.items():
        if key == "dispatch":
            out["for"] = {"more": {"to": "less"}, "less": {"to": "more"}}
        out[key] = value
    return out


def _push(story: Story, *, more: bool) -> Block:
    deed = story.up if more else story.down
    step = 8 if more else -8
    return _cited(story, {
        "title": deed[0].upper() + deed[1:], "by": "more" if more else "less", "tier": "measures", "group": "acts", "cost": 2,
        "branches": [{"when": f"tension >= {HEATED}", "change": {story.track: step, "tension": 10, "actor.standing": -3},
                      "set": {"broken": True}},
                     {"chance": "rest", "change": {story.track: step, "tension": 10, "actor.standing": 2},
                      "set": {"broken": True}}],
        "dispatch": f"{{actor}} decided to {deed}.",
        "hint": f"Moves “{story.stake}” your way at once, breaks the promise, and heats the quarrel."})


def _steps(story: Story, toward_them: int) -> list[Block]:
    return [{"when": f"tension >= {HEATED}", "change": {"tension": -9, story.track: toward_them, "actor.standing": 3},
             "set": {"broken": False}},
            {"chance": "rest", "change": {"tension": -8, story.track: toward_them, "actor.standing": -2},
             "set": {"broken": False}}]


def _of_mediator(story: Story, mediator: Side) -> Block:
    credit = f"{mediator.id}.credit"
    return {
        "invite": _cited(story, {
            "title": "Invite {target} to talks", "by": mediator.id, "to": "parties", "tier": "negotiation", "group": "talks",
            "seen": "parties", "opens": "mediation", "dispatch": "{actor} invited {target} to talks.",
            "hint": "An invitation that is accepted calms; one that is declined costs credit."}),
        "warn": _cited(story, {
            "title": "Warn all sides", "by": mediator.id, "tier": "statements", "group": "pressure",
            "branches": [{"when": f"{credit} >= 40", "change": {"tension": -6, credit: -6}},
                         {"chance": "rest", "change": {"tension": -1, credit: -2}}],
            "dispatch": "{actor} warned all sides of what another act would mean.",
            "hint": "Works while you are believed, and spends some of that."}),
        "report": _cited(story, {
            "title": "Report what you have seen", "by": mediator.id, "tier": "statements", "group": "pressure",
            "branches": [{"when": "promise is breached", "change": {"tension": 2, credit: 6},
                          "dispatch": "{actor} reported that the promise is broken; each side disputes how."},
                         {"chance": "rest", "change": {"tension": -1, credit: 3},
                          "dispatch": "{actor} reported that the promise is kept."}],
            "hint": "Builds credit; a broken promise said aloud also heats."}),
    }


# -- offers


def offers(story: Story) -> Block:
    """All offers, by id; none if the story has none."""
    made: Block = {}
    if story.offer:
        made["deal"] = _cited(story, {
            "title": "A deal", "asks": "A proposal of {target}: to meet halfway.", "open": "2 rounds",
            "accept": {"title": "Accept the deal of {target}", "change": {"tension": -10, "actor.standing": -3,
                                                                           "target.standing": -1},
                       "toward": {story.track: {"to": 50, "by": 12}}, "set": {**story.talking, "deal_made": True},
                       "dispatch": "{actor} and {target} met each other halfway."},
            "decline": {"title": "Decline the deal of {target}", "change": {"tension": 4, "actor.standing": 3},
                        "dispatch": "{actor} declined the deal that {target} proposed."},
            "lapse": {"change": {"tension": 2}, "dispatch": "{target} waited for an answer; {actor} gave none."}})
    if story.ultimatum:
        made["demand"] = _cited(story, _demand(story))
    if story.mediator:
        made["mediation"] = _cited(story, _mediation(story, story.mediator))
    return made


def _demand(story: Story) -> Block:
    """An ultimatum as an offer: giving way is accepting it, and what it announced happens when it lapses."""
    up, down = _is("target", story.wanting(more=True)), _is("target", story.wanting(more=False))
    return {
        "title": "An ultimatum", "asks": "A demand of {target}: that you give way.", "open": "2 rounds", "seen": "public",
        "accept": {"title": "Give way to {target}",
                   "branches": [{"when": up, **_given(story, 14)}, {"when": down, **_given(story, -14)}],
                   "dispatch": "{actor} gave way to {target}."},
        "decline": {"title": "Reject the ultimatum of {target}", "change": {"tension": 6, "actor.standing": 4},
                    "dispatch": "{actor} rejected the ultimatum of {target}."},
        "lapse": {"branches": [
            {"when": up, "chance": "likely", "change": {story.track: 8, "tension": 12}, "set": {"broken": True},
             "dispatch": "The time that {target} set has passed, and what was announced was done."},
            {"when": down, "chance": "likely", "change": {story.track: -8, "tension": 12}, "set": {"broken": True},
             "dispatch": "The time that {target} set has passed, and what was announced was done."},
            {"chance": "rest", "change": {"target.standing": -9, "tension": -3},
             "dispatch": "The time that {target} set has passed, and nothing happened."}]},
    }


def _given(story: Story, step: int) -> Block:
    return {"change": {story.track: step, "tension": -12, "actor.standing": -6, "target.standing": 4}, "set": {"gave_way": True}}


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
    """Three clauses: one for all, one for each side of the matter."""
    texts = ("What it says counts for all sides alike.",
             f"“{story.stake}” does not fall below what those who want more of it can live with.",
             f"“{story.stake}” does not rise above what those who want less of it can live with.")
    effects: tuple[Block, ...] = ({"change": {"tension": -4}}, {"change": {story.track: 10}}, {"change": {story.track: -10}})
    worth = ((7, 7), (9, 4), (4, 9))
    made: Block = {}
    for (cid, title), text, effect, (more, less) in zip(story.points, texts, effects, worth, strict=True):
        made[cid] = _cited(story, {
            "title": title, "part": "whole", "parties": [side.id for side in story.sides], "text": f"{title}. {text}",
            "worth": {side.id: more if side.more else less for side in story.sides}, "on_signature": effect,
            "dispatches": {"tabled": f"{{actor}} proposed a clause: {title}.", "agreed": f"A clause is agreed: {title}.",
                           "bracketed": f"A clause is put into brackets: {title}."}})
    return made
