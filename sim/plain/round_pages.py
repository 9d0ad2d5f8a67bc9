"""plain: the round as statements: date, phase, tracks, dispatches, questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sim.words import describe
from sim.words.models import Dispatch, Menu, Obstacle, QuestionItem, SilentLine, Situation, TrackLine
from sim.words.sources import cited

Statement = str | tuple[str, str]
"""A statement, or a mark (`3.`) and its statement."""

MAIN: Final = 6
"""Shared tracks that the opening of a round tells, changed or not."""


def heading(now: Situation) -> Iterator[Statement]:
    """Round, date, phase."""
    yield f"Round {now.round} of {now.rounds}. {now.date}. {_leg(now)}"
    if now.phase:
        yield f"Phase: {sentence(now.phase)} {now.phase_text}".rstrip()


def status(now: Situation, menu: Menu, costs: Sequence[int], open_questions: int) -> Iterator[Statement]:
    """Where the match stands, in a few lines."""
    yield f"You are {now.viewer}. Round {now.round} of {now.rounds}, {now.date}."
    if now.ending:
        yield f"The match has ended: {sentence(now.ending)}"
        return
    if now.phase:
        yield f"Phase: {sentence(now.phase)}"
    moved = [t for t in now.tracks if t.change]
    if moved:
        yield "Changed in the last round: " + "; ".join(_short(t) for t in moved) + "."
    yield purse(menu, costs)
    if open_questions:
        yield f"{_count(open_questions, 'question')} unanswered; `questions` reads what was asked."


def purse(menu: Menu, costs: Sequence[int]) -> str:
    """Attention left and orders filed."""
    left = menu.attention - sum(costs)
    return f"Attention left: {left} of {menu.attention}. Orders filed: {len(costs)} of {menu.orders}."


def main_tracks(now: Situation) -> Iterator[Statement]:
    """The tracks that the opening of a round tells: the seat's own, the first shared ones, and all that have changed."""
    shared = [t.name for t in now.tracks if not t.own][:MAIN]
    told = [t for t in now.tracks if t.own or t.change or t.name in shared]
    for track in told:
        yield "-", f"{'Your own: ' if track.own else ''}{_short(track)}."
    if len(told) < len(now.tracks):
        yield f"{_count(len(now.tracks) - len(told), 'more track')} unchanged; `tracks` reads all."


def tracks(lines: Iterable[TrackLine]) -> Iterator[Statement]:
    """Every track with what it means and how it ran."""
    for track in lines:
        yield "-", track_line(track)
        if track.text:
            yield " ", sentence(track.text)
        if len(track.trend) > 2:
            yield " ", "By round: " + ", ".join(str(value) for value in track.trend) + "."


def track_line(track: TrackLine) -> str:
    """One track: `Tension 54 (0 to 100, lower is better), up 4: worse`, `Violence: none (0 of 5, lower is better) …`."""
    better = {"low": ", lower is better", "high": ", higher is better", "none": ""}[track.better]
    own = "Your own: " if track.own else ""
    value = f"{track.title} {track.value} ({track.low} to {track.high}{better})"
    if track.word:
        value = f"{track.title}: {track.word} ({track.value} of {track.high}{better})"
    return f"{own}{value}, {_changed(track)}."


def dispatches(lines: Iterable[Dispatch], first: int = 1, *, dated: bool = False) -> Iterator[Statement]:
    """Dispatches, numbered so that `who 3` can ask for the sources of one."""
    for n, line in enumerate(lines, first):
        yield f"{n}.", dispatch(line, dated=dated)


def dispatch(line: Dispatch, *, dated: bool = False) -> str:
    """One dispatch with its speaker, whether it is contested, its changes and its die."""
    text = sentence(line.text)
    if line.speaker and not _names(text, line.speaker):
        text = f"{line.speaker}: {text}"
    if dated:
        text = f"Round {line.round}, {line.date}. {text}"
    marks = []
    if line.private:
        marks.append("not public")
    if line.contested:
        marks.append("contested")
    marks += [mark for mark in (cited(line.source), line.roll) if mark]
    # a screen reader says "right arrow"
    marks += [change.replace(" → ", " to ") for change in line.changes]
    return f"{text} ({'; '.join(marks)})" if marks else text


def silent(lines: Sequence[SilentLine], number: int) -> Iterator[Statement]:
    """What a round moved without a dispatch; with the dispatches it adds up to what the tracks did."""
    if not lines:
        yield f"In round {number} nothing moved but what the dispatches tell."
        return
    yield f"What else moved in round {number}, without a dispatch:"
    yield from (("-", describe.silent_line(line)) for line in lines)


def questions(waiting: Sequence[QuestionItem], answered: dict[str, str]) -> Iterator[Statement]:
    """What waits for an answer, each answer with the word that gives it, and what was answered so far."""
    for n, question in enumerate(waiting, 1):
        lasts = {0: "", 1: " Last round to answer."}.get(question.rounds_left, f" {question.rounds_left} rounds left.")
        yield f"{n}.", f"{sentence(question.text or question.title)}{lasts}"
        for k, answer in enumerate(question.answers, 1):
            if answer not in question.shown:
                continue
            word = _word(k)
            told = "" if answer.legal else " Closed: " + why_not(answer.why_not) + "."
            likely = sentence(answer.branches[0].text) if len(answer.branches) == 1 else (
                f"`? {word} {n}` tells how it can turn out." if answer.branches else "")
            red = " One of your red lines." if answer.red_line else ""
            yield " ", f"{word} {n}: {sentence(answer.title)}{red} {likely}{told}".rstrip()
        if question.if_ignored:
            yield " ", f"If you leave it: {sentence(question.if_ignored)}"
        if question.id in answered:
            yield " ", f"You have answered: {sentence(answered[question.id])}"


def why_not(obstacles: Iterable[Obstacle]) -> str:
    """The conditions that do not hold, with today's values: `needs that tension is 60 or more (now 45); and that …`."""
    told = "; and that ".join(obstacle_text(obstacle) for obstacle in obstacles)
    return f"needs that {told}" if told else "not possible now"


def obstacle_text(obstacle: Obstacle) -> str:
    """What does not hold, with today's value."""
    return f"{obstacle.text} ({obstacle.now})" if obstacle.now else obstacle.text


def sentence(text: str) -> str:
    """The text with a large first letter and a full stop, unless it has its own end; leading blanks stay."""
    begun = text.lstrip()
    if not begun:
        return ""
    lead = text[: len(text) - len(begun)]
    begun = begun.rstrip()
    if begun.rstrip('”")')[-1:] not in tuple(".!?…:"):
        begun += "."
    return lead + begun[0].upper() + begun[1:]


def _word(number: int) -> str:
    return {1: "yes", 2: "no"}.get(number, f"answer {number} to")


def _changed(track: TrackLine) -> str:
    if not track.change:
        return "unchanged"
    judged = {"good": ": better", "bad": ": worse", "neutral": ""}[track.judged]
    return f"{'up' if track.change > 0 else 'down'} {abs(track.change)}{judged}"


def _short(track: TrackLine) -> str:
    value = f": {track.word} ({track.value} of {track.high})" if track.word else f" {track.value}"
    return f"{track.title}{value}, {_changed(track)}" if track.change else f"{track.title}{value}"


def _leg(now: Situation) -> str:
    days = f"a round is {_count(now.step_days, 'day')}"
    return f"{now.leg}; {days}." if now.leg else f"{days[0].upper()}{days[1:]}."


def _names(text: str, speaker: str) -> bool:
    return speaker.lower() in text.lower()[: len(speaker) + 12]


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
