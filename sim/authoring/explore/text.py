"""authoring: the report of an exploration as plain text for a terminal."""

from __future__ import annotations

from sim.authoring.explore.findings import basis, sentences
from sim.authoring.explore.report import SECTIONS, Report, Shown
from sim.batch.explore import Verdict
from sim.batch.goals import Goal, Kind

MOST_SHOWN = 4
"""Rounds of a witness that are printed; the rest is counted."""
MOST_ORDERS = 4
"""Orders of a round that are printed."""
IN_FULL: tuple[Kind, ...] = ("ending", "phase")
"""Kinds of which every goal has a line; of the others only what is not reached."""


def text(report: Report) -> str:
    """The whole report."""
    blocks = [_head(report), *(block for kind in SECTIONS if (block := _section(report, kind))), _balance(report)]
    return "\n\n".join(blocks)


def _head(report: Report) -> str:
    found = report.explored
    scenario = report.loaded.usable()[0]
    clock = f"up to the end of leg {report.until}" if isinstance(report.until, str) else \
        f"{report.game.rounds} rounds" if report.until else "the whole clock"
    lines = [f"{scenario.title} ({clock}), seed {found.seed}, {found.seconds:.0f} seconds."]
    if found.complete and found.whole is not None:
        lines.append(f"Every match was walked through: {found.whole.states:,} states, {found.whole.decided:,} rounds decided.")
    else:
        searches = f"{found.searches:,} directed search{'' if found.searches == 1 else 'es'}"
        lines.append(f"Looked at {found.walked.games:,} seeded matches ({found.walked.rounds:,} rounds) and {searches} "
                     f"({found.searched_rounds:,} rounds).")
    if found.interrupted:
        lines.append("Interrupted: this is what was found until then.")
    return "\n".join(lines)


def _section(report: Report, kind: Kind) -> str:
    goals = list(report.of(kind))
    if not goals:
        return ""
    by = {verdict: [g for g in goals if report.verdicts[g] is verdict] for verdict in Verdict}
    counts = [f"{len(by[verdict])} {verdict.value}" for verdict in Verdict if by[verdict]]
    title = f"{SECTIONS[kind].capitalize()}: {', '.join(counts)} of {len(goals)}."
    if kind == "move":
        title += f" {len(report.explored.moves):,} of {len(report.game.moves):,} pairs of seat and target were played."
    lines = [title]
    width = max(len(g.id) for g in goals)
    shown = [*goals] if kind in IN_FULL else [*by[Verdict.IMPOSSIBLE], *by[Verdict.UNKNOWN]]
    for goal in shown:
        lines.extend(f"  {line}" for line in _told(report, goal, width))
    if kind not in IN_FULL and by[Verdict.REACHED]:
        late = max(by[Verdict.REACHED], key=report.round)
        lines.append(f"  the latest to be reached: {late.id}, {_when(report, late)}")
    return "\n".join(lines)


def _told(report: Report, goal: Goal, width: int) -> list[str]:
    verdict = report.verdicts[goal]
    head = f"{goal.id:{width}}  {verdict.value}"
    if verdict is Verdict.REACHED:
        line = report.explored.lines[goal]
        out = [f"{head} {_when(report, goal)}" + (f", {_orders(line.orders)}" if line.rounds else "")]
        return out + ([f"    {part}" for part in _witness(report.witness(goal))] if goal.kind == "ending" else [])
    if verdict is Verdict.IMPOSSIBLE:
        why = report.blocked[goal]
        place = f" ({why.span.path}:{why.span.line})" if why.span else ""
        return [f"{head}: {why.sentence}{place}"]
    found = report.explored
    out = [f"{head}: not met in {found.walked.games:,} seeded matches and {found.searches:,} directed searches, and not "
           "excluded by what its conditions can reach; more games or a longer budget may decide it"]
    return [*out, f"    {report.rarest[goal].sentence}"] if goal in report.rarest else out


def _when(report: Report, goal: Goal) -> str:
    number = report.round(goal)
    return "from the start" if number == 0 else f"in round {number}"


def _orders(number: int) -> str:
    return "no order needed" if number == 0 else "1 order" if number == 1 else f"{number} orders"


def _witness(shown: list[Shown]) -> list[str]:
    """The first rounds of a line in which something is ordered, the one in which it arrives, and how many are left out."""
    kept = [it for it in shown[:-1] if it.orders][:MOST_SHOWN - 1] + shown[-1:]
    out = []
    for it in kept:
        orders = [f"{key} (outcome {it.outcomes[key]})" if key in it.outcomes else key
                  for keys in it.orders.values() for key in keys]
        chance = [f"by chance {', '.join(it.chance)}"] if it.chance else []
        out.append(f"round {it.round}: {'; '.join([*_few(orders), *chance])}")
    left = len(shown) - len(kept)
    if left > 0:
        out.append(f"and {left} more round{'s' if left > 1 else ''} with orders or chance; --save-witness keeps them")
    return out


def _few(orders: list[str]) -> list[str]:
    left = len(orders) - MOST_ORDERS
    return orders if left <= 0 else [*orders[:MOST_ORDERS], f"{left} more"]


def _balance(report: Report) -> str:
    told = sentences(report.findings)
    lines = [f"Balance: {basis(report.findings)}"]
    lines += [f"  {sentence}" for sentence in told] or ["  nothing stands out."]
    return "\n".join(lines)
