"""authoring: what happens by itself in an interview's scenario, what is released, and how it can end."""

from __future__ import annotations

from typing import Any

from sim.authoring.interview_story import Story

Block = dict[str, Any]


def _cited(story: Story, block: Block) -> Block:
    return {**block, "source": "invented"} if story.historical else block


def rules(story: Story) -> Block:
    """What happens when a round closes."""
    made: Block = {
        "weight_of_the_breach": _cited(story, {
            "when": "promise is breached", "change": {"tension": 2},
            "why": "While the promise is broken, every round without a step makes it harder to take one."}),
        "rumour": _cited(story, {"when": "tension >= 60", "chance": "unlikely", "change": {"tension": "3..7"},
                                 "dispatch": "A rumour spreads about what the other side plans; nobody confirms it."}),
    }
    if story.accident:
        made["accident"] = _cited(story, {
            "title": "An accident", "hazard": {"of": "tension", "at": {"0": "2 %", "50": "8 %", "100": "35 %"}},
            "change": {"damage": 1, "tension": "4..9"},
            "dispatch": f"It is reported that {story.accident}. Each side names another cause."})
    return made


def injects(story: Story) -> Block:
    """What is released once."""
    made: Block = {"account": {
        "title": "An account in the papers", "when": "round == 2", "change": {"tension": 3},
        "dispatch": f"A newspaper prints an account of the quarrel over “{story.stake}”; every side calls it one-sided.",
        "expected": "Whether a seat answers in public, and what that costs it.", "source": "invented"}}
    if story.day:
        day = story.rounds - 1
        made["reminder"] = {"title": "One round left", "when": f"round == {day - 1}",
                            "dispatch": f"One round is left until the day comes: {story.day}.", "source": "invented"}
        change: Block = {"tension": 8, **{f"{side.id}.standing": -4 for side in story.sides}}
        settled = ["not text_signed"] if story.points else ["not deal_made"] if story.offer else []
        made["the_day"] = {
            "title": "The day", "when": [f"round == {day}", *settled] if settled else f"round == {day}",
            "change": change, "set": {"day_passed": True},
            "dispatch": f"The day has come: {story.day}. Nothing is settled.", "source": "invented"}
    return made


def endings(story: Story) -> Block:
    """How it can end, in the order in which it is tested."""
    made: Block = {"break": {
        "title": "A break", "when": "tension >= 95",
        "text": f"The talking has stopped. {story.names} still need each other, and nobody will be the first to say so. "
                f"The quarrel about {story.quarrel} is where it was."}}
    if story.points:
        made["signed"] = {
            "title": "A text with signatures", "when": ["text_signed", "tension < 75"],
            "settlement": "commission",
            "text": f"There is a text about {story.quarrel}, and it has signatures. Each side reads out the point that it "
                    "wanted and passes quickly over the others. That is how texts are kept."}
    if story.ultimatum:
        made["gave_way"] = {
            "title": "Somebody gave way", "when": ["gave_way", "last_round"], "settlement": "imposed",
            "text": "Somebody gave way under a threat. It was quick, and it will be remembered: the next quarrel begins "
                    "where this one ended."}
    if story.offer:
        made["understanding"] = {
            "title": "An understanding", "when": ["deal_made", "last_round", "tension <= 45"],
            "text": f"Nothing was signed about {story.quarrel}. But a deal was struck and kept, and each side knows now "
                    "that the other can say yes."}
    elif not story.points:
        made["understanding"] = {
            "title": "An understanding", "when": ["last_round", "tension <= 40", "promise is not breached"],
            "text": f"Nobody won the quarrel about {story.quarrel}. The promise is kept, the tone has changed, and that "
                    "may be enough to live with."}
    if story.day:
        made["too_late"] = {
            "title": "Too late", "when": ["day_passed", "last_round", "tension >= 62"],
            "text": f"The day went by: {story.day}. What could have been settled before it must now be settled by others, "
                    "or not at all."}
    made["open"] = {
        "title": "An open quarrel", "otherwise": True,
        "text": f"Time has run out. The quarrel about {story.quarrel} is as open as it was, and each side has its own account "
                "of why."}
    return {key: _cited(story, value) for key, value in made.items()}
