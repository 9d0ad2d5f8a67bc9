"""report: a match as a transcript in Markdown: round by round what was said, filed and told, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sim.rules import CONTROL
from sim.words.desk import Desk
from sim.words.estimative import listed
from sim.words.models import Dispatch, EndingModel, Stop


@dataclass(frozen=True, slots=True)
class Said:
    """A message or a note of a class that belongs to a round."""

    round: int
    """0 for before the first."""
    who: str
    to: str
    """To whom, in words; empty for a note to oneself."""
    text: str
    kind: str
    """`message`, `note verbale`, `broadcast`, `note`."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something of a class, not of the match: a seat that changed hands, an inject released, a round taken back."""

    round: int
    """0 for before the first."""
    text: str
    """A sentence."""


@dataclass(frozen=True, slots=True)
class OfClass:
    """What a class adds to a transcript."""

    said: Sequence[Said] = ()
    happened: Sequence[Happened] = ()
    title: str = ""
    """Behind the title of the scenario: `table 2`."""
    front: Sequence[str] = ()
    """Paragraphs under the title."""
    back: Sequence[str] = ()
    """Paragraphs behind the last round."""


def transcript(desk: Desk, of_class: OfClass | None = None) -> str:
    """All rounds of the line on which the match stands, as the desk's viewer knows them."""
    more = of_class or OfClass()
    now = desk.situation()
    whose = "With all its secrets." if desk.seat == CONTROL else f"As {now.viewer} knew it."
    stops = [stop for stop in desk.timeline().stops if stop.state != "end"]
    numbers = [stop.round for stop in stops]
    out = [f"# {now.title}{f', {more.title}' if more.title else ''}", whose, *more.front]
    before = list(_of_class(more, lambda n: n < min(numbers, default=1)))
    if before:
        out += ["## Before the first round", *before]
    for stop in stops:
        out += _round(desk, stop, more)
    page = desk.ending()
    if page is not None:
        # the last page of a seat tells its own goals alone
        out += _end(page, own="" if desk.seat == CONTROL else desk.seat)
    after = list(_of_class(more, lambda n: bool(numbers) and n > max(numbers)))
    if after:
        out += ["## After the last round", *after]
    out += more.back
    return "\n\n".join(out) + "\n"


def written(text: str) -> str:
    """What a person wrote, on one line, so that nothing in it counts as Markdown or as a tag."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", _one_line(text))


def _of_class(more: OfClass, when: Callable[[int], bool]) -> Iterator[str]:
    said = [it for it in more.said if when(it.round)]
    if said:
        yield "**Said**"
        yield "\n".join(f"- {written(it.who)}{f' to {it.to}' if it.to else ''} ({it.kind}): {written(it.text)}" for it in said)
    happened = [it for it in more.happened if when(it.round)]
    if happened:
        yield "**In the room**"
        yield "\n".join(f"- {it.text}" for it in happened)


def _round(desk: Desk, stop: Stop, more: OfClass) -> Iterator[str]:
    phase = f" – {stop.phase}" if stop.phase else ""
    yield f"## Round {stop.round}, {stop.date}{phase}"
    if stop.changes:
        yield f"*{listed(list(stop.changes))} since the round before.*"
    yield from _of_class(more, lambda n: n == stop.round)
    filed = [f"- {it.name}: {', '.join(f'“{title}”' for title in it.titles) or 'nothing'}" for it in stop.filed]
    if filed and stop.state == "closed":
        yield "**Filed**"
        yield "\n".join(filed)
    told = desk.dispatches(stop.round)
    if told:
        yield "**The wire**"
        yield "\n".join(_lines(told))
    if stop.state == "open":
        yield "*The round is open.*"


def _lines(told: Iterable[Dispatch]) -> Iterator[str]:
    for it in told:
        contested = " *(contested)*" if it.contested else ""
        private = " *(heard by those concerned)*" if it.private else ""
        changes = f" [{'; '.join(it.changes)}]" if it.changes else ""
        yield f"- {_one_line(it.text)}{contested}{private}{changes}"


def _end(page: EndingModel, own: str) -> Iterator[str]:
    yield f"## The end, {page.date}: {page.title}"
    yield page.text.strip()
    for score in page.scores:
        if own and score.seat != own:
            continue
        yield f"**{score.verdict.rstrip('.') or f'{score.name} {score.raw} of 100'}.**" + (f" {score.taken}" if score.taken else "")
        yield "\n".join(f"- {goal.title}: {goal.figure} (weight {goal.weight}). {goal.says}".rstrip() for goal in score.goals)


def _one_line(text: str) -> str:
    return " ".join(text.split())
