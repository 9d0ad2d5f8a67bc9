"""authoring: the brief of each seat of an interview's scenario: what everybody knows, and what only the seat knows."""

from __future__ import annotations

from sim.authoring.interview_questions import joined
from sim.authoring.interview_story import Side, Story


def briefs(story: Story) -> dict[str, str]:
    """`briefs/ID.md` and its text, for every seat."""
    public = _public(story)
    return {f"briefs/{side.id}.md": f"# Public\n\n{public}\n\n# Confidential\n\n{_confidential(story, side)}\n"
            for side in story.seats}


def _public(story: Story) -> str:
    more, less = (joined([side.name for side in story.wanting(more=m)]) for m in (True, False))
    parts = [f"{story.names} quarrel about {story.quarrel}. {more} would have “{story.stake}” higher, {less} lower.",
             f"{story.agreement} still stands between them. Its first article says: “{story.promise}”"]
    if story.mediator:
        parts.append(f"{story.mediator.name} has offered to mediate.")
    if story.points:
        parts.append(f"A text with three points is under negotiation: {joined([_quoted(t) for _, t in story.points])}.")
    if story.day:
        parts.append(f"Everybody watches the calendar: on a day that is coming closer, {story.day}.")
    return "\n\n".join(parts)


def _quoted(title: str) -> str:
    return f"“{title}”"


def _confidential(story: Story, side: Side) -> str:
    return _of_mediator(story) if side == story.mediator else _of_side(story, side)


def _of_side(story: Story, side: Side) -> str:
    high, deed = ("high", story.up) if side.more else ("low", story.down)
    parts = [
        f"What you say in public: we want {side.wants}.",
        f"You are scored by three things that pull against each other: “{story.stake}” {high}, standing with your own "
        "people, and calm. Nobody gets all three.",
        f"You can decide to {deed}. It works at once and breaks the promise; while things are heated your own people like "
        "it less. A step toward the other side costs you something of the matter and mends the promise.",
    ]
    if story.offer:
        parts.append("A deal meets halfway. It is worth most to whoever is behind, so watch the number before you propose "
                     "or accept one.")
    if story.ultimatum:
        parts.append("An ultimatum is cheap to set and dear to keep. If nobody gives way in two rounds, you act, or you are "
                     "seen not to.")
    if story.points:
        own = story.points[1 if side.more else 2][1]
        parts.append(f"In the text, “{own}” is your point. The other side's point is worth something to you if yours comes "
                     "with it.")
    if story.accident:
        parts.append("An accident takes from every goal of every seat. The higher the tension, the more likely it is.")
    return "\n\n".join(parts)


def _of_mediator(story: Story) -> str:
    parts = [f"You are scored by calm and by your credit with {story.names}.",
             "A warning calms and spends credit; without credit nobody listens. A report builds it, but a broken promise "
             "said aloud also heats. An invitation that is accepted is worth both."]
    if story.points:
        parts.append("You may table clauses. You do not sign.")
    if story.accident:
        parts.append("An accident takes from your goals too.")
    return "\n\n".join(parts)
