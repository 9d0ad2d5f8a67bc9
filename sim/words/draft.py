"""words: the negotiating table: the draft part by part, clause by clause, as one viewer may know it."""

from __future__ import annotations

from collections.abc import Mapping

from sim.rules import Game, View
from sim.rules.tables import Rule
from sim.scenario.conditions import All, Condition
from sim.scenario.models import Clause, Draft
from sim.words.catalog import Catalog, sentence
from sim.words.chronicle import Chronicle
from sim.words.clause_history import Past, pasts
from sim.words.closed import holds, obstacles
from sim.words.estimative import counted, listed
from sim.words.likely import NOTHING, UNSEEN, Reckoner
from sim.words.models import ClauseLine, Menu, PartLine, RelatedClause, SignatureLine
from sim.words.signing import fallen
from sim.words.sources import cited_in

STATUS = {"absent": "not yet tabled", "tabled": "tabled", "agreed": "agreed on paper, not signed", "signed": "signed",
          "struck": "struck"}
ACTS = ("table", "agree", "bracket", "sign")
"""What the format lets a seat do with the draft, in the order in which it comes about."""


def draft(game: Game, catalog: Catalog, seen: View, chronicle: Chronicle, reckoner: Reckoner,
          menu: Menu | None = None) -> tuple[PartLine, ...]:
    """Every part of the draft with its clauses; empty where a scenario has none.

    `menu`: the viewer's, so that each clause and part names what can be ordered about it.
    """
    table = catalog.scenario.draft
    if table is None:
        return ()
    writer = _Table(game, catalog, seen, chronicle, reckoner, table, acts(catalog, menu) if menu else {})
    return tuple(writer.part(pid) for pid in table.parts)


def acts(catalog: Catalog, menu: Menu) -> Mapping[str, tuple[str, ...]]:
    """Per clause and part, the keys of the menu that table, agree, bracket or sign it, and no others."""
    found: dict[str, dict[str, str]] = {}
    items = [*(answer for question in menu.questions for answer in question.answers),
             *(item for group in menu.groups for item in group.items)]
    for item in items:
        move = catalog.moves[item.key]
        known = catalog.scenario.draft.parts if move.id == "sign" and catalog.scenario.draft else catalog.scenario.clauses
        if move.id in ACTS and move.of in known:
            found.setdefault(move.of, {})[move.id] = item.key
    return {of: tuple(keys[verb] for verb in ACTS if verb in keys) for of, keys in found.items()}


class _Table:
    def __init__(self, game: Game, catalog: Catalog, seen: View, chronicle: Chronicle, reckoner: Reckoner,
                 table: Draft, acts: Mapping[str, tuple[str, ...]]) -> None:
        self.game = game
        self.catalog = catalog
        self.seen = seen
        self.table = table
        self.reckoner = reckoner
        self.names = catalog.names(seen.viewer)
        self.signatories = catalog.bound.words.actors(list(table.signatories), ())
        last = next((c for c in reversed(chronicle.chapters) if c.closed), None)
        self.last = last
        self.earlier = last.opening if last else seen.values
        self.acts = acts
        self.pasts = pasts(catalog, chronicle)
        self.numbers = {cid: number for number, cid in enumerate(
            (cid for pid in table.parts for cid, it in catalog.scenario.clauses.items() if it.part == pid), 1)}
        self.signed_by_rule: dict[str, list[Rule]] = {}
        for rule in game.close_rules:
            if rule.key.startswith("signed."):
                self.signed_by_rule.setdefault(rule.key.removeprefix("signed."), []).append(rule)

    def part(self, pid: str) -> PartLine:
        """One part with its clauses and what its signature waits for."""
        part = self.table.parts[pid]
        clauses = tuple(self.clause(cid, it) for cid, it in self.catalog.scenario.clauses.items() if it.part == pid)
        signatures = self._signatures(pid, clauses)
        signed = tuple(it.who for it in signatures if it.rounds)
        return PartLine(pid, part.title, clauses, signed, self._waits_for(clauses, signatures),
                        number=1 + list(self.table.parts).index(pid), on_signature=self._of_part(pid),
                        signatures=signatures, acts=self.acts.get(pid, ()), signed=self._signed(clauses),
                        fell=fallen(self.catalog, self.last, pid))

    def _signed(self, clauses: tuple[ClauseLine, ...]) -> str:
        """How many articles are signed, and since when as far as it was heard."""
        signed = [line.id for line in clauses if line.status == "signed"]
        if not signed:
            return ""
        rounds = sorted({n for cid in signed if (n := self.pasts.get(cid, Past()).signed_in)})
        when = listed([self.catalog.round_and_date(n) for n in rounds])
        return f"{len(signed)} of {counted(len(clauses), 'article')} signed{f' in {when}' if when else ''}."

    def _signatures(self, pid: str, clauses: tuple[ClauseLine, ...]) -> tuple[SignatureLine, ...]:
        """Per signatory whether its signature stands, and what it waits for; nothing once the part is settled."""
        if clauses and all(line.status in ("signed", "struck") for line in clauses):
            return ()
        agreed = any(line.status == "agreed" for line in clauses)
        out = []
        for seat in self.signatories:
            move = self.catalog.moves.get(f"sign.{pid}:{seat}")
            if move is None:
                continue
            ready = self._value(f"ready.{pid}.{seat}")
            waits = [] if agreed else [_to_agree(clauses)]
            for condition in move.conditions[2:]:
                if self._visible(condition):
                    waits.extend(f"{o.text} ({o.now})" if o.now else o.text
                                 for o in obstacles(self.names, condition, self.seen.values))
            out.append(SignatureLine(self.catalog.capital(seat), ready, seat == self.seen.viewer,
                                     () if ready else tuple(dict.fromkeys(waits))))
        return tuple(out)

    @staticmethod
    def _waits_for(clauses: tuple[ClauseLine, ...], signatures: tuple[SignatureLine, ...]) -> tuple[str, ...]:
        agreed = any(line.status == "agreed" for line in clauses)
        out = [_to_agree(clauses)] if signatures and not agreed else []
        for it in signatures:
            if it.rounds:
                out.append(f"{it.who}'s signature stands for {counted(it.rounds, 'more round')}")
                continue
            out += [f"{it.who} has not signed"] if agreed else []
            out += it.waits_for
        return tuple(dict.fromkeys(out))

    def _of_part(self, pid: str) -> str:
        """What signing does beside the clauses of the part."""
        rule = next((rule for rule in self.game.close_rules if rule.key == f"signed.{pid}"), None)
        text = self.reckoner.effects(rule.effects, self.seen.values)[1] if rule else NOTHING
        return "" if text in (NOTHING, UNSEEN) else text

    def _visible(self, condition: Condition) -> bool:
        from sim.scenario.conditions import names
        return all(self.names.sees_name(n) for n in names(condition) if n in self.catalog.index)

    def clause(self, cid: str, it: Clause) -> ClauseLine:
        """One article."""
        catalog, viewer = self.catalog, self.seen.viewer
        var = catalog.index[cid]
        statuses = catalog.variables[var].statuses
        status = statuses[self.seen.values[var]]
        actor = catalog.scenario.actors.get(viewer)
        past = self.pasts.get(cid, Past())
        said, silent = self._yes(cid, it) if status == "tabled" else ((), ())
        before, after = statuses[self.earlier[var]], status
        return ClauseLine(
            id=cid, title=catalog.clause(cid), text=it.text.strip(), part=it.part, status=status,
            status_text=self._status(it, status, said, silent, past.holders),
            red_line=actor is not None and cid in actor.red_lines,
            worth=it.worth.get(viewer), needs=tuple(map(catalog.clause, it.needs)),
            excludes=tuple(map(catalog.clause, it.excludes)), on_signature=self._on_signature(cid),
            changed=before != after, number=self.numbers.get(cid, 0), parties=self._parties(it), said_yes=said,
            no_yes=silent, holders=past.holders if status == "bracketed" else (),
            moved=f"{catalog.status(cid, before)} → {catalog.status(cid, after)}" if before != after else "",
            history=past.told, related=self._related(cid, it), acts=self.acts.get(cid, ()),
            source=cited_in(it.source))

    def _parties(self, it: Clause) -> tuple[str, ...]:
        return tuple(map(self.catalog.capital, self.catalog.bound.words.actors(it.parties, ())))

    def _related(self, cid: str, it: Clause) -> tuple[RelatedClause, ...]:
        clauses = self.catalog.scenario.clauses
        named = [*(("needs", n) for n in it.needs), *(("excludes", n) for n in it.excludes),
                 *(("excluded_by", n) for n, other in clauses.items() if cid in other.excludes and n not in it.excludes)]
        return tuple(RelatedClause(n, self.catalog.clause(n), how, self._status_of(n))  # type: ignore[arg-type]
                     for how, n in named if n in clauses)

    def _status_of(self, cid: str) -> str:
        return self.catalog.variable(cid).statuses[self._value(cid)]

    def _yes(self, cid: str, it: Clause) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who has said yes and who has not; both empty where the viewer may not know."""
        said: list[str] = []
        silent: list[str] = []
        for party in self.catalog.bound.words.actors(it.parties, ()):
            name = f"yes.{cid}.{party}"
            if not self.seen.visible[self.catalog.index[name]]:
                return (), ()
            (said if self._value(name) else silent).append(self.catalog.capital(party))
        return tuple(said), tuple(silent)

    def _status(self, it: Clause, status: str, said: tuple[str, ...], silent: tuple[str, ...],
                holders: tuple[str, ...]) -> str:
        if status == "bracketed":
            held = f", held by {listed(holders)}" if holders else ""
            return f"in brackets{held}; it must be tabled again"
        if status != "tabled":
            return STATUS[status]
        if not said and not silent:
            return f"tabled; it needs the yes of {listed(self._parties(it))}"
        if not said:
            return f"tabled; no yes yet from {listed(silent)}"
        parts = ["tabled", f"{listed(said)} {'has' if len(said) == 1 else 'have'} said yes"]
        if silent:
            parts.append(f"{listed(silent)} {'has' if len(silent) == 1 else 'have'} not")
        return "; ".join(parts)

    def _on_signature(self, cid: str) -> str:
        """What the viewer would see change; the first way that holds on what it sees."""
        for rule in self.signed_by_rule.get(cid, []):
            if rule.leg >= 0 and rule.leg != self.game.clock[max(1, self.seen.round) - 1].leg:
                continue
            bound = self.catalog.rules[rule.id.partition("@")[0]]
            if all(holds(self.names, part, self.seen.values) for part in _own(bound.when)):
                effects = [e for e in rule.effects if self.game.names[e.var] != cid]
                text = self.reckoner.effects(effects, self.seen.values)[1]
                return "" if text in (NOTHING, UNSEEN) else text
        return ""

    def _value(self, name: str) -> int:
        return self.seen.values[self.catalog.index[name]]


def _to_agree(clauses: tuple[ClauseLine, ...]) -> str:
    another = any(line.status == "signed" for line in clauses)
    return f"{'another' if another else 'a'} clause of it must be agreed"


def _own(when: Condition) -> tuple[Condition, ...]:
    """The author's part of the condition of a signature: beside the clause being agreed and its part being signed."""
    return when.items[2:] if isinstance(when, All) else ()


def summary(parts: tuple[PartLine, ...]) -> str:
    """`3 clauses tabled, 1 agreed, 2 signed`, or that the table is empty."""
    words = {"tabled": "tabled", "bracketed": "in brackets", "agreed": "agreed", "signed": "signed", "struck": "struck"}
    counts = {status: sum(c.status == status for part in parts for c in part.clauses) for status in words}
    told = [f"{n} {words[status]}" for status, n in counts.items() if n]
    return sentence(f"clauses: {', '.join(told)}") if told else "No clause has been tabled."


__all__ = ["draft", "summary"]
