"""authoring: conditions, chances and effects in words, as they hold in every state and not in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sim.rules import CONTROL
from sim.scenario.bind.shapes import SURE, BoundBranch, BoundEffect, BoundRule, Variable
from sim.scenario.conditions import All, Always, Condition, Linear
from sim.words.asked import requirement
from sim.words.catalog import Catalog, sentence, spaced
from sim.words.estimative import MINUS, chance_word, counted, listed, plain

_CLOCK = re.compile(r"(?:(?<=^)|(?<=, )|(?<=and )|(?<=or )|(?<=\())(not )?(round|leg) (\d)")
_CLAUSE = {"absent": "is withdrawn", "tabled": "goes on the table", "bracketed": "goes into brackets",
           "agreed": "is agreed", "signed": "is signed", "struck": "is struck"}
_UNSAID = ("clock", "fired", "signing", "played", "yes")
"""Kinds of variables that only the machinery needs; what moves them says so itself."""


class Phrases:
    """Words for what a scenario's author wrote, for a reader who may know everything."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.names = catalog.names(CONTROL)
        legs = catalog.scenario.clock.legs
        self.legs = tuple(leg.title or spaced(name) for name, leg in legs.items())

    # -- conditions

    def condition(self, condition: Condition) -> str:
        """What a condition asks, as a clause: `tension is 60 or more and it is round 3`; `always` if nothing."""
        return _CLOCK.sub(lambda m: f"it is {m[1] or ''}{m[2]} {m[3]}", requirement(self.names, condition))

    def all_of(self, conditions: Iterable[Condition]) -> str:
        """What several conditions ask together; empty if nothing."""
        parts = tuple(part for condition in conditions for part in flat(condition))
        return self.condition(parts[0] if len(parts) == 1 else All(parts)) if parts else ""

    # -- chances

    def chance(self, p: Sequence[int], per: str = "") -> str:
        """`likely (67 %)`, `12 % a round`, or one per leg."""
        figures = [percent(x) for x in p]
        if len(set(figures)) == 1:
            if per:
                return f"{figures[0]} {per}"
            return f"{chance_word(round(100 * p[0] / SURE))} ({figures[0]})"
        per = f" {per}" if per else ""
        return listed([f"{figure}{per} in the leg “{leg}”" for figure, leg in zip(figures, self.legs, strict=True)])

    # -- effects

    def effects(self, effects: Iterable[BoundEffect]) -> str:
        """What effects do, as one clause; empty for what nobody but the machinery notices."""
        out: list[str] = []
        asked: dict[tuple[str, str], list[str]] = {}
        facts: dict[bool, list[str]] = {True: [], False: []}
        for effect in effects:
            variable = self.catalog.variable(effect.name)
            if variable.kind == "offer":
                _, kind, giver, taker = effect.name.split(".")
                if effect.kind == "set" and effect.a[0]:
                    asked.setdefault((kind, giver), []).append(self.catalog.capital(taker))
            elif variable.kind == "flag":
                facts[effect.a[0] > 0].append(f"that {self.catalog.fact(effect.name)}")
            elif variable.kind not in _UNSAID:
                out.append(self._effect(effect, variable))
        out += [f"it holds from then on {listed(facts[True])}"] if facts[True] else []
        out += [f"it no longer holds {listed(facts[False], 'or')}"] if facts[False] else []
        told = [f"{listed(takers)} {'is' if len(takers) == 1 else 'are'} asked for an answer to the offer "
                f"“{self.catalog.scenario.offers[kind].title}”" for (kind, _), takers in asked.items()]
        return listed([*told, *out])

    def _effect(self, effect: BoundEffect, variable: Variable) -> str:
        catalog, name = self.catalog, effect.name
        if variable.kind == "clause":
            return f"the clause “{catalog.clause(name)}” {_CLAUSE[variable.statuses[effect.a[0]]]}"
        if variable.kind == "provision":
            return f"“{catalog.provision(name)}” counts as {catalog.status(name, variable.statuses[effect.a[0]])}"
        if variable.kind == "phase":
            return f"the situation becomes “{catalog.status(name, variable.statuses[effect.a[0]])}”"
        if variable.kind == "ready":
            owner = catalog.capital(name.rsplit(".", 1)[1])
            return f"{owner}'s signature stands for {counted(effect.a[0], 'round')}" if effect.a[0] \
                else f"{owner}'s signature lapses"
        lasting = catalog.lasting(name)
        if lasting and effect.kind == "set":
            return f"{lasting} for {counted(effect.a[0], 'round')}" if effect.a[0] else f"it no longer holds that {lasting}"
        return f"{self.names.inline(name)} {self._moved(effect, variable)}"

    def _moved(self, effect: BoundEffect, variable: Variable) -> str:
        many = self.catalog.verb(self.names.inline(effect.name)) == "are"

        def verb(one: str) -> str:
            return one[:-1] if many else one

        def value(x: int) -> str:
            word = self.catalog.word(effect.name, x)
            return f"{plain(x)} ({word})" if word else plain(x)

        a, b = effect.a, effect.b
        match effect.kind:
            case "set":
                return f"{'become' if many else 'becomes'} {self._per_leg([value(x) for x in a])}"
            case "raise":
                return f"{'become' if many else 'becomes'} at least {self._per_leg([value(x) for x in a])}"
            case "toward":
                return f"{verb('moves')} by up to {self._per_leg([plain(x) for x in b])} toward {value(a[0])}"
            case "scale":
                low = a[0] < 0
                share = self._per_leg([f"{abs(100 * x / y):g} %" for x, y in zip(a, b, strict=True)])
                return f"{verb('falls' if low else 'rises')} by {share} of itself"
            case "uniform" if min(a) < 0 < max(b):
                return f"{verb('changes')} by {self._per_leg([f'{plain(x)} to {plain(y)}' for x, y in zip(a, b, strict=True)])}"
            case "uniform":
                down = max(b) <= 0
                spans = [f"{abs(y if down else x)} to {abs(x if down else y)}" for x, y in zip(a, b, strict=True)]
                return f"{verb('falls' if down else 'rises')} by {self._per_leg(spans)}"
        return f"{verb('falls' if a[0] < 0 else 'rises')} by {self._per_leg([str(abs(x)) for x in a])}"

    def _per_leg(self, figures: Sequence[str]) -> str:
        if len(set(figures)) == 1:
            return figures[0]
        return listed([f"{figure} in the leg “{leg}”" for figure, leg in zip(figures, self.legs, strict=True)])

    # -- branches

    def branches(self, branches: Sequence[BoundBranch], actor: str, target: str) -> list[str]:
        """Each way a move can turn out, as a paragraph; the last takes what is left."""
        if len(branches) == 1:
            it = branches[0]
            return [self.outcome(self.effects(it.effects), self.catalog.fill(it.dispatch or "", actor, target))]
        out = []
        for n, it in enumerate(branches):
            when = self.all_of([it.when])
            told = self.outcome(self.effects(it.effects), self.catalog.fill(it.dispatch or "", actor, target))
            if n == len(branches) - 1:
                head = "Otherwise"
            elif it.p[0] >= SURE:
                head = f"If {when}" if when else "Always"
            else:
                head = sentence(self.chance(it.p)).rstrip(".") + (f", if {when}" if when else "")
            out.append(f"{head}: {self.after(told)}")
        return out

    def after(self, told: str) -> str:
        """A sentence after a colon: its first letter small, unless a name begins it."""
        return self.catalog.inline(told)

    @staticmethod
    def outcome(effects: str, dispatch: str) -> str:
        """A sentence of effects, then what the wire prints."""
        wire = f" The wire: “{sentence(dispatch)}”" if dispatch else ""
        return f"{sentence(effects) if effects else 'Nothing that is counted changes.'}{wire}"

    # -- sums

    def linear(self, sum_: Linear) -> str:
        """`100 − 15 × post groups + truce`."""
        out = plain(sum_.const) if sum_.const or not sum_.terms else ""
        for factor, name in sum_.terms:
            if self.catalog.variable(name).kind == "flag":
                sign = MINUS if factor < 0 else "+"
                term = f"{abs(factor)} if {self.catalog.fact(name)}"
                out += f" {sign} {term}" if out else f"{MINUS if factor < 0 else ''}{term}"
                continue
            term = self.names.inline(name) if abs(factor) == 1 else f"{abs(factor)} × {self.names.inline(name)}"
            sign = MINUS if factor < 0 else "+"
            out += f" {sign} {term}" if out else f"{MINUS + ' ' if factor < 0 else ''}{term}"
        return out


def flat(condition: Condition) -> tuple[Condition, ...]:
    """The parts that must all hold; none for what always holds."""
    if isinstance(condition, Always) and condition.value:
        return ()
    return condition.items if isinstance(condition, All) else (condition,)


def common(rules: Sequence[BoundRule]) -> int:
    """How many parts the conditions of several rules begin with alike."""
    parts = [flat(rule.when) for rule in rules]
    return next((n for n, several in enumerate(zip(*parts, strict=False)) if len(set(several)) > 1),
                min(map(len, parts), default=0))


def percent(p: int) -> str:
    """65,536ths as `67 %`, small ones as `0.5 %`."""
    share = 100 * p / SURE
    return f"{share:.0f} %" if share >= 2 else f"{share:.2g} %"


def bullets(head: str, items: Iterable[str]) -> str:
    """A line and a list below it; nothing without items."""
    lines = [f"- {sentence(item)}" for item in items]
    return "\n".join([head, "", *lines]) if lines else ""
