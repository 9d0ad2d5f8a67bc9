"""scenario: every text of a scenario that somebody reads, with its place, its readers and the room it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.bind.shapes import Loc
    from sim.scenario.models import Branch, Map, Move, MoveVariant, OfferAnswer

PAIR = ("actor", "target")
ACTOR = ("actor",)


class Room(NamedTuple):
    """How long a text of a kind may be, and what shows it."""

    most: int
    what: str
    where: str
    """Completes "the title has 50 characters; …"."""


TITLES = {
    "scenario": Room(40, "the title", "the list of scenarios shows 40"),
    "blurb": Room(320, "the blurb", "the card of a scenario shows some 320"),
    "leg": Room(24, "the title", "the clock shows 24"),
    "actor": Room(44, "the name", "lists of actors show 44"),
    "capital": Room(16, "the capital", "tables with a column for each actor show 16"),
    "goal": Room(26, "the title", "the table of goals shows 26"),
    "track": Room(26, "the title", "the table of tracks shows 26, the name of the value included"),
    "phase": Room(20, "the title", "the head of the screen shows 20"),
    "provision": Room(34, "the title", "the list of provisions shows 34"),
    "agreement": Room(40, "the title", "lists show 40"),
    "move": Room(60, "the title", "a row of the menu shows 60"),
    "offer": Room(44, "the title", "a row of questions shows 44"),
    "part": Room(34, "the title", "the head of a part shows 34"),
    "clause": Room(44, "the title", "a row that tables a clause shows 44"),
    "inject": Room(40, "the title", "the list of events shows 40"),
    "ending": Room(40, "the title", "lists of endings show 40"),
    "marker": Room(32, "the title", "the list beside the map shows 32"),
}
"""Titles stand in rows that do not wrap: what is longer ends in an ellipsis at 80 columns."""

TEXTS = {
    "dispatch": Room(300, "the dispatch", "a line of the wire is read as one: four rows of 80"),
    "hint": Room(200, "the hint", "it is one sentence beside the menu"),
    "clause": Room(240, "the clause", "a clause is read whole in the table of the draft"),
    "ending": Room(700, "the ending", "an ending has to fit on one screen of 24 rows"),
    "phase": Room(160, "the text", "it stands in two rows under the head of the screen"),
    "track": Room(200, "the text", "it is read in the pane beside the table"),
    "provision": Room(300, "the provision", "it is read in the pane beside the list"),
    "about": Room(200, "the line about it", "it stands under the name"),
}
"""What wraps, and would still be too much to read where it stands."""


class Prose(NamedTuple):
    """A text and who reads it."""

    loc: Loc
    text: str
    room: Room | None = None
    open: bool = False
    """Whether everybody reads it, the public too."""
    slots: tuple[str, ...] = ()
    """Words in braces that are filled in."""
    quoted: bool = False
    """Whether it is the speech of a named speaker as a whole."""


def prose(bound: Bound) -> list[Prose]:
    """All texts of `scenario.yaml`, in the order of the file."""
    s = bound.scenario
    out = [Prose(("title",), s.title, TITLES["scenario"], open=True),
           Prose(("about", "blurb"), s.about.blurb, TITLES["blurb"], open=True),
           Prose(("about", "content_note"), s.about.content_note, open=True)]
    out += [Prose(("about", key, n), text, open=True) for key in ("teaches", "questions")
            for n, text in enumerate(getattr(s.about, key))]
    out += [Prose(("about", "rubric", k), text, open=True) for k, text in s.about.rubric.items()]
    out += [Prose(("clock", "legs", k, "title"), leg.title, TITLES["leg"], open=True) for k, leg in s.clock.legs.items()]
    for aid, actor in s.actors.items():
        out += [Prose(("actors", aid, "name"), actor.name, TITLES["actor"], open=True),
                Prose(("actors", aid, "capital"), actor.capital, TITLES["capital"], open=True),
                Prose(("actors", aid, "about"), actor.about, TEXTS["about"], open=True)]
        for gid, goal in actor.goals.items():
            out += [Prose(("actors", aid, "goals", gid, "title"), goal.title, TITLES["goal"]),
                    Prose(("actors", aid, "goals", gid, "says"), goal.says, slots=tuple(bound.words.variables))]
    for tid, track in s.tracks.items():
        seen = bound.words.variables[tid].seen is None if tid in bound.words.variables else True
        longest = max(track.scale.values(), key=len, default="")
        whole = track.title + (f"  {longest}" if longest else "")
        out += [Prose(("tracks", tid, "title"), whole if track.shown else track.title, TITLES["track"], seen),
                Prose(("tracks", tid, "text"), track.text, TEXTS["track"], seen)]
    for key in ("flags", "counters"):
        out += [Prose((key, k, "text"), it.text) for k, it in getattr(s, key).items()]
    for aid, agreement in s.agreements.items():
        out.append(Prose(("agreements", aid, "title"), agreement.title, TITLES["agreement"], open=True))
        for pid, it in agreement.provisions.items():
            loc: Loc = ("agreements", aid, "provisions", pid)
            out += [Prose((*loc, "title"), it.title, TITLES["provision"], open=True),
                    Prose((*loc, "text"), it.text, TEXTS["provision"], open=True),
                    Prose((*loc, "moved_by"), it.moved_by, open=True)]
            out += [Prose((*loc, "steps", n, "dispatch"), step.dispatch, TEXTS["dispatch"], open=True)
                    for n, step in enumerate(it.steps) if step.dispatch]
    if s.phases is not None:
        for pid, phase in s.phases.states.items():
            loc = ("phases", "states", pid)
            out += [Prose((*loc, "title"), phase.title, TITLES["phase"], open=True),
                    Prose((*loc, "text"), phase.text, TEXTS["phase"], open=True),
                    Prose((*loc, "entered"), phase.entered or "", TEXTS["dispatch"], open=True)]
        out += [Prose(("phases", "steps", n, "dispatch"), step.dispatch, TEXTS["dispatch"], open=True)
                for n, step in enumerate(s.phases.steps) if step.dispatch]
    for mid, move in s.moves.items():
        out += _of_move(("moves", mid), move, move)
        for who, variant in move.for_.items():
            out += _of_move(("moves", mid, "for", who), variant, move)
    for oid, offer in s.offers.items():
        out += [Prose(("offers", oid, "title"), offer.title, TITLES["offer"]),
                Prose(("offers", oid, "asks"), offer.asks, TEXTS["dispatch"], slots=PAIR)]
        for verb, answer in (("accept", offer.accept), ("decline", offer.decline), ("lapse", offer.lapse)):
            out += _of_answer(("offers", oid, verb), answer, public=offer.seen == "public")
    if s.draft is not None:
        for pid, part in s.draft.parts.items():
            out += [Prose(("draft", "parts", pid, "title"), part.title, TITLES["part"], open=True),
                    Prose(("draft", "parts", pid, "signed"), part.signed or "", TEXTS["dispatch"], open=True)]
    for cid, clause in s.clauses.items():
        loc = ("clauses", cid)
        out += [Prose((*loc, "title"), clause.title, TITLES["clause"], open=True),
                Prose((*loc, "text"), clause.text, TEXTS["clause"], open=True)]
        out += [Prose((*loc, "dispatches", k), text, TEXTS["dispatch"], open=k == "signed",
                      slots=ACTOR if k == "tabled" else ()) for k, text in clause.dispatches.items()]
        out += _of_branches((*loc, "on_signature"), clause.on_signature if isinstance(clause.on_signature, list) else [
            clause.on_signature], listed=isinstance(clause.on_signature, list))
    for rid, rule in s.rules.items():
        out.append(Prose(("rules", rid, "dispatch"), rule.dispatch or "", TEXTS["dispatch"], open=True))
    for iid, inject in s.injects.items():
        public = inject.seen in ("public", "all")
        out += [Prose(("injects", iid, "title"), inject.title, TITLES["inject"], public),
                Prose(("injects", iid, "dispatch"), inject.dispatch or "", TEXTS["dispatch"], public)]
        out += _of_branches(("injects", iid, "branches"), inject.branches, public=public)
        out += [Prose(("injects", iid, key), getattr(inject, key)) for key in ("expected", "facilitator")]
    for eid, ending in s.endings.items():
        out += [Prose(("endings", eid, "title"), ending.title, TITLES["ending"], open=True),
                Prose(("endings", eid, "text"), ending.text, TEXTS["ending"], open=True),
                Prose(("endings", eid, "note"), ending.note)]
    for contact, sides in s.readouts.items():
        for who, readout in sides.items():
            out += [Prose(("readouts", contact, who, kind), getattr(readout, kind), TEXTS["dispatch"], open=True, quoted=True)
                    for kind in ("plain", "firm")]
    out += [Prose(("names", nid, "note"), it.note, quoted=True) for nid, it in s.names.items()]
    return [it for it in out if it.text]


def prose_of_map(found: Map, slots: tuple[str, ...]) -> list[Prose]:
    """All texts of `map.yaml`; the names of places are no prose."""
    out = [Prose((key,), getattr(found, key), open=True) for key in ("title", "credit", "note")]
    for mid, marker in found.markers.items():
        out += [Prose(("markers", mid, "title"), marker.title, TITLES["marker"], open=True, slots=slots),
                Prose(("markers", mid, "text"), marker.text, TEXTS["dispatch"], open=True, slots=slots),
                Prose(("markers", mid, "whose"), marker.whose, open=True)]
    out += [Prose(("lines", k, key), getattr(it, key), open=True) for k, it in found.lines.items()
            for key in ("title", "whose")]
    out += [Prose(("views", k, key), getattr(it, key), open=True) for k, it in found.views.items() for key in ("title", "text")]
    out += [Prose(("fills", k, "title"), it.title, open=True) for k, it in found.fills.items()]
    out += [Prose(("places", k, "note"), it.note, open=True) for k, it in found.places.items()]
    return [it for it in out if it.text]


def _of_move(loc: Loc, block: Move | MoveVariant, move: Move) -> list[Prose]:
    addressed = any(to is not None for to in (move.to, *(v.to for v in move.for_.values())))
    slots = PAIR if addressed else ACTOR
    public = move.seen in ("public", "all")
    out = [Prose((*loc, "title"), block.title or "", TITLES["move"], slots=slots),
           Prose((*loc, "dispatch"), block.dispatch or "", TEXTS["dispatch"], public, slots),
           Prose((*loc, "hint"), block.hint or "", TEXTS["hint"], slots=slots)]
    return out + _of_branches((*loc, "branches"), block.branches, slots, public=public)


def _of_answer(loc: Loc, answer: OfferAnswer, *, public: bool) -> list[Prose]:
    return [Prose((*loc, "title"), answer.title, TITLES["move"], slots=PAIR),
            Prose((*loc, "dispatch"), answer.dispatch or "", TEXTS["dispatch"], public, PAIR),
            *_of_branches((*loc, "branches"), answer.branches, PAIR, public=public)]


def _of_branches(loc: Loc, branches: list[Branch], slots: tuple[str, ...] = (), *, public: bool = True,
                 listed: bool = True) -> list[Prose]:
    return [Prose((*loc, *((n,) if listed else ()), "dispatch"), b.dispatch, TEXTS["dispatch"], public, slots)
            for n, b in enumerate(branches) if b.dispatch]
