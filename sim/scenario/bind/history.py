"""scenario: the record of what really happened held against the scenario: names of seats, moves, rules, tracks, endings."""

from __future__ import annotations

from sim.errors import suggest
from sim.scenario.bind.binding import Bound
from sim.scenario.bind.shapes import BoundMove, Loc
from sim.scenario.bind.vocabulary import Report
from sim.scenario.models import History, HistoryEvent, HistoryOrder


def bind_history(history: History, bound: Bound, report: Report) -> None:
    """`report(code, message, place, help)` is called for every name that the scenario does not have (R08x)."""
    scenario = bound.scenario
    if history.scenario != scenario.id:
        report("R080", f"this is the record of `{history.scenario}`, and the scenario is called `{scenario.id}`",
               ("scenario",), f"write `scenario: {scenario.id}`")
    if history.ending not in scenario.endings:
        report("R081", f"there is no ending `{history.ending}`", ("ending",), suggest(history.ending, scenario.endings))
    rounds = sum(leg.rounds for leg in scenario.clock.legs.values())
    keys = {move.key: move for move in bound.moves}
    for number, played in history.rounds.items():
        here: Loc = ("rounds", number)
        if not number.isdigit() or not 1 <= int(number) <= rounds:
            report("R082", f"there is no round `{number}`", here, f"the clock has rounds 1 to {rounds}")
        for n, order in enumerate(played.orders):
            _order(order, (*here, "orders", n), bound, keys, report)
        for n, event in enumerate(played.events):
            _event(event, (*here, "events", n), bound, report)
        for rule in played.rules:
            if rule not in scenario.rules and rule not in scenario.injects:
                report("R081", f"there is no rule `{rule}`", (*here, "rules", rule),
                       suggest(rule, [*scenario.rules, *scenario.injects]))


def _order(order: HistoryOrder, here: Loc, bound: Bound, keys: dict[str, BoundMove], report: Report) -> None:
    actors = bound.scenario.actors
    for key in ("seat", "target"):
        who = getattr(order, key)
        if who is not None and who not in actors:
            report("R001", f"there is no actor or group `{who}`", (*here, key), suggest(who, actors))
            return
    kinds = {move.id for move in keys.values()}
    if order.move not in kinds:
        report("R072", f"there is no move `{order.move}`", (*here, "move"), suggest(order.move, kinds))
        return
    of = {move.of for move in keys.values() if move.id == order.move}
    if order.of is not None and order.of not in of:
        report("R081", f"nothing called `{order.of}` can be the object of `{order.move}`", (*here, "of"),
               suggest(order.of, of))
        return
    head = f"{order.move}.{order.of}" if order.of else order.move
    key = f"{head}:{order.seat}>{order.target}" if order.target else f"{head}:{order.seat}"
    if key not in keys:
        report("R083", f"`{order.seat}` has no such move", here,
               "look at `by:`, `to:` and `opens:` in the scenario, and at `target` and `of` here")
    elif order.branch is not None and order.branch - 1 not in (numbers := [b.number for b in keys[key].branches]):
        report("R083", f"`{order.move}` has no branch {order.branch} for `{order.seat}`", (*here, "branch"),
               "it can be " + ", ".join(str(n + 1) for n in numbers if n >= 0))


def _event(event: HistoryEvent, here: Loc, bound: Bound, report: Report) -> None:
    for verb, names in (("change", event.change), ("set", event.set), ("raise", event.raise_)):
        for name in names:
            if name not in bound.words.variables:
                report("R010", f"nothing called `{name}` exists in this scenario", (*here, verb, name),
                       suggest(name, bound.words.variables))
