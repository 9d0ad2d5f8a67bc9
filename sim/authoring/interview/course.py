"""authoring: what happens by itself in an interview's scenario, what is released, and how it can end."""

from __future__ import annotations

from typing import Any, Final

from sim.authoring.interview.question import joined
from sim.authoring.interview.story import Side, Story

Block = dict[str, Any]
_LEFT: Final = {"day": "One day is", "three days": "Three days are", "week": "One week is", "month": "One month is"}


def rules(story: Story) -> Block:
    """What happens when a round closes."""
    settled = _settling(story)
    made: Block = {
        "time": story.cited({
            **({"when": [f"not {flag}" for flag in settled]} if settled else {}),
            "change": {side.at_stake: -2 for side in story.sides},
            "why": "What each seat can lose gets less while nothing is settled."}),
        "weight_of_the_breach": story.cited({
            "when": story.breached, "change": {"tension": 2},
            "why": "While a one-sided act stands, every round without a step makes it harder to take one."}),
        "rumour": story.cited({"when": "tension >= 60", "chance": "unlikely", "change": {"tension": "3..7"},
                               "dispatch": story.era.rumour}),
    }
    if story.accident:
        made["accident"] = story.cited({
            "title": "An accident", "hazard": {"of": "tension", "at": {"0": "2 %", "50": "8 %", "100": "35 %"}},
            "change": {"damage": 1, "tension": "4..9"},
            "dispatch": f"{story.era.told} {story.accident}. Each side names another cause."})
    return made


def _settling(story: Story) -> list[str]:
    """The flags by which the quarrel counts as settled."""
    return [flag for flag, there in (("text_signed", story.points), ("deal_made", story.deal)) if there]


def injects(story: Story) -> Block:
    """What is released once."""
    made: Block = {"account": {
        "title": story.era.account, "when": "round == 2", "change": {"tension": 3},
        "dispatch": f"{story.era.prints} of {story.quarrel}. Every side calls it one-sided.",
        "expected": "Whether a seat answers in public, and what that costs it.", "source": "invented"}}
    if story.day:
        day = story.rounds - 1
        made["reminder"] = {"title": "The day comes closer", "when": f"round == {day - 1}",
                            "dispatch": f"{_LEFT[story.step]} left until the day on which {story.day}.", "source": "invented"}
        change: Block = {"tension": 8, **{f"{side.id}.standing": -4 for side in story.sides}}
        settled = [f"not {flag}" for flag in _settling(story)]
        made["the_day"] = {
            "title": "The day", "when": [f"round == {day}", *settled] if settled else f"round == {day}",
            "change": change, "set": {"day_passed": True},
            "dispatch": f"This is the day on which {story.day}. Nothing is settled, and people ask whose doing that is.",
            "source": "invented"}
    return made


# -- endings


def endings(story: Story) -> Block:
    """How it can end, in the order in which it is tested."""
    made: Block = {"break": {
        "title": "A break", "when": "tension >= 95",
        "text": f"The talking has stopped, and nobody will be the first to ask for it. {_still_to_lose(story)} They go on "
                f"quarrelling about {story.quarrel}."}}
    if story.points:
        made["signed"] = {
            "title": "A text with signatures", "when": ["text_signed", "tension < 75"], "settlement": "commission",
            "text": "There is a text, and it has signatures. Each side reads out the article that it wanted and passes quickly "
                    f"over the others. It says something, at last, about {story.quarrel}."}
    if story.ultimatum:
        made.update({f"{side.id}_gave_way": _gave_way(story, side) for side in story.sides})
    if story.deal:
        made["understanding"] = {
            "title": "An understanding", "when": ["deal_made", "last_round", "tension <= 45"],
            "text": f"Nothing was signed. But somebody said “Let us {story.deal}”, and the answer was yes. It was kept. That is "
                    "not much, and it is more than there was."}
    elif not story.points:
        made["understanding"] = {
            "title": "An understanding", "when": ["last_round", "tension <= 40", story.kept],
            "text": "Nobody won. No one-sided act stands, the tone has changed, and that may be enough to live with for those who "
                    f"quarrelled about {story.quarrel}."}
    if story.day:
        made["too_late"] = {
            "title": "Too late", "when": ["day_passed", "last_round", "tension >= 62"],
            "text": f"Everybody knew of the day on which {story.day}. It came, and nothing was settled. "
                    f"{_still_to_lose(story)}"}
    said = " ".join(f"{side.name} would still say: “We want {side.wants}.”" for side in story.sides)
    made["open"] = {
        "title": "An open quarrel", "otherwise": True,
        "text": f"Time has run out, and the quarrel has not ended. {said}"}
    return {key: story.cited(value) for key, value in made.items()}


def _still_to_lose(story: Story) -> str:
    return f"What can be lost is as near to being lost as it was: {joined([side.loses for side in story.sides])}."


def _gave_way(story: Story, side: Side) -> Block:
    return {"title": f"{side.name} gave way", "when": [f"gave_way.{side.id}", "last_round"], "settlement": "imposed",
            "text": f"{side.name} gave way under a threat. It was quick, and somebody will remember it. {side.person}"}
