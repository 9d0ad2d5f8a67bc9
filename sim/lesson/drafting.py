"""lesson: drafting papers together: open one, put wording in brackets, agree to it."""

from __future__ import annotations

from dataclasses import replace

from sim.lesson.answers import Answer, Refused
from sim.lesson.core import Core
from sim.lesson.limits import worded
from sim.lesson.papers import Paper, Paragraph
from sim.lesson.people import FACILITATOR, Person
from sim.lesson.talk import TALKING


class Drafting(Core):
    """What concerns papers. Nothing here has an effect on the match."""

    def papers(self, who: str, table: int = 0) -> tuple[Paper, ...]:
        """The papers to which one's delegation is a party; all of a table for the facilitator, none for observers."""
        with self._lock:
            person = self._person_or_raise(who)
            found = self.papers_kept.of(table or 1) if person.id == FACILITATOR else \
                self.papers_kept.of(person.table, frozenset(person.seats))
            return tuple(replace(paper, seen=self._looked.get((who, paper.id), 0)) for paper in found)

    def look_at(self, who: str, paper: str, revision: int) -> None:
        """Count a paper as read up to a revision."""
        with self._lock:
            if revision > self._looked.get((who, paper), 0):
                self._looked[who, paper] = revision
                self._marks_moved = True

    def unread_papers(self, who: str) -> int:
        """How many papers others have opened or changed since a person looked at them."""
        return sum(paper.revision > paper.seen or (who, paper.id) not in self._looked for paper in self.papers(who))

    def open_paper(self, who: str, title: str, parties: tuple[str, ...], *, once: str = "", seat: str = "",
                   table: int = 0) -> Answer:
        """Begin a paper with other delegations; `parties` need not name one's own."""
        ask = ("paper", title, parties, seat, table)

        def do(person: Person) -> Answer:
            at, mine = self._drafter(person, seat, table)
            named = {self._seat(party) for party in parties} | {mine}
            ordered = tuple(party for party in self.seats if party in named)
            if len(ordered) < 2:
                raise Refused("L017", "A paper has at least two parties; name another delegation.")
            if len(self.papers_kept.of(at)) >= self.plan.limits.papers:
                raise Refused("L015", f"A table has {self.plan.limits.papers} papers at most; go on with one of them.")
            id = self.papers_kept.next_id(at, ordered)
            data = {"id": id, "title": worded(title, self.plan.limits.title, "title"), "parties": list(ordered)}
            self._write(self._receipt(self._act("paper", who, data, at), once, ask))
            self._looked[who, id] = 0
            self._marks_moved = True
            self._tell("paper", at, frozenset(ordered), id=id)
            return Answer(ok=True, id=id)

        return self._answered(who, do, once, ask)

    def bracket(self, who: str, paper: str, paragraph: int, text: str, *, base: int, once: str = "", seat: str = "",
                table: int = 0) -> Answer:
        """Put one's own wording of a paragraph in brackets; 0 proposes a new one, an empty text is to strike it.

        `base` is the revision of the paper that was read: who has not seen the latest wording is told so instead.
        """
        ask = ("bracket", paper, paragraph, text, base, seat)

        def do(person: Person) -> Answer:
            found, mine = self._party(person, paper, seat, table)
            if paragraph:
                before = self._read_paragraph(found, paragraph, base)
                said = worded(text, self.plan.limits.paragraph, "wording") if text.strip() else ""
                if said == before.text:
                    raise Refused("L016", "That is what the paragraph says; withdraw your bracket instead.")
            else:
                if len(found.paragraphs) >= self.plan.limits.paragraphs:
                    raise Refused("L015", f"A paper has {self.plan.limits.paragraphs} paragraphs at most; strike one first.")
                said = worded(text, self.plan.limits.paragraph, "wording")
            self._change(who, "bracketed", found, {"paragraph": paragraph, "seat": mine, "text": said}, once, ask)
            return Answer(ok=True, id=paper)

        return self._answered(who, do, once, ask)

    def agree(self, who: str, paper: str, paragraph: int, bracket: str, *, base: int, once: str = "", seat: str = "",
              table: int = 0) -> Answer:
        """Say yes to the wording of another party; with the last yes it is the text. It is the head's to say."""
        ask = ("agree", paper, paragraph, bracket, base, seat)

        def do(person: Person) -> Answer:
            found, mine = self._party(person, paper, seat, table)
            if person.id != FACILITATOR and not person.head:
                raise Refused("L005", "Only the head of delegation agrees to a wording.")
            before = self._read_paragraph(found, paragraph, base)
            theirs = next((b for b in before.brackets if b.seat == bracket), None)
            if theirs is None:
                raise Refused("L019", "That wording is not there any more; read the paper again.")
            if mine in theirs.agreed:
                return Answer(ok=True, again=True, id=paper)
            self._change(who, "agreed", found, {"paragraph": paragraph, "seat": mine, "bracket": bracket}, once, ask)
            return Answer(ok=True, id=paper)

        return self._answered(who, do, once, ask)

    def unbracket(self, who: str, paper: str, paragraph: int, *, base: int, once: str = "", seat: str = "",
                  table: int = 0, whose: str = "") -> Answer:
        """Withdraw one's own bracket; the facilitator can take out anybody's, by `whose`."""
        ask = ("unbracket", paper, paragraph, base, seat, whose)

        def do(person: Person) -> Answer:
            if person.id == FACILITATOR and whose:
                found, mine = self._paper(paper), whose
            else:
                found, mine = self._party(person, paper, seat, table)
            before = self._read_paragraph(found, paragraph, base)
            if all(b.seat != mine for b in before.brackets):
                return Answer(ok=True, again=True, id=paper)
            self._change(who, "unbracketed", found, {"paragraph": paragraph, "seat": mine}, once, ask)
            return Answer(ok=True, id=paper)

        return self._answered(who, do, once, ask)

    def _change(self, who: str, kind: str, paper: Paper, data: dict[str, object], once: str, ask: tuple[object, ...]) -> None:
        self._write(self._receipt(self._act(kind, who, {"id": paper.id, **data}, paper.table), once, ask))
        self._tell("paper", paper.table, frozenset(paper.parties), id=paper.id)
        if self._looked.get((who, paper.id), 0) == paper.revision:
            # one's own change is no news
            self._looked[who, paper.id] = paper.revision + 1
            self._marks_moved = True

    def _drafter(self, person: Person, seat: str, table: int) -> tuple[int, str]:
        found = self._place(person, seat, table)
        self._while(*TALKING)
        if person.muted:
            raise Refused("L018", "The facilitator has muted you; you can read and draft orders, and ask them about it.")
        self._count(person, "changes of papers", self.plan.limits.drafts_a_minute)
        return found

    def _party(self, person: Person, id: str, seat: str, table: int) -> tuple[Paper, str]:
        """A paper, and the seat for which the person has a part in it."""
        paper = self._paper(id)
        at, mine = self._drafter(person, seat, table or paper.table)
        if paper.table != at or mine not in paper.parties:
            # that it exists is no business of others
            raise Refused("L041", "You have no part in such a paper.")
        return paper, mine

    def _paper(self, id: str) -> Paper:
        found = self.papers_kept.find(id)
        if found is None:
            raise Refused("L041", "You have no part in such a paper.")
        return found

    def _read_paragraph(self, paper: Paper, number: int, base: int) -> Paragraph:
        """A paragraph as its reader knew it. Raises `Refused` if it is gone or has changed since."""
        found = next((p for p in paper.paragraphs if p.number == number), None)
        if found is None:
            raise Refused("L040", "That paragraph was struck meanwhile; read the paper again.")
        if found.revision > base:
            raise Refused("L040", "The paragraph changed since you read it; read it again, then say what you want.")
        return found
