"""report: a match as a transcript in Markdown: round by round what was filed, what the wire told, how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sim.rules import CONTROL
from sim.words.desk import Desk
from sim.words.estimative import listed
from sim.words.models import Dispatch, EndingModel, Stop


@dataclass(frozen=True, slots=True)
class Said:
    """A message or a note of a class that belongs to a round."""

    round: int
    who: str
    to: str
    """To whom, in words; empty for a note to oneself."""
    text: str
    kind: str
    """`message`, `note verbale`, `broadcast`, `note`."""


def transcript(desk: Desk, said: Sequence[Said] = ()) -> str:
    """All rounds of the line on which the match stands, as the desk's viewer knows them."""
    now = desk.situation()
    whose = "With all its secrets." if desk.seat == CONTROL else f"As {now.viewer} knew it."
    out = [f"# {now.title}", whose]
    for stop in desk.timeline().stops:
        if stop.state != "end":
            out += _round(desk, stop, [it for it in said if it.round == stop.round])
    page = desk.ending()
    if page is not None:
        # the last page of a seat tells its own goals alone
        out += _end(page, own="" if desk.seat == CONTROL else desk.seat)
    return "\n\n".join(out) + "\n"


def _round(desk: Desk, stop: Stop, said: Sequence[Said]) -> Iterator[str]:
    phase = f" – {stop.phase}" if stop.phase else ""
    yield f"## Round {stop.round}, {stop.date}{phase}"
    if stop.changes:
        yield f"*{listed(list(stop.changes))} since the round before.*"
    if said:
        yield "**Said**"
        yield "\n".join(f"- {it.who}{f' to {it.to}' if it.to else ''} ({it.kind}): {_one_line(it.text)}" for it in said)
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
