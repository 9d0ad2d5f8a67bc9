"""policies: the three ways to choose: by a persona's weights, by the one-ply gain of a few candidates, by lot."""

from __future__ import annotations

from sim.play.protocols import Choice, Reason
from sim.policies.gain import Scorer
from sim.policies.seats import Candidate, Seat, pick_site, seat_of, weight_of
from sim.rules.chance import below
from sim.rules.engine import menu
from sim.rules.facts import Facts
from sim.rules.luck import Luck
from sim.rules.state import Orders
from sim.rules.tables import Game, Question
from sim.rules.views import View

CANDIDATES = 2
"""How many candidates the standard policy weighs for an order."""


class PersonaPolicy:
    """Weighted draws by the seat's persona: a plausible player. Shown as easy."""

    name = "persona"
    table = "persona"

    def __init__(self, *, explaining: bool = True) -> None:
        """Without `explaining` choices carry no reasons, for playouts that nobody reads."""
        self.explaining = explaining

    def choose(self, game: Game, seen: View, seat: str, luck: Luck) -> Choice:
        """Answers first, then orders, all on the opening state as the seat sees it."""
        facts = Facts(game, seen.values)
        layout = seat_of(game, self.table, seat)
        chosen: list[str] = []
        reasons: list[Reason] = []
        for asked in layout.questions:
            answers = [n for n, cond in asked.answers if facts[cond]]
            if not answers:
                continue
            reason = self._answer(game, facts, layout, asked.number, answers, luck)
            if reason.move:
                chosen.append(reason.move)
            reasons.append(reason)
        for reason in self._orders(game, facts, layout, seat, luck):
            if reason.move:
                chosen.append(reason.move)
            reasons.append(reason)
        return Choice(Orders(tuple(chosen)), tuple(reasons) if self.explaining else ())

    # -- answers

    def _answer(self, game: Game, facts: Facts, layout: Seat, number: int, open_answers: list[int],
                luck: Luck) -> Reason:
        question = game.questions[number]
        weights = [weight_of(*layout.persona.moves[n], facts) for n in open_answers]
        leaving = max(1, weight_of(*layout.persona.leaving[number], facts))
        total = sum(weights) + leaving
        at = below(luck.bits(question.site), total)
        for n, weight in zip(open_answers, weights, strict=True):
            if at < weight:
                return self._reason(game, facts, layout, "answer", n, question, weight, total,
                                    [(m, w) for m, w in zip(open_answers, weights, strict=True) if m != n])
            at -= weight
        return self._reason(game, facts, layout, "answer", -1, question, leaving, total,
                            list(zip(open_answers, weights, strict=True)))

    # -- orders

    def _drawable(self, facts: Facts, layout: Seat) -> list[tuple[Candidate, int]]:
        found = []
        for candidate in layout.orders:
            if facts[candidate.move.cond]:
                weight = weight_of(candidate.weight, candidate.factors, facts)
                if weight:
                    found.append((candidate, weight))
        return found

    def _orders(self, game: Game, facts: Facts, layout: Seat, seat: str, luck: Luck) -> list[Reason]:
        left = game.attention[layout.number]
        drawable = self._drawable(facts, layout)
        out: list[Reason] = []
        for index in range(game.picks):
            affordable = [(c, w) for c, w in drawable if c.move.cost <= left]
            picked, weight, total = self._draw(affordable, layout.persona.holding, luck.bits(pick_site(seat, index)))
            rivals = self._rivals(affordable, picked)
            if picked is None:
                out.append(self._reason(game, facts, layout, "pass", -1, None, weight, total, rivals))
                break
            out.append(self._reason(game, facts, layout, "order", picked.number, None, weight, total, rivals))
            left -= picked.move.cost
            drawable = [(c, w) for c, w in drawable if c is not picked]
        return out

    def _rivals(self, options: list[tuple[Candidate, int]], picked: Candidate | None) -> list[tuple[int, int]]:
        """The two heaviest others, where reasons are wanted."""
        if not self.explaining:
            return []
        return sorted(((c.number, w) for c, w in options if c is not picked), key=lambda x: -x[1])[:2]

    @staticmethod
    def _draw(options: list[tuple[Candidate, int]], holding: int, bits: int) -> tuple[Candidate | None, int, int]:
        total = sum(weight for _, weight in options) + holding
        at = below(bits, total)
        for candidate, weight in options:
            if at < weight:
                return candidate, weight, total
            at -= weight
        return None, holding, total

    # -- reasons

    def _reason(self, game: Game, facts: Facts, layout: Seat, kind: str, number: int, question: Question | None,
                weight: int, total: int, rivals: list[tuple[int, int]], gain: int = 0) -> Reason:
        key = game.moves[number].key if number >= 0 else ""
        if not self.explaining:
            return Reason(kind, key, question.id if question else "", weight, total)  # type: ignore[arg-type]
        weights = layout.persona.moves
        held = tuple((c, f) for c, f in weights[number].factors if facts[c]) if number >= 0 else ()
        missing: list[int] = []
        for rival, _ in rivals[:1]:
            missing.extend(c for c, f in weights[rival].factors if f > 16 and not facts[c])
            missing.extend(c for c, f in weights[rival].factors if f < 16 and facts[c])
        return Reason(kind, key, question.id if question else "", weight, total, held, gain,  # type: ignore[arg-type]
                      tuple((game.moves[n].key, w) for n, w in rivals), tuple(dict.fromkeys(missing)))


class OnePlyPolicy(PersonaPolicy):
    """Draws a few candidates and files the one that gains its seat most at once. Shown as standard.

    Drawing keeps it from playing one line for ever, which loses here; the gain keeps it from playing against itself.
    """

    name = "one-ply"
    table = "standard"

    def _orders(self, game: Game, facts: Facts, layout: Seat, seat: str, luck: Luck) -> list[Reason]:
        left = game.attention[layout.number]
        drawable = self._drawable(facts, layout)
        scorer = Scorer(game, layout.number, facts.values_at)
        out: list[Reason] = []
        for index in range(game.picks):
            affordable = [(c, w) for c, w in drawable if c.move.cost <= left]
            tried: list[tuple[Candidate | None, int, int, int]] = []
            for n in range(CANDIDATES):
                site = pick_site(seat, index, n) if n else pick_site(seat, index)
                candidate, weight, total = self._draw(affordable, layout.persona.holding, luck.bits(site))
                if all(candidate is not c for c, *_ in tried):
                    gain = scorer.gain(facts, candidate.move) if candidate else 0
                    tried.append((candidate, weight, total, gain))
            best = max(tried, key=lambda t: t[3])
            rivals = [(c.number, g >> 16) for c, _, _, g in tried if c is not None and c is not best[0]]
            picked, weight, total, gain = best
            if picked is None:
                out.append(self._reason(game, facts, layout, "pass", -1, None, weight, total, rivals))
                break
            out.append(self._reason(game, facts, layout, "order", picked.number, None, weight, total, rivals, gain >> 16))
            left -= picked.move.cost
            drawable = [(c, w) for c, w in drawable if c is not picked]
        return out


class RandomPolicy:
    """Any legal orders and answers, each as likely as the next: nobody's plan."""

    name = "random"

    def choose(self, game: Game, seen: View, seat: str, luck: Luck) -> Choice:
        """Answers by a coin that may leave them lying, then orders by lot."""
        facts = Facts(game, seen.values)
        number = game.number(seat)
        chosen: list[str] = []
        legal = menu(game, facts, number)
        for question in game.questions:
            answers = [game.moves[n] for n in question.answers if question.seat == number and facts[game.moves[n].cond]]
            if answers:
                at = below(luck.bits(question.site), len(answers) + 1)
                if at < len(answers):
                    chosen.append(answers[at].key)
        left = game.attention[number]
        for index in range(game.picks):
            options = [m for m in legal if m.question < 0 and m.cost <= left and m.key not in chosen]
            at = below(luck.bits(pick_site(seat, index)), len(options) + 1)
            if at == len(options):
                break
            chosen.append(options[at].key)
            left -= options[at].cost
        return Choice(Orders(tuple(chosen)), ())
