"""authoring: what can be done and what happens by itself, in plain English: moves, offers, events, rules.

A move is bound once per actor and addressee. Here those of which the same is to be said are told once, with `the actor`
and `the addressee` in place of the capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sim.authoring.english.phrases import Phrases, common, flat
from sim.scenario.bind.shapes import SURE, BoundMove, BoundRule
from sim.scenario.conditions import All, Always, Compare, Condition, Flag, Not, names
from sim.scenario.models import Inject, Rule
from sim.words.catalog import TIERS, Catalog, group_title, sentence
from sim.words.estimative import MINUS, listed, times
from sim.words.sources import cited_in

Marks = Callable[[Iterable[str]], str]
"""Claims as a sentence at the end of a paragraph."""
_ACTOR, _TARGET = "\x01", "\x02"
_STARTS = re.compile(r"(?:^|(?<=[.!?:] )|(?<=\n- )|(?<=“))the (?=actor|(?:capital|seat) addressed)", re.MULTILINE)
_NAMED = 3
"""So many seats are named where the same is said of them; more are `the capital addressed`, or `the seat`."""
_HEARD = {"public": "Everybody hears of it.", "parties": "Only those concerned hear of it.",
          "secret": "Nobody else hears of it."}
_TIERS = ("contacts", "negotiation", "statements", "measures", "force")
_AT = {"open": "When a round opens", "consent": "At the close of a round, when consents meet",
       "signing": "At the close, between signatures and what they do", "close": "At the close of a round",
       "end": "At the close, after the countdowns"}


class Told(NamedTuple):
    """One move for some actors and addressees."""

    text: str
    pairs: tuple[tuple[str, str], ...]


class Deeds:
    """Writes moves, offers, events and rules."""

    def __init__(self, catalog: Catalog, marks: Marks) -> None:
        self.catalog = catalog
        self.scenario = catalog.scenario
        self.bound = catalog.bound
        self.phrases = Phrases(catalog)
        self.marks = marks
        self._grouped_moves = len({it.group for it in self.scenario.moves.values()}) > 1

    # -- moves

    def moves(self) -> Iterator[str]:
        """All moves of the author's, tier by tier in the order in which a round resolves them."""
        for tier in _TIERS:
            ids = [mid for mid, it in self.scenario.moves.items() if it.tier == tier]
            if ids:
                yield f"### {TIERS[tier]}"
            for mid in ids:
                yield from self._move(mid)

    def _move(self, mid: str) -> Iterator[str]:
        it = self.scenario.moves[mid]
        mine = [move for move in self.bound.moves if move.id == mid]
        yield f"#### {self.catalog.move_title(mid)}"
        facts = [f"its CAMEO code is {it.cameo}"] if it.cameo else []
        facts += [f"its Goldstein value is {it.goldstein:+g}".replace("-", MINUS)] if it.goldstein is not None else []
        code = f" {sentence(listed(facts))}" if facts else ""
        often = f" A seat can do it {times(it.times)} in a match." if it.times else ""
        group = f"It belongs to the group “{group_title(it.group)}”." if self._grouped_moves else ""
        yield f"{group}{often}{code}".strip()
        sources = {move.source for move in mine}
        for told in merged(self.catalog, mine, self._facts if len(sources) == 1 else self._facts_and_source):
            yield f"**{self._who(told.pairs)}**" + self._titles(told, mine)
            yield told.text
        yield self.marks(sources.pop()) if len(sources) == 1 else ""

    def _titles(self, told: Told, mine: Sequence[BoundMove]) -> str:
        """What the menu calls it for these, where that differs from the heading."""
        common_title = self.scenario.moves[mine[0].id].title
        titles = dict.fromkeys(move.title for move in mine if (move.seat, move.target) in told.pairs
                               and move.title != self.catalog.fill(common_title, move.seat, move.target))
        return f" – the menu says {listed([f'“{title}”' for title in titles], 'or')}" if titles else ""

    def _who(self, pairs: Sequence[tuple[str, str]]) -> str:
        by: dict[tuple[str, ...], list[str]] = {}
        for seat in dict.fromkeys(seat for seat, _ in pairs):
            targets = tuple(target for s, target in pairs if s == seat and target)
            by.setdefault(targets, []).append(self.catalog.capital(seat))
        told = []
        for targets, seats in by.items():
            to = f" to {listed([self.catalog.capital(t) for t in targets], 'or')}" if targets else ""
            told.append(f"{listed(seats, 'or')}{to}")
        return "; ".join(told)

    def _facts_and_source(self, move: BoundMove) -> list[str]:
        marks = self.marks(move.source)
        return [*self._facts(move), *([marks] if marks else [])]

    def _facts(self, move: BoundMove) -> list[str]:
        """Everything about one bound move but who it is by and who says so."""
        cost = f"It costs {move.cost} of attention" if move.cost else "It costs no attention"
        needs = [part for condition in move.conditions for part in flat(condition) if not mechanical(part)]
        asks = self.phrases.all_of(needs)
        possible = f" and is possible while {asks}." if asks else "."
        heard = _HEARD[move.seen]
        lines = [f"{cost}{possible} {heard}"]
        lines += [f"*Hint:* {sentence(move.hint)}"] if move.hint else []
        outcomes = self.phrases.branches(move.branches, move.seat, move.target)
        lines.append(outcomes[0] if len(outcomes) == 1 else "It can turn out in one of these ways:")
        if len(outcomes) > 1:
            lines.append("\n".join(f"- {outcome}" for outcome in outcomes))
        return lines

    # -- offers

    def offers(self) -> Iterator[str]:
        """Every kind of offer with its answers and what happens without one."""
        for kind, it in self.scenario.offers.items():
            yield f"### {it.title}"
            asks = f" The addressee reads: “{it.asks.replace('{target}', f'The other {self.catalog.role}')}”" if it.asks else ""
            contact = " After it is accepted, both sides may give a readout." if it.contact else ""
            heard = _HEARD.get(str(it.seen), "Only those concerned hear of it.")
            yield (f"It can be answered for {it.open} at no cost; then it lapses. {heard}{asks}{contact} "
                   f"It is made by: {self._makers(kind)}.{_after(self.marks(cited_in(it.source)))}")
            for verb, title in (("accept", "Accepting"), ("decline", "Declining")):
                mine = [m for m in self.bound.moves if m.id == verb and m.of == kind]
                for told in merged(self.catalog, mine, self._answer):
                    yield f"**{title}** ({self._who(told.pairs)}): {told.text}"
            yield from self._lapses(kind)

    def _makers(self, kind: str) -> str:
        made = dict.fromkeys(f"“{self.catalog.move_title(move.id)}”" for move in self.bound.moves for b in move.branches
                             for e in b.effects if e.name.startswith(f"offer.{kind}.{move.seat}."))
        return listed(list(made)) or "nobody"

    def _answer(self, move: BoundMove) -> list[str]:
        needs = [part for c in move.conditions for part in flat(c) if not mechanical(part)]
        asks = self.phrases.all_of([n for n in needs if not self._is_offer(n)])
        head = f"It is possible while {asks}. " if asks else ""
        outcomes = self.phrases.branches(move.branches, move.seat, move.target)
        if len(outcomes) == 1:
            return [f"{head}{outcomes[0]}"]
        return [f"{head}It can turn out in one of these ways:", "\n".join(f"- {x}" for x in outcomes)]

    def _is_offer(self, condition: Condition) -> bool:
        return all(name.startswith("offer.") for name in names(condition)) and bool(names(condition))

    def _lapses(self, kind: str) -> Iterator[str]:
        """What happens without an answer; told once where it is the same between all."""
        written = []
        for rule_key, rules in self._grouped("lapse"):
            if rule_key.startswith(f"lapse.{kind}."):
                _, _, giver, taker = rule_key.split(".")
                ways = self._list(rules, common(rules) if len(rules) > 1 else 1, taker, giver)
                written.append(([*(ways if len(ways) == 1 else ["\n".join(f"- {way}" for way in ways)])], taker, giver))
        several = together(self.catalog, written)
        for told in several:
            whose = f" ({self._who(told.pairs)})" if len(several) > 1 else ""
            space = "\n\n" if told.text.startswith("- ") else " "
            yield f"**Left without an answer**{whose}:{space}{told.text}"

    # -- what happens by itself

    def events(self) -> Iterator[str]:
        """The injects."""
        by_key = dict(self._grouped("inject"))
        for iid, it in self.scenario.injects.items():
            yield f"### {it.title}"
            yield self._inject(it, by_key[iid])

    def asked(self, iid: str) -> str:
        """What an inject waits for, as a clause: `it is round 5`; empty for nothing."""
        return self._common(dict(self._grouped("inject"))[iid])[1]

    def _common(self, rules: Sequence[BoundRule]) -> tuple[list[BoundRule], str]:
        """The ways of an inject without what only the machinery asks, and what all of them ask first."""
        parts = [tuple(p for p in flat(rule.when) if not _waiting(p)) for rule in rules]
        stripped = [rule._replace(when=_joined(p)) for rule, p in zip(rules, parts, strict=True)]
        return stripped, self.phrases.all_of(parts[0][:common(stripped)])

    def _inject(self, it: Inject, rules: Sequence[BoundRule]) -> str:
        stripped, asks = self._common(rules)
        readers = {"public": "Everybody reads it.", "all": "Everybody reads it."}.get(
            str(it.seen), f"It is read by {self._readers(it.seen)} alone.")
        out = [f"It happens once, when a round opens, as soon as {asks or 'the story has begun'}. {readers}"]
        if len(rules) == 1 and rules[0].p[0] >= SURE:
            out.append(self.phrases.outcome(self.phrases.effects(rules[0].effects), rules[0].dispatch or ""))
        else:
            out.append("The first of these happens whose condition holds and whose die falls so:\n\n"
                       + "\n".join(f"- {way}" for way in self._list(stripped, common(stripped))))
        if it.dispatch and all(rule.dispatch != it.dispatch for rule in rules):
            out.append(f"Its own dispatch is never printed, because each way has another: “{sentence(it.dispatch)}”")
        out += [f"*What it tests:* {sentence(it.expected)}"] if it.expected else []
        out += [f"*For the facilitator:* {sentence(it.facilitator)}"] if it.facilitator else []
        out += [marks] if (marks := self.marks(cited_in(it.source))) else []
        return "\n\n".join(out)

    def _readers(self, seen: str | list[str]) -> str:
        return listed([self.catalog.capital(a) for a in self.bound.words.actors(seen, ())]) or "those concerned"

    def rules(self) -> Iterator[str]:
        """The author's rules in file order."""
        by_key = dict(self._grouped("rule"))
        for rid, it in self.scenario.rules.items():
            yield f"### {it.title or sentence(self.catalog.spelled(rid)).rstrip('.')}"
            yield self._rule(it, by_key[rid])

    def _rule(self, it: Rule, rules: Sequence[BoundRule]) -> str:
        start = common(rules) if it.chances else len(flat(rules[0].when))
        asks = self.phrases.all_of(flat(rules[0].when)[:start])
        when = f"{_AT[it.at]}{f', while {asks}' if asks else ''}"
        what = self.phrases.outcome(self.phrases.effects(rules[0].effects), it.dispatch or "")
        if it.hazard:
            per = "week, converted to the length of a round" if it.hazard.weekly else "round"
            track = self.phrases.names.inline(it.hazard.of)
            at = listed([f"{chance} where it is {value}" for value, chance in it.hazard.at.items()])
            out = [f"{when}, with a chance a {per} that follows {track}: {at}, and in a straight line between. {what}"]
        elif it.chances:
            rows = []
            for n, rule in enumerate(rules):
                parts = flat(rule.when)[start:]
                band = self.phrases.all_of(parts[:len(parts) - n])
                rows.append(f"- {self.phrases.chance(rule.p, 'a round')}, {f'if {band}' if band else 'otherwise'};")
            rows[-1] = rows[-1].removesuffix(";") + "."
            out = [f"{when}, with a chance that hangs on the situation; the first line that holds counts:",
                   "\n".join(rows), f"Then: {what}"]
        else:
            chance = "" if rules[0].p[0] >= SURE else f", with a chance of {self.phrases.chance(rules[0].p, 'a round')}"
            out = [f"{when}{chance}: {self.phrases.after(what)}"]
        out += [f"It belongs to a group of rules of which only the first that happens counts in a round "
                f"({self._group(it.group)})."] if it.group else []
        out += [f"*Why:* {sentence(it.why)}"] if it.why else []
        out += [marks] if (marks := self.marks(cited_in(it.source))) else []
        return "\n\n".join(out)

    def _group(self, group: str) -> str:
        return listed([f"“{it.title or self.catalog.spelled(rid)}”" for rid, it in self.scenario.rules.items()
                       if it.group == group])

    # -- ways

    def _grouped(self, kind: str) -> list[tuple[str, list[BoundRule]]]:
        found: dict[str, list[BoundRule]] = {}
        for rule in (*self.bound.open_rules, *self.bound.close_rules):
            if rule.kind == kind:
                found.setdefault(rule.key, []).append(rule)
        return list(found.items())

    def _list(self, rules: Sequence[BoundRule], start: int, actor: str = "", target: str = "") -> list[str]:
        out = []
        for rule in rules:
            when = self.phrases.all_of(flat(rule.when)[start:])
            told = self.phrases.outcome(self.phrases.effects(rule.effects),
                                        self.catalog.fill(rule.dispatch or "", actor, target))
            chance = "" if rule.p[0] >= SURE else self.phrases.chance(rule.p)
            head = ", ".join(part for part in (chance and sentence(chance).rstrip("."), when and f"if {when}") if part)
            told = self.phrases.after(told) if head or len(rules) > 1 else told
            out.append(f"{head[0].upper()}{head[1:]}: {told}" if head else f"Otherwise: {told}" if len(rules) > 1 else told)
        return out


# -- the same for several


def merged(catalog: Catalog, moves: Sequence[BoundMove], write: Callable[[BoundMove], list[str]]) -> tuple[Told, ...]:
    """The moves by what is to be said of them, in paragraphs."""
    return together(catalog, [(write(move), move.seat, move.target) for move in moves])


def together(catalog: Catalog, written: Iterable[tuple[list[str], str, str]]) -> tuple[Told, ...]:
    """Paragraphs about an actor and an addressee, told once where they say the same of several.

    Two paragraphs say the same if they are equal, or if they are once each capital is named by its part.
    """
    groups: list[_Group] = []
    for paragraphs, actor, target in written:
        masked = [_masked(catalog, text, actor, target) for text in paragraphs]
        home = next((g for g in groups if g.fits(paragraphs, masked)), None)
        if home is None:
            home = _Group(paragraphs, masked)
            groups.append(home)
        home.add(paragraphs, (actor, target))
    return tuple(Told("\n\n".join(g.spoken(catalog)), tuple(g.pairs)) for g in groups)


class _Group:
    """Moves of which the same is to be said."""

    def __init__(self, paragraphs: list[str], masked: list[str]) -> None:
        self.first = paragraphs
        self.masked = masked
        self.same = [True] * len(paragraphs)
        """Per paragraph, whether it is the same for all word by word."""
        self.pairs: list[tuple[str, str]] = []

    def fits(self, paragraphs: list[str], masked: list[str]) -> bool:
        """Whether these say the same."""
        return len(paragraphs) == len(self.first) and all(
            text == first or mask == own
            for text, first, mask, own in zip(paragraphs, self.first, masked, self.masked, strict=True))

    def add(self, paragraphs: list[str], pair: tuple[str, str]) -> None:
        """Take one more in."""
        self.pairs.append(pair)
        self.same = [same and text == first for same, text, first in zip(self.same, paragraphs, self.first, strict=True)]

    def spoken(self, catalog: Catalog) -> list[str]:
        """The paragraphs, with capitals where they can be named."""
        return [first if same else _spoken(catalog, mask, self.pairs)
                for same, first, mask in zip(self.same, self.first, self.masked, strict=True)]


def _masked(catalog: Catalog, text: str, actor: str, target: str) -> str:
    for who, token in ((actor, _ACTOR), (target, _TARGET)):
        if who:
            text = re.sub(rf"\b{re.escape(catalog.capital(who))}\b", token, text)
    return text


def _spoken(catalog: Catalog, text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """`Yerevan`, `Yerevan or Baku`, or their parts where it must be told who acts on whom."""
    sides = [list(dict.fromkeys(catalog.capital(pair[at]) for pair in pairs if pair[at])) for at in (0, 1)]
    crossed = all(len(side) > 1 for side in sides)
    for side, token, role in zip(sides, (_ACTOR, _TARGET), ("the actor", f"the {catalog.role} addressed"), strict=True):
        named = not crossed and len(side) <= _NAMED
        text = text.replace(token, listed(side, "or") if named and side else role)
    return _STARTS.sub("The ", text)


def mechanical(part: Condition) -> bool:
    """Whether a part of a condition is told elsewhere: no second offer while one is open, and how often it can be done."""
    if isinstance(part, Not):
        return mechanical(part.item)
    if not isinstance(part, Compare) or len(part.terms) != 1:
        return False
    name = part.terms[0][1]
    return name.startswith("played.") or (part.op == "==" and part.const == 0 and name.startswith("offer."))


def _waiting(part: Condition) -> bool:
    return isinstance(part, Not) and isinstance(part.item, Flag) and part.item.name.startswith("fired.")


def _joined(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else Always(value=True)


def _after(marks: str) -> str:
    return f" {marks}" if marks else ""


__all__ = ["Deeds", "Told", "mechanical", "merged"]
