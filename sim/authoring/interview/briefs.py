"""authoring: the brief of each seat of an interview's scenario: what everybody knows of it, and what only the seat knows."""

from __future__ import annotations

from typing import Final

from sim.authoring.interview.question import joined
from sim.authoring.interview.story import Side, Story, inside

ROOM: Final = 450
"""Words of a brief. What goes beyond it is left out, the last paragraph first."""


def briefs(story: Story) -> dict[str, str]:
    """`briefs/ID.md` and its text, for every seat."""
    made = {}
    for side in story.seats:
        mediates = side == story.mediator
        public = _public_of_mediator(story, side) if mediates else _public(story, side)
        confidential = _of_mediator(story, side) if mediates else _of_side(story, side)
        made[f"briefs/{side.id}.md"] = _fitting(public, confidential)
    return made


def _fitting(public: list[str], confidential: list[str]) -> str:
    while True:
        text = "\n\n".join(["# Public", *public, "# Confidential", *confidential]) + "\n"
        if len(text.split()) <= ROOM or len(confidential) == 1:
            return text
        confidential = confidential[:-1]


# -- public


def _public(story: Story, side: Side) -> list[str]:
    return [
        f"{story.names} quarrel about {story.quarrel}. {side.name} would say: “We want {side.wants}.”",
        f"Only {side.name} can {side.act.text}, or {side.gives.text}. What {side.name} can lose: {side.loses}.",
        *_known(story)]


def _public_of_mediator(story: Story, side: Side) -> list[str]:
    return [f"{story.names} quarrel about {story.quarrel}. {side.name} has offered to mediate, and takes no side.",
            *_known(story)]


def _known(story: Story) -> list[str]:
    parts = []
    if story.agreement:
        parts.append(f"One agreement is in force: {inside(story.agreement)}. Its first article says: “{story.promise}”")
    if story.points:
        parts.append(f"A text of three articles is on the table: {joined([f'“{point.title}”' for point in story.points])}.")
    if story.day:
        parts.append(f"Everybody knows the date. On {story.last_day}, in round {story.rounds - 1} of {story.rounds}, {story.day}.")
    return parts


# -- confidential


def _of_side(story: Story, side: Side) -> list[str]:
    """The most important first: where texts are long, the last are left out."""
    hurt = story.side(side.hurts)
    direction = "higher" if side.more else "lower"
    promise = "It breaks the promise" if story.agreement else "It will be held against you"
    parts = [
        f"Somebody in {side.name} will remember what you decide. {side.person}",
        f"You want “{story.stake}” {direction}: at 0, {story.low}; at 100, {story.high}. You can lose {side.loses}, a "
        "little more each round until something is settled.",
        f"Your dilemma. To {side.act.text} brings you what you want at once. {promise}, and takes from {hurt.name} what can be "
        f"lost there: {hurt.loses}. To {side.gives.text} calms everybody and helps {hurt.name}. It costs you part of "
        "what you came for, and pleases at home only in danger.",
        "The others. " + " ".join(f"{it.name}, with {it.loses} to lose: “We want {it.wants}.”" for it in story.sides
                                  if it != side)]
    hurting = story.hurting(side)
    if hurting:
        each = joined([f"if {it.name} should {it.act.text}" for it in hurting])
        parts.append(f"What would hit you hardest: {each}.")
    allies = [it.name for it in story.wanting(more=side.more) if it != side]
    if allies:
        parts.append(f"You and {joined(allies)} want the same of “{story.stake}” and do not fear the same: a text can serve one "
                     "of you alone.")
    return parts + _tools(story, side)


def _tools(story: Story, side: Side) -> list[str]:
    parts = []
    if story.points:
        own, other = (story.points[1], story.points[2]) if side.more else (story.points[2], story.points[1])
        parts.append(f"In the text, “{own.title}” is your article, “{other.title}” may be its price, and "
                     f"“{story.points[0].title}” saves some of what each side can lose.")
    if story.deal:
        parts.append(f"“Let us {story.deal}” meets halfway: it is worth most to whoever is behind. Look at the number first.")
    if story.ultimatum:
        parts.append(f"An ultimatum is cheap to set and dear to keep: yours announces that you will {side.act.text}. In "
                     "two rounds you do it, or are seen not to.")
    if story.accident:
        parts.append(f"The higher the tension, the sooner somebody brings the news that {story.accident}. It takes from every "
                     "goal of every seat.")
    return parts


def _of_mediator(story: Story, side: Side) -> list[str]:
    fears = " ".join(f"{it.name}: {it.loses}." for it in story.sides)
    parts = [f"Somebody in {side.name} will remember what you did. {side.person}",
             f"You want calm, and to be believed by {story.names}. You can lose your credit, and without it nobody listens.",
             f"What each of them is afraid to lose. {fears}",
             "A warning calms and spends credit. A report builds it, but a breach said aloud also heats. An invitation that "
             "is accepted is worth both; one that is declined costs you. Go first to whoever has least left to lose."]
    if story.points:
        parts.append("You may table articles. Yours are read as nobody's. You do not sign.")
    if story.accident:
        parts.append(f"You lose too if somebody brings the news that {story.accident}.")
    return parts
