"""scenario: what a seat does not see and its choices read all the same, and secrets told where everybody reads (F6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.scenario.check.problems import Problems
from sim.scenario.check.reading import Reading

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.conditions import Condition


class _Secrets:
    """What conditions read that not everybody sees."""

    def __init__(self, bound: Bound, reading: Reading) -> None:
        self._reading = reading
        self._seen = {v.name: v.seen for v in bound.words.variables.values() if v.seen is not None}
        self._counters: dict[str, list[str]] = {}
        for name in self._seen:
            if name.startswith("played."):
                self._counters.setdefault(f"played({name.split('.')[1]})", []).append(name)
        self._secret = frozenset((*self._seen, *self._counters))

    def hidden(self, condition: Condition, seat: str) -> list[str]:
        """What the condition reads and the seat does not see."""
        read = self._reading.names(condition) & self._secret
        if not read:
            return []
        every = [name for word in sorted(read) for name in self._counters.get(word, [word])]
        return [name for name in every if seat not in self._seen[name]]


def check_guards(bound: Bound, reading: Reading, problems: Problems) -> None:
    """Moves are legal, and personas moved, by what their seat sees."""
    secrets = _Secrets(bound, reading)
    for move in bound.moves:
        for condition in move.conditions:
            for name in secrets.hidden(condition, move.seat):
                answers = move.id in ("accept", "decline", "agree", "bracket")
                place = move.loc if answers and move.of not in bound.scenario.offers else (
                    (*move.loc, move.id, "when") if answers else (*move.loc, "when"))
                problems.report("V001", f"`{move.seat}` does not see `{name}`, but its move is legal by it", place,
                                "a move's condition may read only what its seat sees: use another track, or let the "
                                "hidden cause act in a branch, or change `seen:`")
    for policy, personas in bound.personas.items():
        for seat, persona in personas.items():
            factors = {id(f.when): f.when for w in (*persona.moves.values(), *persona.leaving.values()) for f in w.factors}
            for when in factors.values():
                for name in secrets.hidden(when, seat):
                    place = ("actors", seat, "policy", *(("standard",) if policy == "standard" else ()))
                    problems.report("V002", f"the persona of `{seat}` is moved by `{name}`, which it does not see",
                                    place, "a persona knows what its seat knows")
    for seat in bound.seats:
        _figures(bound, seat, problems)


def _figures(bound: Bound, seat: str, problems: Problems) -> None:
    """The sentence that explains a goal may show only what its seat sees."""
    for gid, goal in bound.scenario.actors[seat].goals.items():
        for piece in goal.says.split("{")[1:]:
            variable = bound.words.variables.get(piece.split("}")[0])
            if variable is not None and variable.seen is not None and seat not in variable.seen:
                problems.report("V004", f"`{seat}` would read the value of `{variable.name}`, which it does not see",
                                ("actors", seat, "goals", gid, "says"),
                                "show another track, or change `seen:` of this one")
