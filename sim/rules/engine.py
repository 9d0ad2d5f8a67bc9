"""rules: the readable engine. Every rule and every die of a round is here; folding its events is in `evolve`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from itertools import islice, takewhile
from weakref import WeakKeyDictionary

from sim.rules.chance import below
from sim.rules.facts import Facts, tests
from sim.rules.luck import Keyed, Luck
from sim.rules.machines import situation
from sim.rules.refusals import Refusal
from sim.rules.state import Event, Orders, State
from sim.rules.tables import ADD, RAISE, SCALE, SET, SURE, TIERS, TOWARD, UNIFORM, Branch, Effect, Game, Move, Rule

Changes = tuple[tuple[int, int, int], ...]


class IllegalOrders(ValueError):
    """Orders that `refuse` refuses were filed: the caller's mistake."""

    def __init__(self, seat: str, refusal: Refusal) -> None:
        super().__init__(f"{seat}: {refusal.code} {refusal.move}")
        self.seat = seat
        self.refusal = refusal


def initial(game: Game, seed: int) -> State:
    """The state before the first round opens."""
    return State(seed & ((1 << 64) - 1), 0, open=False, values=game.start)


# -- what a seat may do


def legal_moves(game: Game, state: State, seat: str) -> tuple[Move, ...]:
    """All moves and answers whose condition holds now; attention is spent when they are filed."""
    if not state.open or state.ending or seat not in game.seats:
        return ()
    return menu(game, Facts(game, state.values), game.number(seat))


def menu(game: Game, facts: Facts, seat: int) -> tuple[Move, ...]:
    """`legal_moves` for a seat's number on facts already at hand."""
    return tuple(move for move in _moves_of(game)[seat] if facts[move.cond])


def refuse(game: Game, state: State, seat: str, orders: Orders) -> Refusal | None:
    """Why these orders cannot be filed together, or None."""
    if state.ending:
        return Refusal("over")
    if not state.open:
        return Refusal("not_open")
    facts = Facts(game, state.values)
    number = game.number(seat)
    left, picks, questions, taken = game.attention[number], 0, set[int](), set[str]()
    for key in orders.moves:
        if key not in game.by_key:
            return Refusal("unknown_move", key)
        move = game.moves[game.by_key[key]]
        if move.seat != number:
            return Refusal("not_yours", key)
        if key in taken:
            return Refusal("twice", key)
        taken.add(key)
        if not facts[move.cond]:
            return Refusal("closed", key, tuple(c for c in move.conditions if not facts[c]) or (move.cond,))
        if move.question >= 0:
            if move.question in questions:
                return Refusal("answered_twice", key)
            questions.add(move.question)
            continue
        picks += 1
        if picks > game.picks:
            return Refusal("too_many", key, numbers={"most": game.picks})
        if move.cost > left:
            return Refusal("attention", key, numbers={"need": move.cost, "left": left})
        left -= move.cost
    return None


# -- a round


class _Round:
    """The working values of one round, the events so far, and the dice."""

    def __init__(self, game: Game, state: State, luck: Luck) -> None:
        self.game = game
        self.luck = luck
        self.number = state.round
        self.values = list(state.values)
        self.events: list[Event] = []
        self.tests = tests(game)
        self.machine_of = _machine_of(game)

    def value(self, effect: Effect) -> int:
        """A variable after one effect, clamped."""
        kind, var, a, b, where = effect
        x = self.values[var]
        if kind == ADD:
            x += a
        elif kind == SET:
            x = a
        elif kind == TOWARD:
            x = min(a, x + b) if x < a else max(a, x - b)
        elif kind == RAISE:
            x = max(x, a)
        elif kind == UNIFORM:
            x += a + below(self.luck.bits(where), b - a + 1)
        elif kind == SCALE:
            x += (x * a) // b
        lo, hi = self.game.lo[var], self.game.hi[var]
        return lo if x < lo else hi if x > hi else x

    def apply(self, effects: Iterable[Effect], own_machine: int = -1) -> Changes:
        """Put effects into the values; a status moves by its machine, except the step that it has just taken."""
        changes = []
        for effect in effects:
            var = effect.var
            before, after = self.values[var], self.value(effect)
            if before == after:
                continue
            machine = self.machine_of.get(var, -1)
            if machine >= 0 and machine != own_machine:
                after = situation(self.game).put(machine, before, after)
            self.values[var] = after
            changes.append((var, before, after))
        return tuple(changes)

    def happen(self, rule: Rule) -> bool:
        """Whether a rule's condition holds and its die passes."""
        if not self.tests[rule.cond](self.values):
            return False
        if rule.p >= SURE:
            return True
        given = self.luck.happens(rule.key)
        if given is not None:
            return given
        return (self.luck.bits(rule.site) & 0xFFFF) < self.game.chance(rule, self.values)

    def run(self, rules: tuple[Rule, ...], held: Container[str] = ()) -> None:
        """Rules in order; the first of a group to happen closes it. Injects that are `held` do not happen."""
        closed = -1
        tested, values = self.tests, self.values
        for n, rule in enumerate(rules):
            if rule.group == closed >= 0 or not tested[rule.cond](values):
                continue
            if held and rule.kind == "inject" and rule.key in held:
                continue
            if rule.machine >= 0:
                if self._step(rules, n):
                    closed = rule.group
                continue
            if not self.happen(rule):
                continue
            if rule.group >= 0:
                closed = rule.group
            self._record(rule)

    def _record(self, rule: Rule) -> None:
        changes = self.apply(rule.effects, rule.machine)
        if changes:
            roll = self.luck.bits(rule.site) & 0xFFFF if rule.p < SURE else -1
            self.events.append(Event("rule", self.number, rule.id, -1, roll, changes))

    def _step(self, rules: tuple[Rule, ...], first: int) -> bool:
        """Let a machine take its own step among the rules of its group."""
        rule = rules[first]
        group = list(takewhile(lambda r: r.group == rule.group, islice(rules, first, None)))
        known: dict[str, bool] = {}

        def happens(rule_id: str) -> bool:
            if rule_id not in known:
                found = next((r for r in group if r.id == rule_id), None)
                known[rule_id] = found is not None and self.happen(found)
            return known[rule_id]

        table = self.game.machines[rule.machine]
        reached = situation(self.game).advance(rule.machine, self.values[table.var], happens)
        if reached is None:
            return False
        status = table.statuses.index(reached)
        taken = next(r for r in group if known.get(r.id) and any(
            e.var == table.var and e.a == status for e in r.effects))
        self._record(taken)
        return True

    def release(self, rules: tuple[Rule, ...]) -> None:
        """The first branch of an inject that can happen and whose die passes; the last that can if no die does."""
        possible = [rule for rule in rules if self.tests[rule.within](self.values)]
        for n, rule in enumerate(possible):
            if n == len(possible) - 1 or (self.luck.bits(rule.site) & 0xFFFF) < rule.p:
                self._record(rule)
                return

    def resolve(self, move: Move) -> None:
        """One order: overtaken by events, or one of its branches."""
        if not self.tests[move.cond](self.values):
            self.events.append(Event("overtaken", self.number, move.key))
            return
        at, branch, roll = self._branch(move)
        self.events.append(Event("move", self.number, move.key, at, roll, self.apply(branch.effects)))

    def _branch(self, move: Move) -> tuple[int, Branch, int]:
        if len(move.branches) == 1:
            return 0, move.branches[0], -1
        given = self.luck.branch(move.key)
        if given is not None:
            for n, branch in enumerate(move.branches):
                if branch.number == given and self.tests[branch.cond](self.values):
                    return n, branch, -1
        roll = self.luck.bits(move.site) & 0xFFFF
        u, needed = roll, False
        for n, branch in enumerate(move.branches[:-1]):
            if self.tests[branch.cond](self.values):
                needed = needed or branch.p < SURE
                if u < branch.p:
                    return n, branch, roll if needed else -1
                u -= branch.p
        return len(move.branches) - 1, move.branches[-1], roll if needed else -1


def open_round(game: Game, state: State, luck: Luck | None = None, held: Container[str] = ()) -> tuple[Event, ...]:
    """Advance the date, let old offers lapse, release injects that are due, but for those that a facilitator holds.

    Nothing happens after an ending.
    """
    if state.open or state.ending or state.round >= game.rounds:
        return ()
    number = state.round + 1
    work = _Round(game, state, luck or Keyed(state.seed, number))
    work.number = number
    tick = game.clock[number - 1]
    clock = (("round", number), ("day", tick.day), ("leg", tick.leg + 1), ("last_round", int(tick.last)))
    changes = []
    for name, value in clock:
        var = game.index[name]
        if work.values[var] != value:
            changes.append((var, work.values[var], value))
            work.values[var] = value
    work.events.append(Event("opened", number, "", changes=tuple(changes)))
    work.run(_of_leg(game, tick.leg)[0], held)
    return tuple(work.events)


def due(game: Game, state: State) -> tuple[str, ...]:
    """The injects whose condition holds now and that were not released."""
    facts = Facts(game, state.values)
    return tuple(dict.fromkeys(rule.key for rule in _injects(game, state) if facts[rule.cond]))


def release(game: Game, state: State, inject: str, luck: Luck | None = None) -> tuple[Event, ...]:
    """What an inject brings that a facilitator releases now, whether it is due or not; empty if it was released.

    Of its branches the first that can happen and passes its die is taken. Nothing happens while no round is open.
    """
    rules = tuple(rule for rule in _injects(game, state) if rule.key == inject)
    fired = game.index.get(f"fired.{inject}", -1)
    if not rules or fired < 0 or state.values[fired]:
        return ()
    work = _Round(game, state, luck or Keyed(state.seed, state.round))
    work.release(rules)
    return tuple(work.events)


def happening(game: Game, state: State, text: str, effects: Iterable[Effect], luck: Luck | None = None,
              seen: tuple[str, ...] = ()) -> Event:
    """A facilitator's act as an event: its effects on this state, one after the other.

    It reckons as every effect does, but asks no machine: where a facilitator puts a status, there it stands.
    """
    work = _Round(game, state, luck or Keyed(state.seed, state.round))
    changes = []
    for effect in effects:
        before, after = work.values[effect.var], work.value(effect)
        if before != after:
            work.values[effect.var] = after
            changes.append((effect.var, before, after))
    return Event("control", state.round, text, changes=tuple(changes), seen=seen)


def decide(game: Game, state: State, orders: Mapping[str, Orders], luck: Luck | None = None) -> tuple[Event, ...]:
    """Resolve the sealed orders of all seats and close the round.

    Accepts exactly what `legal_moves` yields within attention and the number of orders; raises `IllegalOrders`.
    """
    for seat, filed in orders.items():
        refusal = refuse(game, state, seat, filed)
        if refusal is not None:
            raise IllegalOrders(seat, refusal)
    work = _Round(game, state, luck or Keyed(state.seed, state.round))
    filed_by = [[game.moves[game.by_key[key]] for key in orders[seat].moves] if seat in orders else []
                for seat in game.seats]
    seats = len(game.seats)
    for tier in range(len(TIERS)):
        for turn in range(seats):
            for move in filed_by[(state.round - 1 + turn) % seats]:
                if move.tier == tier:
                    work.resolve(move)
    tick = game.clock[state.round - 1]
    work.run(_of_leg(game, tick.leg)[1])
    work.events.append(Event("closed", state.round, ""))
    ending = _ending(game, work, last=tick.last)
    if ending:
        work.events.append(Event("ended", state.round, ending))
    return tuple(work.events)


def _ending(game: Game, work: _Round, *, last: bool) -> str:
    for n, ending in enumerate(game.endings):
        if n == len(game.endings) - 1 and not last:
            return ""
        if work.tests[ending.cond](work.values):
            return ending.id
    return ""


# -- kept with each game

_MENUS: WeakKeyDictionary[Game, list[tuple[Move, ...]]] = WeakKeyDictionary()
_RULES: WeakKeyDictionary[Game, list[tuple[tuple[Rule, ...], tuple[Rule, ...]]]] = WeakKeyDictionary()
_MACHINES: WeakKeyDictionary[Game, dict[int, int]] = WeakKeyDictionary()


def _moves_of(game: Game) -> list[tuple[Move, ...]]:
    found = _MENUS.get(game)
    if found is None:
        found = _MENUS[game] = [tuple(m for m in game.moves if m.seat == n) for n in range(len(game.seats))]
    return found


def _of_leg(game: Game, leg: int) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The opening and the closing rules that hold in a leg."""
    found = _RULES.get(game)
    if found is None:
        found = _RULES[game] = [tuple(tuple(r for r in rules if r.leg in (-1, n))  # type: ignore[misc]
                                      for rules in (game.open_rules, game.close_rules))
                                for n in range(len(game.legs))]
    return found[leg]


def _injects(game: Game, state: State) -> tuple[Rule, ...]:
    """The rules of all injects in the leg of the open round."""
    if not state.open or state.ending:
        return ()
    return tuple(rule for rule in _of_leg(game, game.clock[state.round - 1].leg)[0] if rule.kind == "inject")


def _machine_of(game: Game) -> dict[int, int]:
    found = _MACHINES.get(game)
    if found is None:
        found = _MACHINES[game] = {m.var: n for n, m in enumerate(game.machines)}
    return found
