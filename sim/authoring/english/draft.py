"""authoring: the draft in plain English: how it is tabled and signed, and every clause with what it needs and does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.authoring.english.moves import Marks
from sim.authoring.english.phrases import Phrases, bullets, flat
from sim.scenario.conditions import names
from sim.scenario.models import Clause
from sim.words.catalog import Catalog, sentence
from sim.words.estimative import counted, listed
from sim.words.sources import cited_in


class Draft:
    """Writes the draft of one scenario."""

    def __init__(self, catalog: Catalog, phrases: Phrases, marks: Marks) -> None:
        self.catalog = catalog
        self.scenario = catalog.scenario
        self.bound = catalog.bound
        self.phrases = phrases
        self.marks = marks

    def paragraphs(self) -> Iterator[str]:
        """How it works, then part by part and clause by clause; nothing where there is none."""
        draft = self.scenario.draft
        if draft is None:
            return
        words = self.bound.words
        tabled = listed([self.catalog.capital(a) for a in words.actors(draft.tabled_by, ())])
        signed = listed([self.catalog.capital(a) for a in words.actors(list(draft.signatories), ())])
        yield (f"A clause is tabled by {tabled}, which takes {draft.table.cost} of attention; a part is signed by {signed}, "
               f"which takes {draft.sign.cost}. A signature waits for the others for {counted(draft.window, 'round')}, its own included.")
        rooms = self._rooms("table")
        yield bullets("A clause can be tabled:", rooms)
        rooms = self._rooms("sign")
        yield bullets("A part can be signed:", rooms)
        unanswered = next((r for r in self.bound.close_rules if r.id.startswith("unanswered.")), None)
        if unanswered:
            chance = self.phrases.chance(unanswered.p, "a round")
            yield f"A tabled clause that is not agreed falls into brackets with a chance of {chance}."
        clause = next(iter(self.scenario.clauses), "")
        agreed = self._shared(f"agreed.{clause}", clause)
        yield f"When a clause is agreed: {agreed}." if agreed else ""
        part = next(iter(draft.parts))
        done = self._shared(f"signed.{part}", clause)
        yield f"When a part is signed: {done}." if done else ""
        for pid, it in draft.parts.items():
            yield f"### {it.title}"
            again = next((r for r in self.bound.close_rules if r.kind == "step" and r.id.startswith("reopened.")
                          and self.scenario.clauses[r.machine].part == pid), None)
            if again:
                asks = self.phrases.all_of(flat(again.when)[1:])
                yield f"Its agreed clauses fall back into brackets when {asks}."
            yield f"The wire, when it is signed: “{sentence(it.signed)}”" if it.signed else ""
            for cid, article in self.scenario.clauses.items():
                if article.part == pid:
                    yield from self._clause(cid, article)

    def _rooms(self, verb: str) -> list[str]:
        """What tabling or signing asks of each seat beside the clause itself, those with the same together."""
        by: dict[tuple[str, str], dict[str, None]] = {}
        draft = self.scenario.draft
        for move in self.bound.moves:
            if move.id != verb or draft is None:
                continue
            asks = [part for c in move.conditions for part in flat(c)
                    if not names(part) & self.scenario.clauses.keys() and not any(n.startswith("ready.") for n in names(part))]
            part = draft.parts.get(move.of)
            what = f", for the {self.catalog.inline(part.title)}" if part and part.sign_when is not None else ""
            by.setdefault((self.phrases.all_of(asks), what), {})[self.catalog.capital(move.seat)] = None
        return [f"by {listed(list(seats))}{what}, {f'while {asks}' if asks else 'always'}" for (asks, what), seats in by.items()]

    def _shared(self, rule_id: str, clause: str) -> str:
        """What agreeing or signing does whatever the clause."""
        rule = self.catalog.rules.get(rule_id)
        if rule is None:
            return ""
        excluded = self.scenario.clauses[clause].excludes if clause else []
        return self.phrases.effects(e for e in rule.effects if e.name not in (clause, *excluded))

    def _clause(self, cid: str, it: Clause) -> Iterator[str]:
        capitals = self.catalog.capital
        out = [f"#### {self.catalog.clause(cid)}", f"> {' '.join(it.text.split())}"]
        about = [f"It needs the yes of {listed([capitals(a) for a in self.bound.words.actors(it.parties, ())])}."]
        if it.needs:
            about.append(f"Before anybody can say yes, {self._clauses(it.needs, 'or')} must be agreed or signed.")
        if it.excludes:
            about.append(f"Once agreed, it strikes {self._clauses(it.excludes, 'and')}, and it cannot be agreed while one "
                         "of these stands." if len(it.excludes) > 1 else
                         f"Once agreed, it strikes {self._clauses(it.excludes, 'and')}, and it cannot be agreed while that "
                         "stands.")
        if it.worth:
            worth = [f"{n} to {capitals(seat)}" for seat, n in it.worth.items()]
            about.append(f"Of 10 it is worth {listed(worth)}; each knows its own figure alone.")
        out.append(" ".join(about))
        rules = [r for r in self.bound.close_rules if r.key == f"signed.{cid}"]
        ways = []
        for rule in rules:
            when = self.phrases.all_of(flat(rule.when)[2:])
            effects = self.phrases.effects(e for e in rule.effects if e.name != cid)
            wire = f" The wire: “{sentence(rule.dispatch)}”" if rule.dispatch else ""
            ways.append(f"{f'if {when}: ' if when else 'otherwise: ' if len(rules) > 1 else ''}{effects or 'nothing that is counted changes'}.{wire}")
        if len(ways) == 1:
            out.append(f"Signed, this happens: {ways[0]}")
        elif ways:
            out.append("Signed, the first of these that holds happens:\n\n" + "\n".join(f"- {sentence(w)}" for w in ways))
        wires = [f"{what}: “{sentence(text.replace('{actor}', f'A {self.catalog.role}'))}”" for what, text in it.dispatches.items()
                 if what != "signed"]
        out += [f"The wire, {'; '.join(wires)}"] if wires else []
        out += [marks] if (marks := self.marks(cited_in(it.source))) else []
        yield "\n\n".join(out)

    def _clauses(self, ids: Sequence[str], word: str) -> str:
        return listed([f"“{self.catalog.clause(c)}”" for c in ids], word)
