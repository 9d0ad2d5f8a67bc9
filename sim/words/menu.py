"""words: what a seat can order this round, grouped, with likely effects, and why what is closed is closed."""

from __future__ import annotations

from sim.rules import Game, View
from sim.rules.facts import Facts
from sim.rules.tables import SURE, Move, Weights
from sim.scenario.bind.shapes import BoundMove
from sim.scenario.conditions import All
from sim.words.catalog import Catalog, group_title
from sim.words.closed import obstacles
from sim.words.estimative import chance_word, listed, percents
from sim.words.likely import Reckoner
from sim.words.models import Menu, MenuGroup, MenuItem, Obstacle, QuestionItem


class MenuWriter:
    """Writes the menu of one seat of one game; what does not change from round to round is kept."""

    def __init__(self, game: Game, catalog: Catalog, seat: str) -> None:
        self.game = game
        self.catalog = catalog
        self.seat = seat
        self.names = catalog.names(seat)
        self.reckoner = Reckoner(game, catalog, seat)
        number = game.number(seat) if seat in game.seats else -1
        mine = [(move, catalog.moves[move.key]) for move in game.moves if move.seat == number]
        groups: dict[str, list[tuple[Move, BoundMove]]] = {}
        order = {name: n for n, name in enumerate(catalog.scenario.moves)}
        for pair in sorted((p for p in mine if p[0].question < 0), key=lambda p: order.get(p[1].id, len(order))):
            groups.setdefault(pair[1].group, []).append(pair)
        self._groups = groups
        self._explained: dict[int, tuple[Obstacle, ...]] = {}
        self._explained_for: Facts | None = None
        self._attention = game.attention[number] if number >= 0 else 0

    def menu(self, seen: View, questions: tuple[QuestionItem, ...] = ()) -> Menu:
        """Every move of the seat, open ones and closed ones; nothing while no round is open."""
        if not seen.open or seen.ending or self.seat not in self.game.seats:
            return Menu((), (), 0, 0)
        facts = Facts(self.game, seen.values)
        groups = tuple(
            MenuGroup(group, group_title(group), tuple(self.item(move, bound, facts) for move, bound in pairs))
            for group, pairs in self._groups.items())
        return Menu(questions, groups, self._attention, self.game.picks)

    def item(self, move: Move, bound: BoundMove, facts: Facts) -> MenuItem:
        """One move or answer on what the seat sees."""
        legal = facts[move.cond]
        branches, expected = self.reckoner.outlook(move, facts)
        return MenuItem(
            key=move.key, id=bound.id, title=bound.title, group=bound.group, tier=bound.tier, cost=move.cost,
            seen=bound.seen, cameo=bound.cameo, goldstein=bound.goldstein, hint=bound.hint,
            source=tuple(filter(None, bound.source)), legal=legal, why_not=() if legal else self.why_not(bound, facts),
            branches=branches, expected=expected,
            tendency=self.tendency(move, facts) if legal else "",
            target=self.catalog.capital(bound.target) if bound.target else "",
            red_line=self._crosses(bound, facts))

    def _crosses(self, bound: BoundMove, facts: Facts) -> bool:
        """Whether a step towards a signature is about a clause that the seat must not sign."""
        actor = self.catalog.scenario.actors.get(self.seat)
        if actor is None or bound.seat != self.seat:
            return False
        if bound.id in ("table", "agree"):
            return bound.of in actor.red_lines
        if bound.id != "sign" or self.catalog.scenario.draft is None or bound.of not in self.catalog.scenario.draft.parts:
            return False
        return any(self.catalog.scenario.clauses[cid].part == bound.of and self.catalog.variable(cid).statuses[
            facts.values_at[self.catalog.index[cid]]] == "agreed"
            for cid in actor.red_lines if cid in self.catalog.scenario.clauses)

    def why_not(self, bound: BoundMove, facts: Facts) -> tuple[Obstacle, ...]:
        """Everything that keeps a move closed now."""
        if self._explained_for is not facts:
            self._explained, self._explained_for = {}, facts
        found: list[Obstacle] = []
        for condition in bound.conditions:
            for part in condition.items if isinstance(condition, All) else (condition,):
                # one part, such as the room to draft in, closes many moves at once
                if id(part) not in self._explained:
                    self._explained[id(part)] = obstacles(self.names, part, facts.values_at)
                found.extend(self._explained[id(part)])
        return tuple(dict.fromkeys(found))

    # -- what the addressee tends to do

    def tendency(self, move: Move, facts: Facts) -> str:
        """How plausible players of the addressees answer what a move offers, as far as this seat can see."""
        personas = self.game.personas.get("persona")
        if not personas:
            return ""
        likely: dict[int, list[str]] = {}
        for effect in move.branches[0].effects:
            variable = self.catalog.variables[effect.var]
            if variable.kind == "offer" and effect.a > 0:
                taker = variable.name.rsplit(".", 1)[1]
                percent = self._acceptance(variable.name, facts, rounds=effect.a - 1)
                if percent is not None:
                    likely.setdefault(percent, []).append(self.catalog.capital(taker))
        if not likely:
            return ""
        parts = [f"{listed(takers)} {'is' if len(takers) == 1 else 'are'} {_accepting(percent)}"
                 for percent, takers in likely.items()]
        return f"As far as you can see, {'; '.join(parts)}."

    def _acceptance(self, offer: str, facts: Facts, rounds: int) -> int | None:
        """The chance in percent that the addressee's persona accepts before the offer lapses."""
        _, kind, giver, taker = offer.split(".")
        keys = [f"{verb}.{kind}:{taker}>{giver}" for verb in ("accept", "decline")]
        if any(key not in self.game.by_key for key in keys):
            return None
        numbers = [self.game.by_key[key] for key in keys]
        question = self.game.moves[numbers[0]].question
        persona = self.game.personas["persona"][self.game.number(taker)]
        accept, decline = (_weight(persona.moves[n], facts) for n in numbers)
        leave = max(1, _weight(persona.leaving[question], facts))
        total = accept + decline + leave
        left, done = float(SURE), 0.0
        for _ in range(rounds):
            done += left * accept / total
            left *= leave / total
        return percents((int(done), SURE - int(done)))[0]


def _weight(weights: Weights, facts: Facts) -> int:
    weight = weights.weight
    for cond, sixteenths in weights.factors:
        if facts[cond]:
            weight = min(1_023, weight * sixteenths >> 4)
    return weight


def _accepting(percent: int) -> str:
    word = chance_word(percent)
    how = {"impossible": "certain not to accept", "remote": "almost certain not to accept",
           "roughly even": "as likely to accept as not"}.get(word, f"{word} to accept")
    return f"{how} (about {percent} %)"


__all__ = ["MenuWriter"]
