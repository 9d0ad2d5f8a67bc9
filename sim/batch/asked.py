"""batch: a game that also keeps account of what is asked about it, so that searches and games can look for it.

Marks are variables that nobody sees and nothing else reads, so a line of the asking game is a line of the game itself:
dice are keyed by name, and a new one moves no other. A mark is 0, 1 in the round in which its thing first happens, 2 in
every later one; what is asked about becomes a rule of its own that happens once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sim.batch.goals import Goal, kind_of
from sim.rules.chance import site
from sim.rules.compile.pool import Pool
from sim.rules.tables import (
    AND,
    EQ,
    GE,
    NE,
    NOT,
    RAISE,
    SET,
    SURE,
    Atom,
    Branch,
    Effect,
    Ending,
    Game,
    Move,
    Persona,
    Rule,
)
from sim.scenario.bind.shapes import Variable
from sim.scenario.conditions import Condition, moves_played
from sim.scenario.promises import Thing

Code = tuple[int, ...]
"""A postfix condition."""
SIGN = "asked"
NEW, OLD = 1, 2
"""What a mark says in the round of its thing, and later."""


class Asking:
    """Adds questions to a game, one after the other; `game` is it with all of them."""

    def __init__(self, game: Game, variables: Mapping[str, Variable]) -> None:
        self._game = game
        self._variables = variables
        self._index = dict(game.index)
        self._tops: list[int] = []
        self._atoms: dict[Atom, int] = {atom: n for n, atom in reversed(list(enumerate(game.atoms)))}
        self._all_atoms = list(game.atoms)
        self._conds = list(game.conds)
        self._texts = list(game.cond_text)
        self._moves = list(game.moves)
        self._first: list[Rule] = []
        self._open = list(game.open_rules)
        self._close = list(game.close_rules)
        self._endings = list(game.endings)
        self._asked = 0

    # -- questions

    def holds(self, condition: Condition) -> Goal:
        """Whether a condition holds when orders are filed or when the endings are looked at."""
        return self._goal(self.code(condition), at_open=True)

    def before(self, first: Thing, second: Thing) -> Goal:
        """Whether one thing first happens in an earlier round than another first does."""
        one = self.mark(first)
        if second.kind == "ending":
            return self._goal(self._every(self._is(one, OLD), self._ends(second.id)))
        return self._goal(self._every(self._is(one, OLD), self._is(self.mark(second), NEW)))

    def played(self, seat: str, kind: str, *, first: bool) -> Goal:
        """Whether a seat orders a kind of move; with `first`, before another seat has in an earlier round."""
        number = self._game.number(seat)
        own = self._by_moves(lambda move: move.seat == number and named(move, kind))
        if not first:
            return self._goal(self._is(own, NEW))
        others = self._by_moves(lambda move: move.seat != number and named(move, kind))
        return self._goal(self._every(self._is(own, NEW), self._is(others, OLD, but=True)))

    def game(self) -> Game:
        """The game with the questions."""
        old, more = self._game, len(self._tops)
        nobody: tuple[frozenset[str] | None, ...] = (frozenset(),) * more
        return replace(old, names=tuple(self._index), index=self._index, lo=old.lo + (0,) * more, hi=old.hi + tuple(self._tops),
                       start=old.start + (0,) * more, statuses=old.statuses + ((),) * more, seen=old.seen + nobody,
                       estimate=old.estimate + (0,) * more, atoms=tuple(self._all_atoms), conds=tuple(self._conds),
                       cond_text=tuple(self._texts), moves=tuple(self._moves),
                       open_rules=(*self._first, *self._open), close_rules=tuple(self._close), endings=tuple(self._endings))

    # -- a game in which something is taken away, to prove what cannot happen without it

    def ended_by(self, thing: Thing) -> None:
        """Let matches go on only while a thing has not happened: what happens before it still can."""
        if thing.kind in ("move", "inject", "rule"):
            self._never(thing)
        elif thing.condition is not None:
            self._endings.insert(0, Ending(f"{SIGN}.over", self._cond(self.code(thing.condition))))

    def without_moves(self, gone: Callable[[Move], bool]) -> None:
        """Nobody may order these."""
        never = self._cond(self._nothing())
        self._moves = [move._replace(cond=never) if gone(move) else move for move in self._moves]

    def as_persona(self, seat: str) -> None:
        """A seat orders only what its persona can draw: nothing of weight 0, nor while a factor of 0 holds."""
        number = self._game.number(seat)
        persona = self._game.personas["persona"][number]
        for n, move in enumerate(self._moves):
            if move.seat != number or move.question >= 0:
                continue
            bars = _bars(persona, n)
            if bars is None:
                self._moves[n] = move._replace(cond=self._cond(self._nothing()))
            else:
                code = self._every(self._conds[move.cond], *(self._not(self._conds[bar]) for bar in bars))
                self._moves[n] = move._replace(cond=self._cond(code))

    def _never(self, thing: Thing) -> None:
        if thing.kind == "move":
            self.without_moves(lambda move: named(move, thing.id))
            return
        self._open = [rule for rule in self._open if rule.key != thing.id]
        self._close = [rule for rule in self._close if rule.key != thing.id]

    # -- marks

    def mark(self, thing: Thing) -> int:
        """The mark of a thing."""
        if thing.kind == "move":
            return self._by_moves(lambda move: named(move, thing.id))
        var = self._mark()
        if thing.condition is not None:
            cond = self._cond(self.code(thing.condition))
            self._rule(self._open, cond, (Effect(RAISE, var, NEW, 0, 0),))
            self._rule(self._close, cond, (Effect(RAISE, var, NEW, 0, 0),))
            return var
        noted = Effect(RAISE, var, NEW, 0, 0)
        for rules in (self._open, self._close):
            rules[:] = [rule._replace(effects=(*rule.effects, noted)) if rule.key == thing.id and rule.kind in ("inject", "rule")
                        else rule for rule in rules]
        return var

    def _by_moves(self, wanted: Callable[[Move], bool]) -> int:
        var = self._mark()
        self._note(wanted, var)
        return var

    def _note(self, wanted: Callable[[Move], bool], var: int) -> None:
        noted = Effect(RAISE, var, NEW, 0, 0)

        def also(branch: Branch) -> Branch:
            return branch._replace(effects=(*branch.effects, noted))

        self._moves = [move._replace(branches=tuple(map(also, move.branches))) if wanted(move) else move for move in self._moves]

    def _mark(self) -> int:
        """A new mark, and the rule that lets it grow old when the next round opens."""
        var = self._variable(f"{SIGN}.{len(self._tops)}", OLD)
        self._rule(self._first, self._cond(self._is(var, NEW)), (Effect(SET, var, OLD, 0, 0),))
        return var

    def _variable(self, name: str, top: int) -> int:
        self._index[name] = number = len(self._index)
        self._tops.append(top)
        return number

    def _rule(self, into: list[Rule], cond: int, effects: tuple[Effect, ...], key: str = "") -> None:
        self._asked += 1
        rid = f"{SIGN}.{self._asked}"
        # a goal is a rule of the author's kind: that is what searches look for
        into.append(Rule(rid, key or rid, "rule" if key else "count", -1, cond, SURE, effects, -1, site("rule", rid), -1,
                         frozenset()))

    def _goal(self, code: Code, *, at_open: bool = False) -> Goal:
        var = self._variable(f"{SIGN}.{len(self._tops)}", 1)
        key = f"{SIGN}.goal.{var}"
        cond = self._cond(self._every(code, self._is(var, 0)))
        for rules in (self._open, self._close) if at_open else (self._close,):
            self._rule(rules, cond, (Effect(SET, var, 1, 0, 0),), key)
        return Goal("rule", key)

    # -- conditions

    def code(self, condition: Condition) -> Code:
        """A condition's postfix form over this game."""
        for move in sorted(moves_played(condition)):
            if not any(name.startswith(f"played.{move}.") for name in self._index):
                # a game counts only the moves that its own conditions ask about
                self._note(lambda it, kind=move: it.id == kind, self._variable(f"played.{move}.{SIGN}", 1))  # type: ignore[misc]
        pool = Pool(self._variables, self._index, self._game.seats)
        number = pool.condition(condition)
        atoms = list(pool.atoms)
        code = next(code for code, n in pool.conds.items() if n == number)
        return tuple(word if word < 0 else self._atom(atoms[word]) for word in code)

    def _atom(self, atom: Atom) -> int:
        found = self._atoms.get(atom)
        if found is None:
            found = self._atoms[atom] = len(self._all_atoms)
            self._all_atoms.append(atom)
        return found

    def _is(self, var: int, value: int, *, but: bool = False) -> Code:
        return (self._atom(Atom(NE if but else EQ, var, 1, -1, 0, -value)),)

    def _nothing(self) -> Code:
        return (self._atom(Atom(GE, self._index["round"], -1, -1, 0, -1)),)

    def _not(self, code: Code) -> Code:
        return (*code, NOT) if code else self._nothing()

    @staticmethod
    def _every(*codes: Sequence[int]) -> Code:
        out: Code = ()
        for code in codes:
            if code:
                out = (*out, *code, AND) if out else tuple(code)
        return out

    def _ends(self, ending: str) -> Code:
        """What holds where a match closes with an ending."""
        at = next(n for n, it in enumerate(self._game.endings) if it.id == ending)
        last = (self._is(self._index["last_round"], 1),) if at == len(self._game.endings) - 1 else ()
        return self._every(self._conds[self._game.endings[at].cond], *last,
                           *(self._not(self._conds[it.cond]) for it in self._game.endings[:at]))

    def _cond(self, code: Code) -> int:
        if code in self._conds:
            return self._conds.index(code)
        self._conds.append(code)
        self._texts.append(SIGN)
        return len(self._conds) - 1


def named(move: Move, kind: str) -> bool:
    """Whether a move is of a kind."""
    return kind_of(move) == kind


def _bars(persona: Persona, number: int) -> tuple[int, ...] | None:
    """Conditions under which a persona never orders a move; None if it never does at all."""
    found = persona.moves.get(number)
    if found is None or found.weight <= 0:
        return None
    return tuple(cond for cond, sixteenths in found.factors if sixteenths == 0)
