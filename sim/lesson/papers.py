"""lesson: texts that delegations draft together, with live brackets. They bind nobody: only clauses have effects.

A paragraph has the text that all parties agreed to, and at most one bracket of each party: the wording it wants in its
place (nothing, to strike it). When every other party agrees to a bracket, it becomes the text and the others go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sim.lesson.acts import Act
from sim.lesson.messages import made_id

BINDS_NOBODY: Final = "This paper binds nobody; only the clauses of the draft have effects, once they are signed."


@dataclass(frozen=True, slots=True)
class Bracket:
    """The wording that one party wants for a paragraph."""

    seat: str
    text: str
    """Empty to strike the paragraph."""
    agreed: tuple[str, ...]
    """The parties that agree, its own among them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a paper."""

    number: int
    """Its own for good; a paragraph that was struck leaves its number unused."""
    text: str
    """What all parties agreed to; empty for one that is only proposed."""
    brackets: tuple[Bracket, ...]
    revision: int
    """The paper's revision in which it was last changed."""


@dataclass(frozen=True, slots=True)
class Version:
    """A paper as it stood after one change of it."""

    revision: int
    """From 1."""
    round: int
    at: float
    seat: str
    """The party that changed it."""
    did: str
    """`proposed` (a new paragraph), `bracketed`, `agreed`, `taken` (agreed as the last one), `unbracketed`."""
    paragraph: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as its parties read it."""

    id: str
    table: int
    title: str
    parties: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    revision: int
    """Counts its changes; `base` of an act is the one that its author had read."""
    note: str = BINDS_NOBODY
    versions: tuple[Version, ...] = ()
    """Every change, oldest first."""
    seen: int = 0
    """The revision that the reader looked at last."""

    def lines(self) -> tuple[str, ...]:
        """The paper as text: what is agreed plainly, every other wording in brackets with its party."""
        return tuple(f"{n}. " + " ".join((*([p.text] if p.text else []), *(
            f"[{b.seat}: {b.text or 'strike'}]" for b in p.brackets))) for n, p in enumerate(self.paragraphs, 1))


@dataclass(slots=True)
class _Draft:
    id: str
    table: int
    title: str
    parties: tuple[str, ...]
    paragraphs: dict[int, Paragraph] = field(default_factory=dict)
    revision: int = 0
    made: int = 0
    versions: list[Version] = field(default_factory=list)


class Papers:
    """All papers of a lesson."""

    def __init__(self, salt: str) -> None:
        self._salt = salt
        self._drafts: dict[str, _Draft] = {}

    def next_id(self, table: int, parties: tuple[str, ...]) -> str:
        """The id of the next paper of some parties."""
        before = sum((draft.table, draft.parties) == (table, parties) for draft in self._drafts.values())
        return made_id(self._salt, "paper", table, *parties, before)

    def find(self, id: str) -> Paper | None:
        """A paper by its id."""
        draft = self._drafts.get(id)
        return Paper(draft.id, draft.table, draft.title, draft.parties, tuple(draft.paragraphs.values()),
                     draft.revision, versions=tuple(draft.versions)) if draft else None

    def of(self, table: int, seats: frozenset[str] | None = None) -> tuple[Paper, ...]:
        """The papers of a table to which one of some seats is a party; None is all."""
        return tuple(paper for id, draft in self._drafts.items() if draft.table == table
                     and (seats is None or seats & set(draft.parties)) and (paper := self.find(id)) is not None)

    def fold(self, act: Act) -> None:
        """Opened, bracketed, agreed to, unbracketed."""
        data = act.data
        if act.kind == "paper":
            self._drafts[data["id"]] = _Draft(data["id"], act.table, data["title"], tuple(data["parties"]))
            return
        if act.kind not in ("bracketed", "agreed", "unbracketed"):
            return
        draft = self._drafts[data["id"]]
        draft.revision += 1
        seat, number = data["seat"], data["paragraph"]
        did = "proposed" if act.kind == "bracketed" and not number else act.kind
        if act.kind == "bracketed" and not number:
            draft.made += 1
            number = draft.made
            draft.paragraphs[number] = Paragraph(number, "", (), 0)
        before = draft.paragraphs[number]
        others = tuple(b for b in before.brackets if b.seat != seat)
        if act.kind == "bracketed":
            after = Paragraph(number, before.text, (*others, Bracket(seat, data["text"], (seat,))), draft.revision)
        elif act.kind == "unbracketed":
            after = Paragraph(number, before.text, others, draft.revision)
        else:
            after = _agreed(before, data["bracket"], seat, draft.parties, draft.revision)
        if after.text or after.brackets:
            draft.paragraphs[number] = after
        else:
            del draft.paragraphs[number]
        if act.kind == "agreed" and not after.brackets:
            did = "taken"
        draft.versions.append(Version(draft.revision, act.round, act.at, seat, did, number, tuple(draft.paragraphs.values())))


def _agreed(before: Paragraph, whose: str, seat: str, parties: tuple[str, ...], revision: int) -> Paragraph:
    """The paragraph after a party's yes to a bracket."""
    brackets = tuple(Bracket(b.seat, b.text, tuple(p for p in parties if p in (*b.agreed, seat))) if b.seat == whose else b
                     for b in before.brackets)
    taken = next((b for b in brackets if b.seat == whose and set(b.agreed) >= set(parties)), None)
    if taken is not None:
        return Paragraph(before.number, taken.text, (), revision)
    return Paragraph(before.number, before.text, brackets, revision)
