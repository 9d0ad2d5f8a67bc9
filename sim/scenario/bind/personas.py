"""scenario: personas as whole-number weights, one per move and one per question left open."""

from __future__ import annotations

from collections import Counter

from sim.errors import suggest
from sim.scenario.bind.binder import Binder
from sim.scenario.bind.shapes import BoundFactor, BoundMove, BoundPersona, Loc, Weighed
from sim.scenario.conditions import Condition, Not
from sim.scenario.models import Factor, Persona, VoteFactor

SCALE = 16
"""An author's weight of 1 is 16 in the game; factors are sixteenths."""
HIGHEST = 1_023
LARGEST_FACTOR = 63


class PersonaBinder:
    """Binds one seat's persona."""

    def __init__(self, binder: Binder, seat: str, persona: Persona, moves: list[BoundMove], loc: Loc) -> None:
        self.binder = binder
        self.seat = seat
        self.persona = persona
        self.loc = loc
        self.mine = [m for m in moves if m.seat == seat]
        self.draft = binder.words.scenario.draft
        self.clauses = binder.words.scenario.clauses

    def bound(self) -> BoundPersona:
        """All weights of the seat."""
        self._check_names()
        shared = Counter(m.id for m in self.mine if m.question == "" and m.id not in ("table", "sign"))
        moves: dict[str, Weighed] = {}
        for m in self.mine:
            if m.id in ("accept", "decline"):
                moves[m.key] = self._offer_answer(m)
            elif m.id in ("agree", "bracket"):
                moves[m.key] = self._vote(m)
            else:
                moves[m.key] = Weighed(self._order_weight(m, shared), self._factors(m))
        leaving = {m.question: self._leaving(m) for m in self.mine if m.question}
        holding = max(1, self._scaled(self.persona.weights.get("hold", 10)))
        return BoundPersona(moves, leaving, holding)

    @staticmethod
    def _scaled(weight: float) -> int:
        return min(HIGHEST, int(weight * SCALE + 0.5))

    def _check_names(self) -> None:
        own = {m.id for m in self.mine} | {m.group for m in self.mine}
        for word in self.persona.weights:
            if word not in own and word not in ("sign", "hold"):
                known = self.binder.words.scenario.moves
                if word in self.binder.words.doubtful:
                    continue
                message = f"`{self.seat}` has no move `{word}` to weigh" if word in known else f"there is no move `{word}` to weigh"
                others = [m for m in dict.fromkeys(m.id for m in self.mine if not m.of) if m not in self.persona.weights]
                self.binder.report("W050", message, (*self.loc, "weights", word), suggest(word, own) + (
                    "not weighed yet: " + ", ".join(others) if others else f"all moves of `{self.seat}` are weighed; take this one out"))
        for kind in self.persona.answers:
            if kind not in self.binder.words.scenario.offers:
                self.binder.report("R021", f"there is no offer `{kind}`", (*self.loc, "answers", kind),
                                   suggest(kind, list(self.binder.words.scenario.offers)))
        for key in ("votes", "refuses"):
            for clause in getattr(self.persona, key):
                if clause not in self.clauses:
                    self.binder.report("R031", f"there is no clause `{clause}`", (*self.loc, key),
                                       suggest(clause, list(self.clauses)))

    # -- orders

    def _order_weight(self, m: BoundMove, shared: Counter[str]) -> int:
        if m.id == "table":
            if m.of in self.persona.refuses:
                return 0
            if m.of not in self.clauses:
                return 0
            worth = self.clauses[m.of].worth.get(self.seat, 0)
            squares = 49 * 6
            return self._scaled(self.persona.tabling * worth * worth / squares)
        if m.id == "sign":
            return self._scaled(self.persona.weights.get("sign", 0))
        return self._scaled(self.persona.weights.get(m.id, 0) / shared[m.id])

    def _factors(self, m: BoundMove) -> tuple[BoundFactor, ...]:
        out: list[BoundFactor] = []
        for n, factor in enumerate(self.persona.factors):
            of = [factor.of] if isinstance(factor.of, str) else factor.of
            if m.id in of or m.group in of:
                out.extend(self._factor(factor, m, (*self.loc, "factors", n)))
        return tuple(out)

    def _factor(self, factor: Factor | VoteFactor, m: BoundMove, loc: Loc) -> list[BoundFactor]:
        when = self.binder.condition(factor.when, (*loc, "when"), self.seat, m.target or None)
        return factors(when, factor.times)

    # -- answers

    def _answer_weights(self, kind: str) -> tuple[float, float, float]:
        found = self.persona.answers.get(kind)
        return (found.accept, found.decline, found.leave) if found else (1, 1, 1)

    def _offer_answer(self, m: BoundMove) -> Weighed:
        accept, decline, _ = self._answer_weights(m.of)
        base = accept if m.id == "accept" else decline
        out: list[BoundFactor] = []
        for n, factor in enumerate(self.persona.answer_factors):
            of = [factor.of] if isinstance(factor.of, str) else factor.of
            if m.of in of and (factor.answer or "accept") == m.id:
                out.extend(self._factor(factor, m, (*self.loc, "answer_factors", n)))
        return Weighed(self._scaled(base), tuple(out))

    def _leaving(self, m: BoundMove) -> Weighed:
        if m.id in ("accept", "decline"):
            return Weighed(max(1, self._scaled(self._answer_weights(m.of)[2])), ())
        return Weighed(max(1, self._scaled(self.draft.vote_leave)) if self.draft else 1, ())

    def _yes(self, clause: str) -> float:
        assert self.draft is not None
        if clause in self.persona.refuses:
            return 0
        if clause in self.persona.votes:
            return self.persona.votes[clause].agree
        worth = self.clauses[clause].worth.get(self.seat, 0)
        table = self.draft.votes_by_worth
        return table[min(worth, len(table) - 1)]

    def _vote(self, m: BoundMove) -> Weighed:
        assert self.draft is not None
        yes = self._yes(m.of)
        if m.id == "bracket":
            weight = self.draft.vote_bracket_disliked if yes < 2 else self.draft.vote_bracket
            agree = next(x for x in self.mine if x.id == "agree" and x.of == m.of)
            can_agree = self.binder.all_of(agree.conditions)
            never = BoundFactor(Not(item=can_agree, text="you cannot agree now"), 0, "you cannot agree now")
            return Weighed(self._scaled(weight), (never,))
        out: list[BoundFactor] = []
        vote = self.persona.votes.get(m.of)
        for n, factor in enumerate(vote.factors if vote else []):
            out.extend(self._factor(factor, m, (*self.loc, "votes", m.of, "factors", n)))
        for n, factor in enumerate(self.persona.vote_factors):
            out.extend(self._factor(factor, m, (*self.loc, "vote_factors", n)))
        return Weighed(max(self._scaled(yes), 1 if yes > 0 else 0), tuple(out))


def factors(when: Condition, times: float) -> list[BoundFactor]:
    """A factor in sixteenths; one above 63/16 is taken in several steps under the same condition."""
    out: list[BoundFactor] = []
    text = f"× {times:g} while {when.text}"
    while times * SCALE > LARGEST_FACTOR:
        out.append(BoundFactor(when, LARGEST_FACTOR, text))
        times /= LARGEST_FACTOR / SCALE
    out.append(BoundFactor(when, int(times * SCALE + 0.5), text))
    return out
