"""words: the negotiating table: the draft part by part, clause by clause, as one viewer may know it."""

from __future__ import annotations

from sim.rules import Game, View
from sim.rules.tables import Rule
from sim.scenario.conditions import All, Condition
from sim.scenario.models import Clause, Draft
from sim.words.catalog import Catalog, sentence
from sim.words.chronicle import Chronicle
from sim.words.closed import holds, obstacles
from sim.words.estimative import counted, listed
from sim.words.likely import NOTHING, UNSEEN, Reckoner
from sim.words.models import ClauseLine, PartLine

STATUS = {"absent": "not yet tabled", "tabled": "tabled", "bracketed": "in brackets; it must be tabled again",
          "agreed": "agreed on paper, not signed", "signed": "signed", "struck": "struck"}


def draft(game: Game, catalog: Catalog, seen: View, chronicle: Chronicle, reckoner: Reckoner) -> tuple[PartLine, ...]:
    """Every part of the draft with its clauses; empty where a scenario has none."""
    table = catalog.scenario.draft
    if table is None:
        return ()
    writer = _Table(game, catalog, seen, chronicle, reckoner, table)
    return tuple(writer.part(pid) for pid in table.parts)


class _Table:
    def __init__(self, game: Game, catalog: Catalog, seen: View, chronicle: Chronicle, reckoner: Reckoner,
                 table: Draft) -> None:
        self.game = game
        self.catalog = catalog
        self.seen = seen
        self.table = table
        self.reckoner = reckoner
        self.names = catalog.names(seen.viewer)
        self.signatories = catalog.bound.words.actors(list(table.signatories), ())
        last = next((c for c in reversed(chronicle.chapters) if c.closed), None)
        self.earlier = last.opening if last else seen.values
        self.signed_by_rule: dict[str, list[Rule]] = {}
        for rule in game.close_rules:
            if rule.key.startswith("signed."):
                self.signed_by_rule.setdefault(rule.key.removeprefix("signed."), []).append(rule)

    def part(self, pid: str) -> PartLine:
        """One part with its clauses and what its signature waits for."""
        part = self.table.parts[pid]
        clauses = tuple(self.clause(cid, it) for cid, it in self.catalog.scenario.clauses.items() if it.part == pid)
        signed = tuple(self.catalog.capital(a) for a in self.signatories if self._value(f"ready.{pid}.{a}") > 0)
        return PartLine(pid, part.title, clauses, signed, self._waits_for(pid, clauses))

    def _waits_for(self, pid: str, clauses: tuple[ClauseLine, ...]) -> tuple[str, ...]:
        if clauses and all(line.status in ("signed", "struck") for line in clauses):
            return ()
        out: list[str] = []
        if not any(line.status == "agreed" for line in clauses):
            out.append("a clause of it must be agreed")
        for seat in self.signatories:
            move = self.catalog.moves.get(f"sign.{pid}:{seat}")
            if move is None:
                continue
            ready = self._value(f"ready.{pid}.{seat}")
            if ready > 0:
                out.append(f"{self.catalog.capital(seat)}'s signature stands for {counted(ready, 'more round')}")
                continue
            if any(line.status == "agreed" for line in clauses):
                out.append(f"{self.catalog.capital(seat)} has not signed")
            for condition in move.conditions[2:]:
                if self._visible(condition):
                    out.extend(f"{o.text} ({o.now})" if o.now else o.text
                               for o in obstacles(self.names, condition, self.seen.values))
        return tuple(dict.fromkeys(out))

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
        return ClauseLine(
            id=cid, title=catalog.clause(cid), text=it.text.strip(), part=it.part, status=status,
            status_text=self._status(cid, it, status), red_line=actor is not None and cid in actor.red_lines,
            worth=it.worth.get(viewer), needs=tuple(map(catalog.clause, it.needs)),
            excludes=tuple(map(catalog.clause, it.excludes)), on_signature=self._on_signature(cid),
            changed=self.seen.values[var] != self.earlier[var])

    def _status(self, cid: str, it: Clause, status: str) -> str:
        if status != "tabled":
            return STATUS[status]
        said: list[str] = []
        silent: list[str] = []
        for party in self.catalog.bound.words.actors(it.parties, ()):
            name = f"yes.{cid}.{party}"
            if not self.seen.visible[self.catalog.index[name]]:
                return f"tabled; it needs the yes of {listed([self.catalog.capital(p) for p in it.parties])}"
            (said if self._value(name) else silent).append(self.catalog.capital(party))
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
