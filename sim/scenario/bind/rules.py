"""scenario: injects, drift, the author's rules, countdowns, and the steps of machines, in the order they happen."""

from __future__ import annotations

from sim.scenario.bind.binder import Binder
from sim.scenario.bind.draft import DraftBinder
from sim.scenario.bind.moves import SURELY_ALIKE
from sim.scenario.bind.shapes import SURE, BoundEffect, BoundRule, Loc, MachineTable, Variable
from sim.scenario.conditions import All, Any, Compare, Condition, Flag, Is, Not
from sim.scenario.models import Rule, RuleChance, Step


def _sure(binder: Binder) -> tuple[int, ...]:
    return (SURE,) * max(1, len(binder.words.legs))


def bind_injects(binder: Binder) -> list[BoundRule]:
    """Each inject once, in the first round in which its condition holds."""
    out: list[BoundRule] = []
    for iid, inject in binder.words.scenario.injects.items():
        loc: Loc = ("injects", iid)
        waiting = Not(item=Flag(name=f"fired.{iid}", text=f"{iid} has been released"), text="not yet released")
        when = binder.condition(inject.when, (*loc, "when"))
        fired = binder.set_to(f"fired.{iid}", 1)
        branches = binder.branches(inject, inject.branches, loc, None, None, inject.dispatch, always=(fired,))
        heard = None if inject.seen in ("public", "all") else frozenset(binder.words.actors(inject.seen, (*loc, "seen")))
        for n, branch in enumerate(branches):
            out.append(BoundRule(
                iid if len(branches) == 1 else f"{iid}#{n}", iid, "inject",
                binder.all_of([waiting, when, branch.when]), branch.p, branch.effects, f"inject.{iid}",
                branch.dispatch or inject.dispatch or None, "", branch.loc, heard, within=branch.when))
    return out


def bind_drift(binder: Binder) -> list[BoundRule]:
    """Every track's pull."""
    out = []
    for variable in binder.words.variables.values():
        if variable.drift is None:
            continue
        to, steps = variable.drift
        effect = BoundEffect("toward", variable.name, (to,) * len(steps), steps)
        out.append(BoundRule(f"drift.{variable.name}", f"drift.{variable.name}", "drift", binder.condition(None, ()),
                             _sure(binder), (effect,), "", None, "", ("tracks", variable.name, "drift")))
    return out


def bind_counts(binder: Binder) -> list[BoundRule]:
    """Every countdown and counter, after the author's rules."""
    out = []
    for variable in binder.words.variables.values():
        if variable.each_round == 0:
            continue
        moving: Condition = Compare(terms=((1, variable.name),), const=-variable.lo - 1, op=">=", text="still counting") \
            if variable.each_round < 0 else binder.condition(None, ())
        out.append(BoundRule(f"count.{variable.name}", f"count.{variable.name}", "count", moving, _sure(binder),
                             (binder.add_to(variable.name, variable.each_round),), "", None, "",
                             ("tracks", variable.name)))
    return out


def check_groups(binder: Binder) -> None:
    """Report a group of one rule whose name is a slip away from that of another group."""
    sizes: dict[str, int] = {}
    for rule in binder.words.scenario.rules.values():
        if rule.group:
            sizes[rule.group] = sizes.get(rule.group, 0) + 1
    lonely = [group for group, size in sizes.items() if size == 1]
    if not lonely:
        return
    from sim.errors.suggestion import one_slip
    for rid, rule in binder.words.scenario.rules.items():
        near = [g for g, size in sizes.items() if one_slip(rule.group, g) and (size > 1 or min(len(g), len(rule.group)) >= SURELY_ALIKE)] \
            if rule.group in lonely else []
        if near:
            binder.report("W052", f"no other rule stands in the group `{rule.group}`", ("rules", rid, "group"),
                          f"did you mean `{near[0]}`?")


def bind_rules(binder: Binder, stage: str) -> list[BoundRule]:
    """The author's rules of one stage, in file order."""
    out: list[BoundRule] = []
    for rid, rule in binder.words.scenario.rules.items():
        if rule.at == stage:
            out.extend(_rule(binder, rid, rule))
    return out


def _rule(binder: Binder, rid: str, rule: Rule) -> list[BoundRule]:
    loc: Loc = ("rules", rid)
    when = binder.condition(rule.when, (*loc, "when"))
    effects = binder.effects(rule, loc)
    if rule.hazard is not None:
        tables = binder.hazard(rule.hazard, (*loc, "hazard"))
        if rule.chances or rule.chance is not None or rule.weekly is not None:
            binder.report("E031", f"the rule `{rid}` has both a chance and a hazard", loc, "keep one of them")
        return [BoundRule(rid, rid, "rule", when, (1,) * len(tables), effects, rule.group or "", rule.dispatch, "", loc,
                          follows=rule.hazard.of, tables=tables)]
    if not rule.chances:
        return [BoundRule(rid, rid, "rule", when, binder.probability(rule.chance, rule.weekly, loc), effects,
                          rule.group or "", rule.dispatch, "", loc)]
    if rule.chance is not None or rule.weekly is not None:
        binder.report("E031", f"the rule `{rid}` has both a chance and `chances:`", loc, "keep one of them")
    out: list[BoundRule] = []
    earlier: list[Condition] = []
    for n, row in enumerate(rule.chances):
        here: Loc = (*loc, "chances", n)
        band = binder.condition(row.when, (*here, "when"))
        only = [Not(item=e, text=f"not {e.text}") for e in earlier]
        out.append(BoundRule(f"{rid}#{n}", rid, "rule", binder.all_of([when, band, *only]),
                             _row_chance(binder, row, here), effects, rule.group or f"chances.{rid}", rule.dispatch,
                             "", here))
        earlier.append(band)
    return out


def _row_chance(binder: Binder, row: RuleChance, loc: Loc) -> tuple[int, ...]:
    if row.chance is None and row.weekly is None:
        binder.report("E032", "a row of `chances:` needs `chance:` or `weekly:`", loc, "write `weekly: 10 %`")
    return binder.probability(row.chance, row.weekly, loc)


# -- machines


def _sources(binder: Binder, step: Step, statuses: tuple[str, ...], loc: Loc) -> tuple[str, ...]:
    """The statuses a step starts from."""
    from sim.errors import suggest

    def listed(value: list[str] | str | None, key: str) -> tuple[str, ...]:
        words = (value,) if isinstance(value, str) else tuple(value or ())
        for word in words:
            if word not in statuses:
                binder.report("R040", f"there is no status `{word}` here", (*loc, key),
                              suggest(word, statuses) + "it can be: " + ", ".join(statuses))
        return words

    wanted = listed(step.from_, "from") or statuses
    barred = listed(step.except_, "except")
    return tuple(s for s in wanted if s in statuses and s not in barred and s != step.to)


def _steps(binder: Binder, variable: Variable, steps: list[Step], loc: Loc) -> list[tuple[BoundRule, tuple[str, ...], str]]:
    from sim.errors import suggest
    out: list[tuple[BoundRule, tuple[str, ...], str]] = []
    for n, step in enumerate(steps):
        here: Loc = (*loc, n)
        if step.to not in variable.statuses:
            binder.report("R040", f"there is no status `{step.to}` here", (*here, "to"),
                          suggest(step.to, variable.statuses) + "it can be: " + ", ".join(variable.statuses))
            continue
        sources = _sources(binder, step, variable.statuses, here)
        stands: list[Condition] = [Is(name=variable.name, status=s, negated=False, text=f"{variable.name} is {s}")
                                   for s in sources]
        if not stands:
            binder.report("W040", f"this step to `{step.to}` starts nowhere", here,
                          "a step leads from one status to another: name another one under `from:`" if step.from_
                          else "`except:` leaves no status to start from")
            continue
        left = [s for s in variable.statuses if s not in sources]
        if len(left) < len(sources):
            at: Condition = binder.all_of([Is(name=variable.name, status=s, negated=True,
                                              text=f"{variable.name} is not {s}") for s in left])
        else:
            at = stands[0] if len(stands) == 1 else Any(items=tuple(stands), text=" or ".join(s.text for s in stands))
        when = binder.condition(step.when, (*here, "when"))
        rule = BoundRule(f"{variable.name}.{step.to}#{n}", f"{variable.name}.{step.to}", "step",
                         binder.all_of([at, when]), _sure(binder),
                         (binder.set_to(variable.name, variable.statuses.index(step.to)),), f"step.{variable.name}",
                         step.dispatch, variable.name, here)
        out.append((rule, sources, step.to))
    return out


def bind_machines(binder: Binder, draft: DraftBinder | None,
                  others: list[BoundRule]) -> tuple[list[BoundRule], list[MachineTable]]:
    """Provisions, then clauses that reopen, then the phase; and the table of every machine.

    `others` are all rules that are not steps of provisions and phases: the draft's are steps of clauses.
    """
    s = binder.words.scenario
    rules: list[BoundRule] = []
    tables: list[MachineTable] = []
    for aid, agreement in s.agreements.items():
        for pid, provision in agreement.provisions.items():
            variable = binder.words.variables[pid]
            found = _steps(binder, variable, provision.steps, ("agreements", aid, "provisions", pid, "steps"))
            rules.extend(rule for rule, _, _ in found)
            tables.append(MachineTable(pid, "provision", variable.statuses,
                                       tuple((r.id, src, to) for r, src, to in found), ()))
    reopening = draft.reopening() if draft else []
    rules.extend(reopening)
    for cid in s.clauses:
        variable = binder.words.variables[cid]
        if variable.kind != "clause":
            continue
        own = tuple((r.id, _starting(r, cid), _ending(r, variable)) for r in (*others, *reopening) if r.machine == cid)
        tables.append(MachineTable(cid, "clause", variable.statuses, own, ()))
    if s.phases:
        found = _steps(binder, binder.words.variables["phase"], s.phases.steps, ("phases", "steps"))
        for rule, _, to in found:
            entered = s.phases.states[to].entered
            rules.append(rule if rule.dispatch or not entered else _told(rule, entered))
        tables.append(MachineTable("phase", "phase", tuple(s.phases.states),
                                   tuple((r.id, src, to) for r, src, to in found), ()))
    return rules, tables


def _told(rule: BoundRule, dispatch: str) -> BoundRule:
    return rule._replace(dispatch=dispatch)


def _starting(rule: BoundRule, name: str) -> tuple[str, ...]:
    """The status that a draft's rule asks of its clause: its conditions name it first."""
    first = rule.when.items[0] if isinstance(rule.when, All) else rule.when
    if isinstance(first, Is) and first.name == name:
        return (first.status,)
    raise AssertionError(f"the rule {rule.id} does not begin with the status of {name}")


def _ending(rule: BoundRule, variable: Variable) -> str:
    effect = next(e for e in rule.effects if e.name == variable.name)
    return variable.statuses[effect.a[0]]
