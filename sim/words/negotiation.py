"""words: the negotiating table as a document, and what a signature of each part would mean to the viewer's own seat.

The check is made for a seat alone: red lines and worth are its own, so nobody else is given one.
"""

from __future__ import annotations

from sim.rules import Game, View
from sim.words.catalog import Catalog
from sim.words.draft import summary
from sim.words.estimative import counted, listed
from sim.words.models import CheckedClause, ClauseLine, Negotiation, PartCheck, PartLine
from sim.words.signing import risks

_SETTLED = ("agreed", "signed")
_ALIVE = ("tabled", "bracketed", "agreed")


def negotiation(game: Game, catalog: Catalog, seen: View, parts: tuple[PartLine, ...]) -> Negotiation:
    """The document of `parts`, which were made for the same viewer; without parts where there is no draft."""
    if catalog.scenario.draft is None:
        return Negotiation("No text is under negotiation in this scenario.", "", (), ())
    actors = catalog.bound.words.actors(list(catalog.scenario.draft.signatories), ())
    title = f"Text under negotiation between {listed([catalog.capital(actor) for actor in actors])}"
    if seen.viewer not in game.seats:
        return Negotiation(title, summary(parts), parts, ())
    return Negotiation(title, summary(parts), parts, tuple(
        _check(part, seen.viewer in actors, risks(game, catalog, seen, part.id) if part.signatures else ()) for part in parts))


def _check(part: PartLine, signatory: bool, undone_by: tuple[str, ...]) -> PartCheck:
    agreed = [clause for clause in part.clauses if clause.status == "agreed"]
    tabled = [clause for clause in part.clauses if clause.status == "tabled"]
    return PartCheck(
        part=part.id, title=part.title, signatory=signatory, verdict=_verdict(part, agreed),
        signs=tuple(map(_checked, agreed)), joins=tuple(map(_checked, tabled)),
        red_lines=tuple(clause.title for clause in agreed if clause.red_line),
        missing=tuple(text for clause in agreed if (text := _missing(clause))),
        excluded=tuple(text for clause in agreed for text in _excluded(clause)), others=_others(part),
        risks=undone_by)


def _checked(clause: ClauseLine) -> CheckedClause:
    return CheckedClause(clause.id, clause.number, clause.title, clause.worth, clause.red_line)


def _verdict(part: PartLine, agreed: list[ClauseLine]) -> str:
    if part.clauses and all(clause.status in ("signed", "struck") for clause in part.clauses):
        return "This part is settled; nothing of it is left to sign."
    if not agreed:
        return "Nothing would be signed now: no article of this part is agreed."
    worth = [clause.worth for clause in agreed if clause.worth is not None]
    valued = f", worth {sum(worth)} of {10 * len(worth)} to you" if worth else ""
    return f"{counted(len(agreed), 'article')} would be signed now{valued}."


def _missing(clause: ClauseLine) -> str:
    """Where nothing that an agreed clause rests on is agreed any more."""
    needs = [other for other in clause.related if other.how == "needs"]
    if not needs or any(other.status in _SETTLED for other in needs):
        return ""
    return f"“{clause.title}” rests on {_titles([other.title for other in needs])}, which is not agreed."


def _excluded(clause: ClauseLine) -> list[str]:
    against = [other for other in clause.related if other.how != "needs"]
    alive = [other.title for other in against if other.status in _ALIVE]
    struck = [other.title for other in against if other.status == "struck"]
    out = [f"“{clause.title}” and {_titles(alive)} exclude each other."] if alive else []
    return out + ([f"“{clause.title}” stands in place of {_titles(struck)}."] if struck else [])


def _titles(titles: list[str]) -> str:
    return listed([f"“{title}”" for title in titles], "or")


def _others(part: PartLine) -> str:
    """What the signatures of others do to the viewer's own."""
    mine = next((it for it in part.signatures if it.own), None)
    given = [it for it in part.signatures if it.rounds and not it.own]
    if mine is None or not part.signatures:
        return ""
    if mine.rounds:
        return f"Your signature stands for {counted(mine.rounds, 'more round')}."
    if len(given) == len(part.signatures) - 1 and given:
        has = "has" if len(given) == 1 else "have"
        return f"{listed([it.who for it in given])} {has} signed: your signature would complete it this round."
    if not any(clause.status == "agreed" for clause in part.clauses):
        return ""
    return "Your signature waits for the other side's, and whatever is agreed meanwhile is signed with it."


__all__ = ["negotiation"]
