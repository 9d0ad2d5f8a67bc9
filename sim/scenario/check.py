"""scenario: what a bound scenario still gets wrong: secrets in guards, conditions that say nothing, missing sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sim.errors import Diagnostic, Span, suggest
from sim.scenario.conditions import Compare, Condition, constant, moves_played, names, walk
from sim.scenario.reader import Document

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.models import Map

WORDS_OF_A_BRIEF = 450
HIGHEST_WEIGHT = 1_023
LARGEST_SUM = 65_535


class Problems:
    """Collects problems of one document, each once, at their place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: dict[tuple[str, str, Span | None], Diagnostic] = {}

    @property
    def found(self) -> list[Diagnostic]:
        """In the order of the file."""
        return sorted(self._found.values(), key=lambda d: (d.span.line, d.span.column) if d.span else (0, 0))

    def report(self, code: str, message: str, place: Iterable[object], advice: str = "") -> None:
        """A problem at a place of the file; the last part may be ("#", start, end) within a text."""
        loc = tuple(place)
        if loc and isinstance(loc[-1], tuple):
            _, start, end = loc[-1]
            span = self.document.within(loc[:-1], start, end)  # type: ignore[arg-type]
        else:
            span = self.document.span(loc)  # type: ignore[arg-type]
        severity = "warning" if code[0] == "W" or code.startswith("G2") else "error"
        self._found.setdefault((code, message, span), Diagnostic(code, severity, message, span, advice))  # type: ignore[arg-type]


def check_bound(bound: Bound, texts: Mapping[str, str], problems: Problems) -> None:
    """Everything that can be told without dossiers."""
    _guards(bound, problems)
    _constants(bound, problems)
    _references(bound, problems)
    _groups(bound, problems)
    _weights(bound, problems)
    _briefs(bound, texts, problems)
    _about(bound, problems)
    _sources(bound, problems)


# -- secrets (F6)


class _Secrets:
    """What conditions read that not everybody sees."""

    def __init__(self, bound: Bound) -> None:
        self._secret = {v.name: v.seen for v in bound.words.variables.values() if v.seen is not None}
        self._read: dict[int, tuple[str, ...]] = {}

    def hidden(self, condition: Condition, seat: str) -> list[str]:
        """What the condition reads and the seat does not see."""
        # by identity, because conditions are shared and hashing a whole tree takes longer than walking it
        read = self._read.get(id(condition))
        if read is None:
            counters = [f"played.{move}." for move in moves_played(condition)]
            found = {n for n in names(condition) if n in self._secret}
            if counters:
                found.update(n for n in self._secret if n.startswith(tuple(counters)))
            read = self._read[id(condition)] = tuple(sorted(found))
        return [n for n in read if seat not in self._secret[n]]


def _guards(bound: Bound, problems: Problems) -> None:
    secrets = _Secrets(bound)
    for move in bound.moves:
        if move.id in ("accept", "decline", "agree", "bracket"):
            place = (*move.loc, move.id, "when") if move.of in bound.scenario.offers else move.loc
        else:
            place = (*move.loc, "when")
        for condition in move.conditions:
            for name in secrets.hidden(condition, move.seat):
                problems.report("V001", f"`{move.seat}` does not see `{name}`, but its move is legal by it", place,
                                "a move's condition may read only what its seat sees: use another track, or let the "
                                "hidden cause act in a branch, or change `seen:`")
    for policy, personas in bound.personas.items():
        for seat, persona in personas.items():
            place = ("actors", seat, "policy", *(("standard",) if policy == "standard" else ()))
            for weighed in (*persona.moves.values(), *persona.leaving.values()):
                for factor in weighed.factors:
                    for name in secrets.hidden(factor.when, seat):
                        problems.report("V002", f"the persona of `{seat}` is moved by `{name}`, which it does not see",
                                        place, "a persona knows what its seat knows")


# -- conditions that say nothing


def _constants(bound: Bound, problems: Problems) -> None:
    vocabulary = bound.words.conditions()
    seen: set[Condition] = set()

    def look(condition: Condition, place: tuple[object, ...]) -> None:
        if condition in seen:
            return
        seen.add(condition)
        for part in walk(condition):
            if not isinstance(part, Compare):
                continue
            told = constant(part, vocabulary)
            if told is None:
                continue
            ranges = ", ".join(f"`{n}` runs from {vocabulary.numbers[n][0]} to {vocabulary.numbers[n][1]}"
                               for _, n in part.terms if n in vocabulary.numbers)
            problems.report("G201" if told else "G202", f"`{part.text}` is {'always' if told else 'never'} true",
                            place, ranges)

    for move in bound.moves:
        if not move.question and move.id not in ("table", "sign"):
            look(move.guard, (*move.loc, "when"))
    for rule in (*bound.open_rules, *bound.close_rules):
        if rule.kind in ("rule", "inject", "step"):
            look(rule.when, (*rule.loc, "when"))
    for ending in bound.endings:
        look(ending.when, ("endings", ending.id, "when"))


# -- structure


def _references(bound: Bound, problems: Problems) -> None:
    """Names that no rule reads, but people do."""
    s, words = bound.scenario, bound.words
    for aid, agreement in s.agreements.items():
        words.actors(agreement.by, ("agreements", aid, "by"))
        for pid, provision in agreement.provisions.items():
            words.actors(provision.binds, ("agreements", aid, "provisions", pid, "binds"))
    for contact, sides in s.readouts.items():
        for who in sides:
            words.actors(who, ("readouts", contact, who))
    for kind, mid in s.readout_moves.items():
        if mid not in s.moves:
            problems.report("R072", f"there is no move `{mid}`", ("readout_moves", kind), suggest(mid, s.moves))
    for oid, offer in s.offers.items():
        if offer.contact is not None and offer.contact not in s.readouts:
            problems.report("R073", f"there are no readouts of `{offer.contact}`", ("offers", oid, "contact"),
                            suggest(offer.contact, s.readouts) + "write them under `readouts:`")
    kinds = {m.id for m in bound.moves} | {m.group for m in bound.moves}
    for seat in bound.seats:
        actor = s.actors[seat]
        for n, clause in enumerate(actor.red_lines):
            if clause not in s.clauses:
                problems.report("R031", f"there is no clause `{clause}`", ("actors", seat, "red_lines", n),
                                suggest(clause, s.clauses))
        if actor.policy is None:
            continue
        for place, persona in ((("policy",), actor.policy), (("policy", "standard"), actor.policy.standard)):
            for key, known in (("factors", kinds), ("answer_factors", set(s.offers))):
                for n, factor in enumerate(getattr(persona, key, ())):
                    for word in [factor.of] if isinstance(factor.of, str) else factor.of:
                        if word not in known:
                            problems.report("W051", f"nothing called `{word}` is weighed",
                                            ("actors", seat, *place, key, n, "of"), suggest(word, known))


def _groups(bound: Bound, problems: Problems) -> None:
    for rules in (bound.open_rules, bound.close_rules):
        closed: set[str] = set()
        last = ""
        for rule in rules:
            if rule.group != last:
                if rule.group and rule.group in closed:
                    problems.report("E040", f"the rules of the group `{rule.group}` do not stand together", rule.loc,
                                    "put the rules of a group next to each other, at the same stage")
                closed.add(last)
                last = rule.group


def _weights(bound: Bound, problems: Problems) -> None:
    for personas in bound.personas.values():
        for seat, persona in personas.items():
            total = persona.holding
            for weighed in persona.moves.values():
                most = float(weighed.weight)
                for factor in weighed.factors:
                    most *= max(1.0, factor.sixteenths / 16)
                total += min(HIGHEST_WEIGHT, int(most))
            if total > LARGEST_SUM:
                problems.report("E041", f"the weights of `{seat}` can reach {total:,}", ("actors", seat, "policy"),
                                f"together they must stay within {LARGEST_SUM:,}; make some smaller")


def _briefs(bound: Bound, texts: Mapping[str, str], problems: Problems) -> None:
    for seat in bound.seats:
        brief = bound.scenario.actors[seat].brief
        place = ("actors", seat, "brief")
        if not brief:
            problems.report("W060", f"`{seat}` has no brief", ("actors", seat), "add `brief: briefs/" + seat + ".md`")
            continue
        text = brief
        if re.fullmatch(r"[\w./-]+\.md", brief):
            if brief not in texts:
                problems.report("R070", f"there is no file `{brief}` beside the scenario", place,
                                suggest(brief, [n for n in texts if n.endswith(".md")]))
                continue
            text = texts[brief]
        words = len(text.split())
        if words > WORDS_OF_A_BRIEF:
            problems.report("W061", f"the brief of `{seat}` has {words} words", place,
                            f"people read about {WORDS_OF_A_BRIEF}; shorten it")
        if "# Public" not in text or "# Confidential" not in text:
            problems.report("W062", f"the brief of `{seat}` lacks `# Public` or `# Confidential`", place,
                            "write both headings: the first part is read by everybody, the second by the seat alone")


def _about(bound: Bound, problems: Problems) -> None:
    about = bound.scenario.about
    for leg in about.minutes:
        if leg not in bound.words.legs:
            problems.report("R003", f"there is no leg `{leg}`", ("about", "minutes", leg),
                            "legs: " + ", ".join(bound.words.legs))
    for n, seat in enumerate(about.seats):
        if seat not in bound.seats:
            problems.report("R071", f"`{seat}` is not a seat", ("about", "seats", n), suggest(seat, bound.seats))
    for leg, per in bound.scenario.par.items():
        for seat in per:
            if leg not in bound.words.legs or seat not in bound.seats:
                problems.report("W071", f"par is given for `{leg}`/`{seat}`, which the scenario does not have", ("par",),
                                "write it anew")


# -- sources (F7)


def cited(bound: Bound) -> list[tuple[tuple[object, ...], tuple[str, ...]]]:
    """Every place that states a fact, and what it cites."""
    s = bound.scenario
    out: list[tuple[tuple[object, ...], str | list[str]]] = []
    out.extend((("moves", k, "source"), m.source) for k, m in s.moves.items())
    for k, m in s.moves.items():
        out.extend((("moves", k, "for", w, "source"), v.source) for w, v in m.for_.items() if v.source is not None)
    for k, a in s.agreements.items():
        out.append((("agreements", k, "source"), a.source))
        out.extend((("agreements", k, "provisions", p, "source"), it.source) for p, it in a.provisions.items())
    for section in ("tracks", "offers", "clauses", "rules", "injects", "endings"):
        out.extend(((section, k, "source"), it.source) for k, it in getattr(s, section).items())
    return [(place, (ids,) if isinstance(ids, str) else tuple(ids)) for place, ids in out]


def _sources(bound: Bound, problems: Problems) -> None:
    _cites(bound, cited(bound), problems)


def _cites(bound: Bound, places: Iterable[tuple[tuple[object, ...], tuple[str, ...]]], problems: Problems) -> None:
    """What a historical scenario states has a source, or is said to be invented."""
    if bound.scenario.about.kind != "historical":
        return
    for place, ids in places:
        if not any(ids):
            problems.report("S101", f"`{'.'.join(map(str, place[:-1]))}` does not say where it comes from", place[:-1],
                            "cite claim ids (`source: [C02, C05]`) or write `source: invented`")


def check_map(bound: Bound, found: Map, problems: Problems) -> None:
    """What a map gets wrong that is more than its own words: facts without a source."""
    from sim.scenario.bind.map import cited_by_map
    _cites(bound, cited_by_map(found), problems)


def check_map_claims(found: Map, claims: Mapping[str, frozenset[str]], problems: Problems) -> None:
    """Every claim that a map cites exists in a dossier that the scenario lists."""
    from sim.scenario.bind.map import cited_by_map
    _claims_exist(cited_by_map(found), claims, problems)


def _claims_exist(places: Iterable[tuple[tuple[object, ...], tuple[str, ...]]], claims: Mapping[str, frozenset[str]],
                  problems: Problems) -> None:
    known = {claim for held in claims.values() for claim in held}
    for place, ids in places:
        for claim in ids:
            if claim and claim != "invented" and claim not in known:
                problems.report("S102", f"no dossier of this scenario holds the claim `{claim}`", place,
                                suggest(claim, sorted(known)) + "add its dossier to `dossiers:`, or correct the id")


def check_claims(bound: Bound, claims: Mapping[str, frozenset[str]], problems: Problems, drawn: Map | None = None) -> None:
    """Every cited claim exists in a dossier that the scenario lists; `drawn` is the map beside it."""
    places = cited(bound)
    _claims_exist(places, claims, problems)
    used = {claim for _, ids in places for claim in ids}
    if drawn is not None:
        from sim.scenario.bind.map import cited_by_map
        used.update(claim for _, ids in cited_by_map(drawn) for claim in ids)
    for n, name in enumerate(bound.scenario.dossiers):
        if name in claims and not used & claims[name]:
            problems.report("W103", f"nothing cites the dossier `{name}`", ("dossiers", n), "cite it or take it out")
