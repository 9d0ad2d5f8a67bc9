"""words: why an automatic player chose what it chose, and what it would have taken, as far as the viewer may know.

Which reasons, conditions and figures a viewer is given is decided in `play`; what is given is put into words here, with
values of the moment when the orders were filed: those the viewer itself saw or, where it may read all, the chooser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

from sim.play.protocols import Reason
from sim.rules import Game
from sim.rules.tables import AND, EQ, GE, NOT
from sim.scenario.conditions import All, Always, Any, Compare, Condition, Flag, Is, Not
from sim.words.asked import requirement, today
from sim.words.catalog import Catalog, Names
from sim.words.closed import holds
from sim.words.estimative import MINUS
from sim.words.models import ReasonLine

Values = Sequence[int]


def reasons(game: Game, catalog: Catalog, viewer: str, given: Mapping[str, Sequence[Reason]],
            values: Mapping[str, Values]) -> tuple[ReasonLine, ...]:
    """One line per order, answer or pass of every seat that reasons were given for.

    `values` are, per seat, those that its conditions are told with.
    """
    out: list[ReasonLine] = []
    for seat, told in given.items():
        writer = _Writer(game, catalog, viewer, values[seat])
        out.extend(writer.line(seat, reason) for reason in told if _chosen(reason))
    return tuple(out)


def untold(number: int, level: str, *, whole: bool, heard: bool = True) -> str:
    """Why a round has no reasons: they wait for the ending, nothing is known, or nobody automatic chose anything.

    `heard`: whether the viewer heard of any order or answer of others in the round.
    """
    if whole:
        return f"In round {number} no automatic player chose anything."
    if level == "easy" and not heard:
        return f"You heard of nothing that the others did in round {number}, so there is no choice of theirs to explain."
    if level == "easy":
        return f"Of round {number} you cannot know why the others chose as they did."
    return "It is told at the ending; on level easy it is told after each round."


def _chosen(reason: Reason) -> bool:
    """Whether there was anything to choose: a yes already said leaves only the bracket, and silence says nothing."""
    if reason.kind != "answer" or reason.move or not reason.question.startswith("clause."):
        return True
    return any(key.startswith("agree.") for key, _ in reason.rivals)


def condition_of(game: Game, catalog: Catalog, number: int) -> Condition:
    """A condition read back from the game's table; defined names are gone from it, what it asks is the same."""
    stack: list[Condition] = []
    for code in game.conds[number]:
        if code >= 0:
            stack.append(_atom(game, catalog, code))
        elif code == NOT:
            stack.append(Not(item=stack.pop(), text=""))
        else:
            right, left = stack.pop(), stack.pop()
            stack.append(_joined(left, right, both=code == AND))
    return stack[0] if stack else Always(value=True, text="always")


def _atom(game: Game, catalog: Catalog, number: int) -> Condition:
    op, x, a, y, b, c = game.atoms[number]
    variable = catalog.variables[x]
    if y < 0 and variable.statuses and op != GE:
        return Is(name=variable.name, status=variable.statuses[-c // a], negated=op != EQ, text="")
    if y < 0 and op == GE and a == 1 and c == -1 and variable.kind in ("flag", "yes", "signing", "fired"):
        return Flag(name=variable.name, text="")
    terms = ((a, variable.name),) if y < 0 else ((a, variable.name), (b, catalog.variables[y].name))
    return Compare(terms=terms, const=c, op=">=" if op == GE else "==" if op == EQ else "!=", text="")


def _joined(left: Condition, right: Condition, *, both: bool) -> Condition:
    kind = All if both else Any
    items = [item for part in (left, right) for item in (part.items if isinstance(part, kind) else (part,))]
    return kind(items=tuple(items), text="")


def _written(catalog: Catalog) -> Mapping[str, Condition]:
    """The conditions of all personas by the author's words for them."""
    found = _WRITTEN.get(catalog)
    if found is None:
        found = _WRITTEN[catalog] = {
            factor.when.text: factor.when for personas in catalog.bound.personas.values() for persona in personas.values()
            for weighed in (*persona.moves.values(), *persona.leaving.values()) for factor in weighed.factors}
    return found


_WRITTEN: WeakKeyDictionary[Catalog, dict[str, Condition]] = WeakKeyDictionary()


class _Writer:
    def __init__(self, game: Game, catalog: Catalog, viewer: str, values: Values) -> None:
        self.game = game
        self.catalog = catalog
        self.names: Names = catalog.names(viewer)
        self.values = values
        self._written = _written(catalog)

    def line(self, seat: str, reason: Reason) -> ReasonLine:
        """One choice."""
        return ReasonLine(seat, self._about(seat, reason), tuple(self._because(reason)), self._otherwise(reason))

    def _about(self, seat: str, reason: Reason) -> str:
        actor = self.catalog.capital(seat)
        if reason.kind == "pass":
            return f"{actor} filed no further order"
        if reason.kind == "answer" and not reason.move:
            return f"{actor} left this unanswered: {self._question(reason.question)}"
        move = self.catalog.moves[reason.move]
        if reason.kind == "answer" and move.of in self.catalog.scenario.offers:
            verb = "accepted" if move.id == "accept" else "declined"
            return f"{actor} {verb} what {self.catalog.capital(move.target)} offered: {self._question(reason.question)}"
        if reason.kind == "answer":
            return f"{actor} {'said yes to' if move.id == 'agree' else 'bracketed'} the {self._question(reason.question)}"
        return f"{actor} ordered “{move.title}”"

    def _question(self, question: str) -> str:
        kind, _, of = question.partition(".")
        if kind == "offer":
            offer = of.split(".")[0]
            return self.catalog.inline(self.catalog.scenario.offers[offer].title)
        return f"clause “{self.catalog.clause(of)}”"

    def _because(self, reason: Reason) -> list[str]:
        out = []
        if reason.gain:
            out.append(f"at once it promised {_points(reason.gain)}")
        for number, sixteenths in reason.factors:
            text = self._condition(number)
            if sixteenths == 0:
                out.append(f"it was ruled out while {text}")
            elif sixteenths != 16:
                out.append(f"{_times(sixteenths)} as inclined to it, because {text}")
        named = [f"“{self._title(key)}”{_worth(value, reason)}" for key, value in reason.rivals]
        if named:
            out.append(f"it also weighed {' and '.join(named)}")
        if reason.total and reason.weight == reason.total:
            out.append("nothing else that it would choose was open to it")
        elif reason.total:
            out.append(f"it drew this from its persona: {_share(reason.weight, reason)} of the weight lay on it")
        return out

    def _otherwise(self, reason: Reason) -> str:
        if not reason.rivals:
            return ""
        if not reason.otherwise:
            alone = reason.kind == "answer" and reason.total and not reason.factors
            return "nothing on the table entered into it; the draw decided" if alone else ""
        asked = []
        for number in reason.otherwise:
            condition = self._read(number)
            held = holds(self.names, condition, self.values)
            wanted: Condition = Not(item=condition, text="") if held else condition
            now = today(self.names, condition, self.values)
            asked.append(requirement(self.names, wanted) + (f" (it was {now})" if now else ""))
        return f"“{self._title(reason.rivals[0][0])}” would have weighed more if this were so: {'; or '.join(dict.fromkeys(asked))}"

    def _title(self, key: str) -> str:
        return self.catalog.moves[key].title

    def _read(self, number: int) -> Condition:
        """A condition as its author wrote it, defined names and all, or read back from the table."""
        return self._written.get(self.game.cond_text[number]) or condition_of(self.game, self.catalog, number)

    def _condition(self, number: int) -> str:
        condition = self._read(number)
        now = today(self.names, condition, self.values)
        return requirement(self.names, condition) + (f" (it was {now})" if now else "")


def _worth(value: int, reason: Reason) -> str:
    """What a rival was worth: points where gains were compared (weights are never below 0), else its share."""
    if reason.gain or value < 0:
        return f" ({_points(value)})"
    return f" ({_share(value, reason)})" if value and reason.total else ""


def _share(weight: int, reason: Reason) -> str:
    return f"{(200 * weight + reason.total) // (2 * reason.total)} %"


def _points(hundredths: int) -> str:
    sign = "+" if hundredths > 0 else MINUS if hundredths < 0 else "±"
    return f"{sign}{abs(hundredths) / 100:.1f} points"


def _times(sixteenths: int) -> str:
    """`twice`, `half`, `3 times`, `0.3 times`."""
    said = {32: "twice", 8: "half", 4: "a quarter"}.get(sixteenths)
    return said or f"{sixteenths / 16:.2g} times"
