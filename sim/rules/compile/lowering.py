"""rules: a bound scenario becomes a `Game`: dense numbers and whole-number tables."""

from __future__ import annotations

from itertools import accumulate

from sim.rules.chance import site
from sim.rules.compile.pool import WORD, OutOfRange, Pool
from sim.rules.tables import (
    ADD,
    RAISE,
    SCALE,
    SET,
    TIERS,
    TOWARD,
    UNIFORM,
    Branch,
    Effect,
    Ending,
    Game,
    Goal,
    Machine,
    Move,
    Persona,
    Question,
    Rule,
    Tick,
    Weights,
)
from sim.scenario.bind.binding import Bound
from sim.scenario.bind.shapes import BoundBranch, BoundEffect, BoundMove, BoundPersona, BoundRule, Weighed
from sim.scenario.conditions import All, Always, Condition

KINDS = {"add": ADD, "set": SET, "uniform": UNIFORM, "toward": TOWARD, "scale": SCALE, "raise": RAISE}


def compile_game(bound: Bound, until: str | int | None = None) -> Game:
    """Lower a scenario. `until` makes a leg's last round (or a round's number) final.

    Raises `OutOfRange` where a comparison or a goal could leave sixteen bits, ValueError for an unknown leg.
    """
    return _Lowering(bound).game(until)


class _Lowering:
    def __init__(self, bound: Bound) -> None:
        self.bound = bound
        self.variables = list(bound.words.variables.values())
        self.number = {v.name: n for n, v in enumerate(self.variables)}
        self.pool = Pool(bound.words.variables, self.number, bound.seats)
        self.groups: dict[str, int] = {}
        self.sites: dict[int, str] = {}

    def _site(self, kind: str, *ids: str | int) -> int:
        where = site(kind, *ids)
        name = ".".join((kind, *map(str, ids)))
        if where in self.sites:
            raise ValueError(f"the dice of {name} and {self.sites[where]} would be one die; rename one of them")
        self.sites[where] = name
        return where

    # -- pieces

    def _effects(self, effects: tuple[BoundEffect, ...], leg: int, owner: str, branch: int) -> tuple[Effect, ...]:
        out = []
        for e in effects:
            where = self._site("uniform", owner, branch, e.name) if e.kind == "uniform" else 0
            out.append(Effect(KINDS[e.kind], self.number[e.name], e.a[leg], e.b[leg], where))
        return tuple(out)

    def _move(self, m: BoundMove, questions: dict[tuple[str, str], int]) -> Move:
        condition = self.pool.condition(_all(m))
        parts = tuple(dict.fromkeys(self.pool.condition(part) for part in _flat(m)))
        question = questions[m.seat, m.question] if m.question else -1
        return Move(
            m.key, m.id, m.of, self.bound.seats.index(m.seat), m.target, TIERS.index(m.tier), m.cost, condition, parts,
            tuple(self._branch(b, m.key, n) for n, b in enumerate(m.branches)),
            self._site("move", f"{m.id}.{m.of}" if m.of else m.id, m.seat, m.target), m.seen == "public", m.concerned,
            question)

    def _branch(self, b: BoundBranch, owner: str, n: int) -> Branch:
        if any(len(set(e.a)) > 1 or len(set(e.b)) > 1 for e in b.effects) or len(set(b.p)) > 1:
            raise ValueError(f"{owner}: a move's branch cannot differ by leg; use two branches with `when: leg == 1`")
        return Branch(self.pool.condition(b.when), b.p[0], self._effects(b.effects, 0, owner, n), b.number)

    def _rules(self, rules: tuple[BoundRule, ...]) -> tuple[Rule, ...]:
        out = []
        for r in rules:
            legs = range(len(r.p))
            differs = len(set(r.p)) > 1 or len(set(r.tables)) > 1 or any(len(set(e.a)) > 1 or len(set(e.b)) > 1 for e in r.effects)
            for leg in legs if differs else (-1,):
                at = max(0, leg)
                rid = f"{r.id}@{self.bound.words.legs[leg]}" if leg >= 0 else r.id
                group = self.groups.setdefault(r.group, len(self.groups)) if r.group else -1
                out.append(Rule(rid, r.key, r.kind, leg, self.pool.condition(r.when), r.p[at],
                                self._effects(r.effects, at, rid, 0), group, self._site("rule", rid),
                                self._machine(r.machine), r.heard, self.number.get(r.follows, -1),
                                r.tables[at] if r.tables else (), self.pool.condition(r.within)))
        return tuple(out)

    def _machine(self, name: str) -> int:
        return next((n for n, m in enumerate(self.bound.machines) if m.name == name), -1) if name else -1

    def _machine_table(self) -> tuple[Machine, ...]:
        return tuple(Machine(m.name, m.kind, self.number[m.name], m.statuses, m.steps, m.caused)
                     for m in self.bound.machines)

    def _goals(self) -> tuple[Goal, ...]:
        out = []
        for g in self.bound.goals:
            most = self.pool.reach(g.sum.terms, g.sum.const)
            if most > WORD:
                raise OutOfRange(f"the goal {g.id} of {g.seat}", most)
            terms = tuple((k, self.number[name]) for k, name in g.sum.terms)
            out.append(Goal(self.bound.seats.index(g.seat), g.id, g.weight, terms, g.sum.const))
        return tuple(out)

    def _weighed(self, w: Weighed) -> Weights:
        return Weights(w.weight, tuple((self.pool.condition(f.when), f.sixteenths) for f in w.factors))

    def _persona(self, seat: str, p: BoundPersona, by_key: dict[str, int],
                 questions: dict[tuple[str, str], int]) -> Persona:
        return Persona({by_key[key]: self._weighed(w) for key, w in p.moves.items()},
                       {questions[seat, q]: self._weighed(w) for q, w in p.leaving.items()}, p.holding)

    def _clock(self, until: str | int | None) -> tuple[Tick, ...]:
        words, clock = self.bound.words, self.bound.scenario.clock
        steps: list[tuple[int, int]] = []
        for n, (name, leg) in enumerate(clock.legs.items()):
            steps.extend([(n, words.days_per_round[n])] * leg.rounds)
            if name == until:
                break
        else:
            if isinstance(until, str):
                raise ValueError(f"there is no leg {until!r}")
        if isinstance(until, int):
            steps = steps[:until]
        days = [0, *accumulate(step for _, step in steps)]
        return tuple(Tick(leg, days[n], n == len(steps) - 1) for n, (leg, _) in enumerate(steps))

    # -- the whole

    def game(self, until: str | int | None) -> Game:
        b = self.bound
        clock = self._clock(until)
        questions: dict[tuple[str, str], int] = {}
        for m in b.moves:
            if m.question:
                questions.setdefault((m.seat, m.question), len(questions))
        moves = tuple(self._move(m, questions) for m in b.moves)
        by_key = {m.key: n for n, m in enumerate(moves)}
        answers: dict[int, list[int]] = {}
        for n, lowered in enumerate(moves):
            if lowered.question >= 0:
                answers.setdefault(lowered.question, []).append(n)
        table = tuple(Question(q, b.seats.index(seat), tuple(answers[n]), self._site("answer", seat, q))
                      for (seat, q), n in questions.items())
        open_rules, close_rules = self._rules(b.open_rules), self._rules(b.close_rules)
        endings = tuple(Ending(e.id, self.pool.condition(e.when)) for e in b.endings)
        personas = {name: tuple(self._persona(seat, per[seat], by_key, questions) for seat in b.seats)
                    for name, per in b.personas.items()}
        goals, machines = self._goals(), self._machine_table()
        return Game(
            id=b.scenario.id,
            names=tuple(v.name for v in self.variables), index=self.number, lo=tuple(v.lo for v in self.variables),
            hi=tuple(v.hi for v in self.variables), start=tuple(v.start for v in self.variables),
            statuses=tuple(v.statuses for v in self.variables), seen=tuple(v.seen for v in self.variables),
            estimate=tuple(v.estimate for v in self.variables), actors=tuple(b.scenario.actors), seats=b.seats,
            attention=tuple(b.scenario.actors[s].attention for s in b.seats), picks=b.scenario.clock.orders,
            clock=clock, legs=b.words.legs, atoms=tuple(self.pool.atoms), conds=tuple(self.pool.conds),
            cond_text=tuple(self.pool.texts), moves=moves, by_key=by_key, questions=table, open_rules=open_rules,
            close_rules=close_rules, machines=machines, endings=endings, goals=goals, personas=personas)


def _flat(m: BoundMove) -> list[Condition]:
    """The parts of a move's condition, as a refusal names them: one level of `and` opened."""
    out: list[Condition] = []
    for part in m.conditions:
        out.extend(part.items if isinstance(part, All) else [part])
    return [part for part in out if not isinstance(part, Always) or not part.value]


def _all(m: BoundMove) -> Condition:
    parts = _flat(m)
    if not parts:
        return Always(value=True, text="always")
    return parts[0] if len(parts) == 1 else All(items=tuple(parts), text=" and ".join(p.text for p in parts))
