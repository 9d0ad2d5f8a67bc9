"""scenario: the whole scenario bound, in the order in which a round uses it."""

from __future__ import annotations

from typing import NamedTuple

from sim.scenario.bind.binder import Binder
from sim.scenario.bind.draft import DraftBinder
from sim.scenario.bind.moves import TIERS, bind_moves, bind_offers, counted, declare_offers
from sim.scenario.bind.personas import PersonaBinder
from sim.scenario.bind.rules import bind_counts, bind_drift, bind_injects, bind_machines, bind_rules, check_groups
from sim.scenario.bind.shapes import (
    BoundEffect,
    BoundEnding,
    BoundGoal,
    BoundMove,
    BoundPersona,
    BoundRule,
    Loc,
    MachineTable,
)
from sim.scenario.bind.vocabulary import Report, Words
from sim.scenario.conditions import Always, Linear
from sim.scenario.conditions.amounts import extent
from sim.scenario.conditions.problem import LARGEST
from sim.scenario.models import Persona, Scenario


class Bound(NamedTuple):
    """A scenario without loose names."""

    scenario: Scenario
    words: Words
    seats: tuple[str, ...]
    moves: tuple[BoundMove, ...]
    """Sorted by seat, tier, file order."""
    open_rules: tuple[BoundRule, ...]
    close_rules: tuple[BoundRule, ...]
    machines: tuple[MachineTable, ...]
    endings: tuple[BoundEnding, ...]
    goals: tuple[BoundGoal, ...]
    personas: dict[str, dict[str, BoundPersona]]
    """Per policy (`persona`, `standard`) and seat."""


def bind(scenario: Scenario, report: Report, overrides: dict[str, Persona] | None = None) -> Bound:
    """Bind a scenario; `report(code, message, place, help)` is called for every problem.

    `overrides` puts another persona in a seat's place, for habits that a bench wants played.
    """
    words = Words(scenario, report)
    binder = Binder(words, report)
    declare_offers(binder)
    binder.refresh()
    moves = bind_moves(binder)
    answers, lapses = bind_offers(binder)
    draft = DraftBinder(binder, scenario.draft) if scenario.draft else None
    if scenario.clauses and not draft:
        report("R032", "there are clauses but no `draft:`", ("clauses",), "add a section `draft:` that names the parts of the text and who signs")
    all_moves = [*moves, *answers, *(draft.moves() if draft else [])]
    order = {seat: n for n, seat in enumerate(words.seats)}
    all_moves.sort(key=lambda m: (order[m.seat], TIERS.index(m.tier)))
    check_groups(binder)
    open_rules = [*lapses, *bind_injects(binder), *bind_rules(binder, "open")]
    close_rules = [*bind_drift(binder), *bind_rules(binder, "consent"), *(draft.before_signing() if draft else []),
                   *bind_rules(binder, "signing"), *(draft.after_signing() if draft else []),
                   *bind_rules(binder, "close"), *bind_counts(binder), *bind_rules(binder, "end")]
    steps, machines = bind_machines(binder, draft, close_rules)
    close_rules.extend(steps)
    machines = _with_causes(machines, all_moves, [*open_rules, *close_rules], words)
    endings = _endings(scenario, binder, report)
    goals = _goals(scenario, binder, words, report)
    personas = _personas(scenario, binder, all_moves, overrides or {})
    return Bound(scenario, words, words.seats, tuple(counted(binder, all_moves)), tuple(open_rules), tuple(close_rules),
                 tuple(machines), tuple(endings), tuple(goals), personas)


def _with_causes(machines: list[MachineTable], moves: list[BoundMove], rules: list[BoundRule],
                 words: Words) -> list[MachineTable]:
    """Each machine with the statuses that moves and other rules put it in."""
    causes: dict[str, dict[str, None]] = {m.name: {} for m in machines}

    def note(effects: tuple[BoundEffect, ...], own: str) -> None:
        for effect in effects:
            if effect.name in causes and effect.name != own:
                # a name given twice was reported, and stands for something with other statuses
                for status in words.variables[effect.name].statuses[effect.a[0]:effect.a[0] + 1]:
                    causes[effect.name][status] = None

    for move in moves:
        for branch in move.branches:
            note(branch.effects, "")
    for rule in rules:
        note(rule.effects, rule.machine)
    return [m._replace(caused=tuple(s for s in m.statuses if s in causes[m.name])) for m in machines]


def _endings(scenario: Scenario, binder: Binder, report: Report) -> list[BoundEnding]:
    out: list[BoundEnding] = []
    last = next(reversed(scenario.endings), None)
    for eid, ending in scenario.endings.items():
        loc: Loc = ("endings", eid)
        if eid == last and not ending.otherwise and "otherwise" in ending.model_fields_set and ending.when is None:
            report("R050", f"`{eid}` is the last ending and does not say `otherwise: true`", (*loc, "otherwise"),
                   "every game must end: write `otherwise: true`")
        elif eid == last and not ending.otherwise:
            report("R050", f"the last ending, `{eid}`, does not say `otherwise: true`", loc,
                   "every game must end: add `otherwise: true` to it" + (
                       " and take out its `when:`, or add one more ending" if ending.when is not None else ""))
        elif ending.otherwise and eid != last:
            report("R050", f"`{eid}` says `otherwise: true` and is not the last ending", loc,
                   "only the last ending has it, for games in which no other comes; give this one a `when:`")
        if ending.otherwise and ending.when is not None:
            report("R051", f"`{eid}` has `otherwise: true` and a condition", (*loc, "when"), "keep one of them")
        if not ending.otherwise and ending.when is None and eid != last:
            report("R052", f"`{eid}` has no `when:`, so it would end every game at once", loc, "say when it is reached")
        when = binder.condition(None if ending.otherwise else ending.when, (*loc, "when"))
        out.append(BoundEnding(eid, when))
    if not out:
        report("R053", "there are no endings", ("endings",), "add at least `open: {otherwise: true, title: …, text: …}`")
        out.append(BoundEnding("open", Always(value=True)))
    return out


def _goals(scenario: Scenario, binder: Binder, words: Words, report: Report) -> list[BoundGoal]:
    cost = binder.linear(scenario.human_cost, ("human_cost",)) if scenario.human_cost else None
    out: list[BoundGoal] = []
    for seat in words.seats:
        actor = scenario.actors[seat]
        loc: Loc = ("actors", seat, "goals")
        if sum(goal.weight for goal in actor.goals.values()) != 100:
            total_weight = sum(goal.weight for goal in actor.goals.values())
            for gid in actor.goals:
                report("R060", f"the weights of `{seat}`'s goals sum to {total_weight}", (*loc, gid, "weight"),
                       "together they must be 100")
        penalty = binder.linear(actor.penalty, ("actors", seat, "penalty")) if actor.penalty else None
        for gid, goal in actor.goals.items():
            total = binder.linear(goal.score, (*loc, gid, "score"))
            for taken in (cost, penalty):
                if taken is not None:
                    total = _minus(total, taken)
            low, high = extent(total, words.conditions())
            if max(-low, high) > LARGEST and (cost or penalty):
                report("E042", f"with what is taken from it, the goal can come to {low if -low > high else high:,}",
                       (*loc, gid, "score"), f"use smaller factors; a game counts from -{LARGEST:,} to {LARGEST:,}")
            out.append(BoundGoal(gid, seat, goal.weight, total))
    return out


def _minus(a: Linear, b: Linear) -> Linear:
    sums: dict[str, int] = {name: k for k, name in a.terms}
    for k, name in b.terms:
        sums[name] = sums.get(name, 0) - k
    return Linear(terms=tuple((k, name) for name, k in sums.items() if k), const=a.const - b.const)


def _personas(scenario: Scenario, binder: Binder, moves: list[BoundMove],
              overrides: dict[str, Persona]) -> dict[str, dict[str, BoundPersona]]:
    plain: dict[str, BoundPersona] = {}
    standard: dict[str, BoundPersona] = {}
    for seat in binder.words.seats:
        policy = scenario.actors[seat].policy
        loc: Loc = ("actors", seat, "policy")
        first: Persona = overrides.get(seat) or policy or _indifferent(seat, moves, scenario)
        plain[seat] = PersonaBinder(binder, seat, first, moves, loc).bound()
        second = policy.standard if policy and policy.standard and seat not in overrides else None
        standard[seat] = PersonaBinder(binder, seat, second, moves, (*loc, "standard")).bound() if second \
            else plain[seat]
    return {"persona": plain, "standard": standard}


def _indifferent(seat: str, moves: list[BoundMove], scenario: Scenario) -> Persona:
    """The persona of a seat whose author wrote none: every kind of move alike."""
    kinds = {m.id: 5.0 for m in moves if m.seat == seat and not m.question and m.id not in ("table", "sign")}
    return Persona(weights={**kinds, "sign": 10, "hold": 5}, tabling=4 if scenario.draft else 0)
