"""words: the glossary: the words of the game and of its field, and those of the scenario at hand.

The general terms have their home here; `docs/glossary.md` is made from them.
"""

from __future__ import annotations

from typing import Final

from sim.words.catalog import TIERS, Catalog, sentence
from sim.words.models import Term, TermGroup

_TIERS: Final = {
    "answers": "replies to offers and to clauses", "contacts": "calls, visits, meetings",
    "negotiation": "offers, clauses, signatures", "statements": "what is said in public",
    "measures": "steps on the ground, at home and among friends", "force": "the use of arms",
}


def _group(title: str, *terms: tuple[str, str]) -> TermGroup:
    return TermGroup(title, tuple(Term(word, means) for word, means in terms))


GENERAL: Final = (
    _group(
        "Playing",
        ("match", "one play of a scenario"),
        ("seat", "who plays an actor: a person, a team or a policy"),
        ("voice", "an actor without a seat"),
        ("round", "one turn of the clock, in which all seats act"),
        ("leg", "a stretch of the clock with one step"),
        ("order", "a sealed choice of a move for this round; nobody else sees it before the round is resolved"),
        ("attention", "what a seat can spend on orders in a round; what is left over is not kept"),
        ("move", "something a seat can order"),
        ("tier", "when in a round a kind of move resolves: answers, contacts, negotiation, statements, measures, force"),
        ("overtaken by events", "an order whose condition no longer held when it resolved"),
        ("offer", "a proposal that waits for its addressee, and lapses"),
        ("question", "what a seat may answer at no cost: an offer, a tabled clause"),
        ("track", "a bounded whole number: tension, trust, isolation"),
        ("phase", "state of the situation machine"),
        ("inject", "an event released by time, by condition or by the facilitator"),
        ("ending", "how the story ended"),
        ("goal", "what a seat is scored by: a figure from 0 to 100, with a weight; deaths never add to it"),
        ("par", "what persona play usually reaches in a seat"),
        ("level", "how the automatic players choose: easy, standard, hard; on easy their reasons are told after each round"),
        ("save", "a match's file; its owner's, and complete"),
    ),
    _group(
        "Papers",
        ("agreement", "a signed text"),
        ("provision", "one article of an agreement, with a status: observed, questioned, pending, breached, restored, "
                      "suspended, fulfilled, lapsed"),
        ("draft", "the text under negotiation"),
        ("part", "clauses of the draft that are signed together"),
        ("clause", "one article of the draft: absent, tabled, bracketed, agreed, signed, struck"),
        ("tabled", "a clause that is proposed and waits for the yes of everybody it needs"),
        ("bracket", "square brackets around a text that somebody does not accept; it must be tabled again"),
        ("agreed", "a clause to which all whose yes it needs have said yes; on paper, not signed"),
        ("signed", "a clause that takes effect, because its part was signed while it was agreed"),
        ("struck", "a clause that is gone, because one that excludes it was agreed"),
        ("signature", "one side's consent to a part; it waits some rounds for the other's, and then lapses"),
        ("red line", "a clause that a seat must not sign; only the seat itself knows which"),
        ("worth", "what a clause would give a seat, from 0 to 10: advice to that seat alone, not score"),
    ),
    _group(
        "Who says so",
        ("dispatch", "a line of the news wire"),
        ("readout", "one side's account of a contact"),
        ("claim", "a statement with a speaker"),
        ("contested", "resting on a claim that somebody disputes"),
        ("dossier", "what one source says, in `seeds/`"),
        ("invented", "written for the scenario; no source stands behind it"),
        ("view", "what control, a seat or the public may know"),
    ),
    _group(
        "Behind the screen",
        ("scenario", "a crisis as a file: actors, what they signed, what they claim, what they can do"),
        ("actor", "a state or body in the story"),
        ("library", "the scenarios found"),
        ("event", "a fact the rules produced"),
        ("control event", "a facilitator's act on the game"),
        ("facilitator", "who leads a class"),
        ("policy", "an automatic player: persona, one-ply, search; shown as easy, standard, hard"),
        ("playout", "a whole game by policies"),
        ("journal", "what happened in a match, entry by entry"),
        ("debrief", "what a class does after the ending"),
    ),
    _group(
        "Terms of the field",
        ("CAMEO", "Conflict and Mediation Event Observations: codes for kinds of political events, such as 046 for "
                  "engaging in negotiation"),
        ("Goldstein", "a conflict–cooperation scale for such events, from −10 (the most hostile) to +10"),
        ("PA-X", "a database of peace agreements and of the provisions in them"),
        ("ICB", "International Crisis Behavior: data on crises between states"),
        ("MID", "militarized interstate disputes: data on threats and uses of force"),
        ("ICD 203", "the US intelligence community's standard for words of estimative probability: remote, unlikely, "
                    "roughly even, likely, almost certain"),
        ("HSEEP", "a US programme for building exercises and learning from them"),
        ("MSEL", "master scenario events list: injects and their expected lessons"),
    ),
)
"""The terms that no scenario changes, group by group."""


def glossary(catalog: Catalog, viewer: str) -> tuple[TermGroup, ...]:
    """The scenario's own words as far as the viewer may know them, then the general ones."""
    return tuple(group for group in (_seats(catalog), _tiers(), _phases(catalog), _tracks(catalog, viewer),
                                     _places(catalog)) if group.terms) + GENERAL


def _seats(catalog: Catalog) -> TermGroup:
    """Capitals and codes, by which texts and narrow screens call the actors."""
    seats = catalog.bound.words.seats
    return TermGroup("Seats and voices here", tuple(
        Term(catalog.capital(aid), " · ".join(part for part in (
            f"{it.name}, {it.code}", "a seat" if aid in seats else "a voice") if part) + (f". {it.about}" if it.about else ""))
        for aid, it in catalog.scenario.actors.items()))


def _tiers() -> TermGroup:
    return TermGroup("Tiers, in the order in which a round resolves", tuple(
        Term(TIERS[tier], f"{number}. {means}") for number, (tier, means) in enumerate(_TIERS.items(), 1)))


def _phases(catalog: Catalog) -> TermGroup:
    phases = catalog.scenario.phases
    return TermGroup("Phases here", tuple(Term(it.title, it.text.strip()) for it in phases.states.values()) if phases else ())


def _tracks(catalog: Catalog, viewer: str) -> TermGroup:
    names = catalog.names(viewer)
    return TermGroup("Tracks that you see here", tuple(
        Term(names.title(name), it.text.strip()) for name, it in catalog.tracks.items()
        if it.shown and it.text and names.sees_name(name)))


def _places(catalog: Catalog) -> TermGroup:
    return TermGroup("Places with more than one name", tuple(
        Term(it.house, " ".join(part for part in (sentence("; ".join(f"{language.capitalize()}: {name}" for language, name
                                                                   in it.names.items())), it.note) if part))
        for it in catalog.scenario.names.values()))


def page() -> str:
    """`docs/glossary.md`."""
    out = ["# Glossary", "",
           "The words of Detente. Code, files, screens and pages use these and no synonyms. Made from",
           "`sim/words/glossary.py` by `python -m docs.make`; in the game, g opens it with the scenario's own words.", ""]
    for group in GENERAL:
        out += [f"## {group.title}", "", "| word | meaning |", "|---|---|",
                *(f"| {term.word} | {term.means} |" for term in group.terms), ""]
    return "\n".join(out)


__all__ = ["GENERAL", "glossary", "page"]
