"""authoring: everything in a scenario that has effects, by the author's own things: moves, answers, events, rules."""

from __future__ import annotations

from collections.abc import Iterator

from sim.authoring.english.phrases import Phrases, flat
from sim.scenario.bind.shapes import SURE, BoundEffect, BoundMove, BoundRule
from sim.scenario.conditions import Condition, names
from sim.words.catalog import Catalog, sentence

ASKED = {"accept": "Accept", "decline": "Decline", "agree": "Agree", "bracket": "Bracket", "table": "Table",
         "sign": "Sign"}


class Cause:
    """Something that has effects: a kind of move, or something that happens by itself."""

    def __init__(self, id: str, title: str, kind: str, *, draft: bool = False) -> None:
        self.id = id
        self.title = title
        self.kind = kind
        self.draft = draft
        """Whether it is one of the draft's own acts and steps."""
        self.seen: dict[str, None] = {}
        """Names by which coverage knows it."""
        self.effects: list[tuple[BoundEffect, bool]] = []
        """Each with whether it is certain once the thing happens."""
        self.asks: list[Condition] = []
        self.follows: dict[str, None] = {}
        """Tracks with which its chance grows."""
        self.seats: dict[str, None] = {}


class Causes:
    """The scenario by causes: iterating gives all of them, moves first."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.bound = catalog.bound
        self.phrases = Phrases(catalog)
        self.moves = self._of_moves()
        self.rules = self._of_rules()

    def __iter__(self) -> Iterator[Cause]:
        """All of them, moves first."""
        yield from self.moves.values()
        yield from self.rules.values()

    def _of_moves(self) -> dict[str, Cause]:
        found: dict[str, Cause] = {}
        for move in self.bound.moves:
            base = move.key.partition(":")[0]
            if base not in found:
                found[base] = Cause(base, self.move_title(move), "answer" if move.question else "move",
                                     draft=self._drafted(move.of))
            cause = found[base]
            cause.seen[f"kind:{base}"] = None
            cause.seats[self.catalog.capital(move.seat)] = None
            cause.asks.extend(move.conditions)
            certain = len(move.branches) == 1
            cause.effects.extend((effect, certain) for branch in move.branches for effect in branch.effects)
        return found

    def _of_rules(self) -> dict[str, Cause]:
        found: dict[str, Cause] = {}
        for rule in (*self.bound.open_rules, *self.bound.close_rules):
            if rule.kind in ("step", "count", "drift"):
                continue
            told = self._rule_title(rule)
            if not told:
                continue
            key, title, kind = told
            cause = found.setdefault(key, Cause(key, title, kind, draft=rule.kind == "draft"))
            cause.seen[f"cause:{key if rule.kind == 'lapse' else rule.key}"] = None
            cause.asks.append(rule.when)
            if rule.follows:
                cause.follows[rule.follows] = None
            certain = rule.p[0] >= SURE
            cause.effects.extend((effect, certain) for effect in rule.effects)
        return found

    def _drafted(self, of: str) -> bool:
        draft = self.catalog.scenario.draft
        return draft is not None and (of in self.catalog.scenario.clauses or of in draft.parts)

    def move_title(self, move: BoundMove) -> str:
        """`Accept: a call`, `Table the clause “X”`, or the author's title without an addressee."""
        scenario = self.catalog.scenario
        if move.of in scenario.offers:
            return f"{ASKED[move.id]}: {self.catalog.inline(scenario.offers[move.of].title)}"
        if move.of in scenario.clauses:
            return f"{ASKED[move.id]} the clause “{self.catalog.clause(move.of)}”" if move.id != "agree" \
                else f"Agree to the clause “{self.catalog.clause(move.of)}”"
        if scenario.draft and move.id == "sign":
            return f"Sign the {self.catalog.inline(scenario.draft.parts[move.of].title)}"
        return self.catalog.move_title(move.id)

    def _rule_title(self, rule: BoundRule) -> tuple[str, str, str] | None:
        scenario = self.catalog.scenario
        if rule.kind == "inject":
            return rule.key, scenario.injects[rule.key].title, "inject"
        if rule.kind == "rule":
            title = scenario.rules[rule.key].title or sentence(self.catalog.spelled(rule.key)).rstrip(".")
            return rule.key, title, "rule"
        what, _, of = rule.key.partition(".")
        if rule.kind == "lapse":
            if what != "lapse":
                return None
            kind = of.split(".")[0]
            return f"lapse.{kind}", f"Unanswered: {self.catalog.inline(scenario.offers[kind].title)}", "rule"
        if rule.kind == "draft" and of in scenario.clauses:
            # what an agreement or silence does is the same for every clause; what a signature does is not
            return {"agreed": ("agreed", "Agreement on a clause", "rule"),
                    "unanswered": ("unanswered", "A clause left without an answer", "rule"),
                    "signed": (rule.key, f"Signature of the clause “{self.catalog.clause(of)}”", "rule")}.get(what)
        if rule.kind == "draft" and what == "signed":
            return "signed", "Signature of a part of the draft", "rule"
        return None

    def step(self, rule_id: str, name: str) -> str:
        """What a machine's own step asks beside where it starts."""
        rule = self.catalog.rules[rule_id]
        parts = [part for part in flat(rule.when) if names(part) != {name}]
        chance = "" if rule.p[0] >= SURE else f", {self.phrases.chance(rule.p, 'a round')}"
        return f"{self.phrases.all_of(parts) or 'at the next close'}{chance}"
