"""scenario: conditions that can never or always hold, also as whole trees, and turns that never come.

A condition stands once in the file and is bound once for each pair of actors; it says nothing if it says nothing for
all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sim.scenario.check.problems import Problems
from sim.scenario.check.reading import Reading
from sim.scenario.conditions import Always, Compare, Condition
from sim.scenario.conditions.amounts import extent

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.bind.map import BoundMap
    from sim.scenario.bind.shapes import BoundRule, Loc
    from sim.scenario.models import Branch

SURE = 1 << 16
_LONGEST = 90
_CLOCK = ("round", "day")
_FORMAT = "not yet released and "
"""What the format puts in front of the condition of an inject."""


def check_certainty(bound: Bound, reading: Reading, problems: Problems) -> None:
    """All conditions of a scenario, its goals, and what stands in a line where the first that holds counts."""
    teller = _Teller(bound, reading, problems)
    by_place: dict[Loc, dict[int, Condition]] = {}
    for loc, condition in _conditions(bound):
        by_place.setdefault(loc, {})[id(condition)] = condition
        # a flag alone says nothing here, and yet it is asked for
        reading.names(condition)
    for loc, found in by_place.items():
        teller.look(loc, tuple(found.values()))
    teller.factors()
    for name, body in reading.suspect.items():
        teller.look(("define", name), (body,))
    _goals(bound, problems)


def check_markers(drawn: BoundMap, bound: Bound, problems: Problems) -> None:
    """The conditions of a map."""
    reading = Reading(bound.words.conditions())
    teller = _Teller(bound, reading, problems)
    for mid, condition in drawn.whens.items():
        teller.look(("markers", mid, "when"), (condition,))


def _conditions(bound: Bound) -> Iterator[tuple[Loc, Condition]]:
    """Every condition with its place; draft moves by the places of what their author wrote."""
    for move in bound.moves:
        if move.of in bound.scenario.offers and move.id in ("accept", "decline"):
            yield (*move.loc, move.id, "when"), move.guard
        elif move.id == "sign":
            yield ("draft", "parts", move.of, "sign_when"), move.conditions[-1]
        elif not move.of:
            yield (*move.loc, "when"), move.guard
        if len(move.branches) > 1:
            for branch in move.branches:
                if branch.number >= 0:
                    yield (*branch.loc, "when"), branch.when
    for rule in (*bound.open_rules, *bound.close_rules):
        if rule.kind in ("rule", "inject", "step", "lapse") and not (rule.kind == "lapse" and rule.id.startswith("age.")):
            place = rule.loc if rule.loc[-1] != "chances" else rule.loc[:-1]
            yield (*place, "when"), rule.when
        elif rule.kind == "draft" and rule.key.startswith("signed."):
            listed = rule.id.partition("#")[2]
            yield (*rule.loc, "on_signature", *((int(listed),) if listed else ()), "when"), rule.when
    for ending in bound.endings:
        yield ("endings", ending.id, "when"), ending.when
    if bound.scenario.draft is not None:
        seen = {c.text: c for m in bound.moves if m.id == "table" for c in m.conditions}
        for condition in seen.values():
            yield ("draft", "room"), condition


class _Teller:
    """Reports what is certain, once for each place."""

    def __init__(self, bound: Bound, reading: Reading, problems: Problems) -> None:
        self.bound = bound
        self.reading = reading
        self.problems = problems

    def look(self, loc: Loc, bound: tuple[Condition, ...]) -> None:
        """Conditions bound from one text; a comparison is told at once, a larger part if all of them share it."""
        parts = [self.reading.parts(condition) for condition in bound]
        if not any(parts):
            return
        shared = set.intersection(*({(p.text, told) for p, told in found} for found in parts))
        told_any = False
        for part, told in dict.fromkeys(part for found in parts for part in found):
            if isinstance(part, Compare) or (part.text, told) in shared:
                told_any = True
                self.tell(loc, part, told=told)
        values = {self.reading.told(condition) for condition in bound}
        if not told_any and len(values) == 1 and None not in values and not isinstance(bound[0], Always):
            self.tell(loc, bound[0], told=values.pop() is True)

    def tell(self, loc: Loc, part: Condition, *, told: bool) -> None:
        """One part that always or never holds."""
        place = self.problems.words(loc, part.text)
        words = part.text.removeprefix(_FORMAT)
        shown = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
        if not told and self._too_late(part):
            last = self.reading.vocabulary.numbers
            self.problems.report("G204", f"`{shown}` comes after the last round", place,
                                 f"the clock ends with round {last['round'][1]}, on day {last['day'][1]}")
            return
        self.problems.report("G201" if told else "G202", f"`{shown}` is {'always' if told else 'never'} true", place,
                             self._ranges(part, told=told))

    def _ranges(self, part: Condition, *, told: bool) -> str:
        numbers = self.reading.vocabulary.numbers
        if isinstance(part, Compare):
            return ", ".join(f"`{n}` runs from {numbers[n][0]} to {numbers[n][1]}" for _, n in part.terms if n in numbers)
        if isinstance(part, Always):
            return "nobody for whom this is asked is the one it names" if not told else "leave it out"
        return "taken together its parts leave nothing out" if told else "its parts exclude each other"

    def _too_late(self, part: Condition) -> bool:
        if not isinstance(part, Compare) or len(part.terms) != 1 or part.terms[0][1] not in _CLOCK:
            return False
        factor, name = part.terms[0]
        if part.op == ">=":
            return factor > 0
        return part.op == "==" and -part.const > factor * self.reading.vocabulary.numbers[name][1]

    def factors(self) -> None:
        """What multiplies the weights of personas."""
        seen: set[int] = set()
        for policy, personas in self.bound.personas.items():
            for seat, persona in personas.items():
                for weighed in (*persona.moves.values(), *persona.leaving.values()):
                    for factor in weighed.factors:
                        if id(factor.when) in seen:
                            continue
                        seen.add(id(factor.when))
                        # that of a bracket is made by the format, from what tabling asks
                        if factor.sixteenths and self.reading.parts(factor.when):
                            self._factor(seat, policy, factor.when)

    def _factor(self, seat: str, policy: str, when: Condition) -> None:
        actor = self.bound.scenario.actors[seat]
        head: Loc = ("actors", seat, "policy", *(("standard",) if policy == "standard" else ()))
        persona = actor.policy.standard if actor.policy and policy == "standard" else actor.policy
        if persona is None:
            return
        lists: list[tuple[Loc, list[object]]] = [(("factors",), [*persona.factors]),
                                                 (("answer_factors",), [*persona.answer_factors]),
                                                 (("vote_factors",), [*persona.vote_factors])]
        lists += [(("votes", clause, "factors"), [*vote.factors]) for clause, vote in persona.votes.items()]
        for keys, listed in lists:
            for n, factor in enumerate(listed):
                written = factor.when  # type: ignore[attr-defined]
                for part, told in self.reading.parts(when):
                    if part.text in (written if isinstance(written, str) else " and ".join(map(str, written))
                                     if isinstance(written, list) else ""):
                        self.tell((*head, *keys, n, "when"), part, told=told)


def _goals(bound: Bound, problems: Problems) -> None:
    """A figure that stands still whatever happens is no goal."""
    vocabulary = bound.words.conditions()
    for goal in bound.goals:
        low, high = extent(goal.sum, vocabulary)
        if high <= 0 or low >= 100 or low == high:
            figure = min(100, max(0, high if high <= 0 else low))
            problems.report("G205", f"the goal `{goal.id}` of `{goal.seat}` stands at {figure} whatever happens",
                            ("actors", goal.seat, "goals", goal.id, "score"),
                            "let it depend on a track, and let the sum pass through 0..100")


# -- where the first that holds counts


def check_turns(bound: Bound, reading: Reading, problems: Problems) -> None:
    """Branches, endings, steps and groups in which an earlier one leaves nothing over."""
    _branches(bound, reading, problems)
    earlier: list[Condition] = []
    last = next(reversed(bound.scenario.endings), "")
    for ending in bound.endings:
        if reading.taken(earlier, ending.when):
            problems.report("G203", f"the ending `{ending.id}` is never reached: an earlier one holds whenever it does",
                            ("endings", ending.id), "endings are tested in file order: move it up, or narrow the earlier one")
            if ending.id == last:
                break
        earlier.append(ending.when)
    lines: dict[str, list[BoundRule]] = {}
    for rule in (*bound.open_rules, *bound.close_rules):
        if rule.kind == "inject" or (rule.kind in ("rule", "step") and rule.group and "#" not in rule.id.partition(".")[0]):
            lines.setdefault(rule.group, []).append(rule)
    for rules in lines.values():
        sure: list[Condition] = []
        for rule in rules:
            if rule.kind != "inject" and reading.taken(sure, rule.when):
                what = "step" if rule.kind == "step" else "rule"
                problems.report("G203", f"this {what} never has its turn: an earlier one holds whenever it does", rule.loc,
                                "they are tested in file order: move it up, or narrow the earlier one")
            if min(rule.p) >= SURE and not rule.tables:
                sure.append(rule.when)


def _branches(bound: Bound, reading: Reading, problems: Problems) -> None:
    turns: dict[Loc, list[bool]] = {}
    lists = [m.branches for m in bound.moves if m.branches[0].loc[-2:-1] == ("branches",)]
    injects: dict[str, list[BoundRule]] = {}
    for rule in bound.open_rules:
        if rule.kind == "inject" and "#" in rule.id:
            injects.setdefault(rule.key, []).append(rule)
    for branches in lists:
        sure: list[Condition] = []
        for branch in branches:
            if branch.number < 0:
                continue
            turns.setdefault(branch.loc, []).append(bool(sure) and reading.taken(sure, branch.when))
            if min(branch.p) >= SURE:
                sure.append(branch.when)
    for rules in injects.values():
        sure = []
        for rule in rules:
            turns.setdefault(rule.loc, []).append(bool(sure) and reading.taken(sure, rule.when))
            if min(rule.p) >= SURE:
                sure.append(rule.when)
    for loc, written in _written(bound):
        if any((*loc, n) in turns for n in range(len(written))):
            for n, one in enumerate(written):
                # bound for nobody: left out for each of those for whom the move was bound
                if (*loc, n) not in turns and not (one.when is None or isinstance(one.when, bool)):
                    turns[*loc, n] = [True]
    for loc, found in turns.items():
        if all(found):
            problems.report("G203", "this branch never has its turn: an earlier one holds whenever it does", loc,
                            "branches are tested in order: move it up, or narrow the earlier one")


def _written(bound: Bound) -> Iterator[tuple[Loc, Sequence[Branch]]]:
    """The lists of branches of moves and answers, as their author wrote them."""
    s = bound.scenario
    for mid, move in s.moves.items():
        yield ("moves", mid, "branches"), move.branches
        for who, variant in move.for_.items():
            yield ("moves", mid, "for", who, "branches"), variant.branches
    for oid, offer in s.offers.items():
        yield ("offers", oid, "accept", "branches"), offer.accept.branches
        yield ("offers", oid, "decline", "branches"), offer.decline.branches
