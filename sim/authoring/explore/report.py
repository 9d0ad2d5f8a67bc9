"""authoring: the report of an exploration: a verdict for everything that may happen, with what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.authoring.explore.blame import Blame, Blocked
from sim.authoring.explore.findings import as_json as findings_json
from sim.authoring.explore.rare import Rare, Rarest
from sim.authoring.explore.saves import file_name, saved
from sim.batch.explore import Explored, Progress, Verdict
from sim.batch.explore import explore as searched
from sim.batch.findings import Findings, findings
from sim.batch.goals import Goal, Goals, Kind
from sim.batch.line import Line, replayed
from sim.rules.tables import Game
from sim.scenario.load import Loaded

SECTIONS: dict[Kind, str] = {"ending": "endings", "phase": "phases", "move": "moves", "clause": "clauses",
                             "inject": "injects", "rule": "rules"}
"""Keys of the JSON answer by kind of goal."""
LEADS = "signed"
"""The status by which a clause is judged."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One round of a witness as people read it."""

    round: int
    orders: dict[str, tuple[str, ...]]
    outcomes: dict[str, int]
    """Move key → the outcome it had, from 1, where there are several."""
    chance: tuple[str, ...]
    """Rules and injects that happened by a die."""


@dataclass(slots=True)
class Report:
    """What is known of one scenario."""

    loaded: Loaded
    game: Game
    until: str | int | None
    explored: Explored
    goals: Goals
    budget: dict[str, Any]
    findings: Findings
    verdicts: dict[Goal, Verdict] = field(default_factory=dict)
    blocked: dict[Goal, Blocked] = field(default_factory=dict)
    rarest: dict[Goal, Rarest] = field(default_factory=dict)
    """Of what is unknown, the condition that held least often, where one was ever in the way."""
    files: dict[Goal, Path] = field(default_factory=dict)

    def of(self, kind: Kind) -> Iterator[Goal]:
        """The goals of a kind, in the file's order; of a clause the one by which it is judged."""
        for goal in self.goals.all:
            if goal.kind == kind and goal.status in ("", LEADS):
                yield goal

    @property
    def problems(self) -> tuple[Goal, ...]:
        """What is proved impossible although the file speaks of it."""
        return tuple(goal for kind in SECTIONS for goal in self.of(kind) if self.verdicts[goal] is Verdict.IMPOSSIBLE)

    def round(self, goal: Goal) -> int:
        """The round in which a goal's line reaches it, its opening included; 0 if it holds from the start."""
        line = self.explored.lines[goal]
        if goal in self.goals.start:
            return 0
        # a line ends with what it leads to: most of these tell by themselves at which end of a round that is
        if goal.kind in ("move", "ending"):
            return line.rounds
        if goal.kind in ("rule", "inject"):
            mine = set(self.goals.rule_ids(goal))
            opens, closes = (any(rule.id in mine for rule in rules) for rules in (self.game.open_rules, self.game.close_rules))
            if opens is not closes:
                return line.rounds + opens
        *_, (_, events) = replayed(self.game, line)
        return next((e.round for e in events if goal in self.goals.seen((e,))), line.rounds)

    def witness(self, goal: Goal) -> list[Shown]:
        """The rounds of a goal's line in which something was ordered or fell by a die that matters."""
        line = self.explored.lines[goal]
        return [shown for shown in witness(self.game, line) if shown.orders or shown.chance]

    # -- for other programs

    def as_json(self) -> dict[str, Any]:
        """The answer with its documented keys."""
        out: dict[str, Any] = {}
        for kind, section in SECTIONS.items():
            out[section] = {goal.id: self._told(goal) for goal in self.of(kind)}
        for cid, told in out["clauses"].items():
            told["statuses"] = {goal.status: self._told(goal, brief=True) for goal in self.goals.all
                                if goal.kind == "clause" and goal.id == cid}
        for kind_of_move, told in out["moves"].items():
            keys = self.goals.move_keys(Goal("move", kind_of_move))
            told["instances"] = {"reached": sum(key in self.explored.moves for key in keys), "of": len(keys),
                                 "impossible": [key for key in keys if key not in self.explored.bound.moves]}
        out["findings"] = findings_json(self.findings)
        out["budget"] = self.budget
        out["searched"] = self.searched()
        return out

    def searched(self) -> dict[str, Any]:
        """How much was looked at."""
        found = self.explored
        whole = found.whole
        return {"seconds": round(found.seconds, 1), "matches": found.walked.games, "rounds": found.walked.rounds,
                "searches": found.searches, "search_rounds": found.searched_rounds,
                "states": whole.states if whole else 0, "complete": found.complete, "interrupted": found.interrupted}

    def _told(self, goal: Goal, *, brief: bool = False) -> dict[str, Any]:
        verdict = self.verdicts[goal]
        out: dict[str, Any] = {"verdict": verdict.value}
        if verdict is Verdict.REACHED:
            line = self.explored.lines[goal]
            out["round"] = self.round(goal)
            if not brief:
                out["orders"] = line.orders
                out["witness"] = {"seed": line.seed, "rounds": [
                    {"round": it.round, "orders": {seat: list(keys) for seat, keys in it.orders.items()},
                     "outcomes": it.outcomes, "chance": list(it.chance)} for it in self.witness(goal)]}
                if goal in self.files:
                    out["save"] = str(self.files[goal])
        elif verdict is Verdict.IMPOSSIBLE and goal in self.blocked:
            why = self.blocked[goal]
            out |= {"reason": why.sentence, "condition": why.condition, "path": why.span.path if why.span else None,
                    "line": why.span.line if why.span else None, "column": why.span.column if why.span else None}
        elif verdict is Verdict.UNKNOWN and not brief:
            out["searched"] = self.searched()
            if goal in self.rarest:
                out["rarest"] = self.rarest[goal]._asdict()
        return out


def explore(loaded: Loaded, game: Game, *, until: str | int | None = None, seconds: float = 60.0, games: int | None = None,
            seed: int = 1, jobs: int = 1, progress: Callable[[Progress], None] | None = None,
            folder: Path | None = None) -> Report:
    """Explore a scenario and say what was found; `folder` gets a save of every line, each played and looked at again.

    `game` is what `loaded` compiles to with the same `until`.
    """
    explored = searched(game, seconds=seconds, games=games, seed=seed, jobs=jobs, progress=progress)
    goals = Goals(game)
    budget = {"seconds": seconds, "games": games, "seed": seed, "jobs": jobs, "until": until}
    report = Report(loaded, game, until, explored, goals, budget, findings(game, explored.walked))
    try:
        _judge(report)
        if folder is not None:
            _save(report, folder, progress)
    except KeyboardInterrupt:
        # the search is over, and what it found is told whole; only saves may be missing
        explored.interrupted = True
        _judge(report)
    return report


def _judge(report: Report) -> None:
    """A verdict for every goal; for what is impossible the reason, for what is unknown a hint."""
    explored = report.explored
    blame = Blame(report.loaded, report.game, report.goals, explored)
    for goal in report.goals.all:
        verdict = report.verdicts[goal] = explored.verdict(report.game, report.goals, goal)
        if verdict is not Verdict.IMPOSSIBLE:
            continue
        if explored.whole is not None and explored.complete and not _excluded(report, goal):
            report.blocked[goal] = Blocked(f"every match was walked through, {explored.whole.states:,} states in all, and "
                                           "none has it.")
        else:
            report.blocked[goal] = blame.blocked(goal)
    _hint(report, blame)


def _hint(report: Report, blame: Blame) -> None:
    unknown = [goal for kind in SECTIONS for goal in report.of(kind) if report.verdicts[goal] is Verdict.UNKNOWN]
    if unknown and not report.explored.interrupted:
        rare = Rare(blame, report.explored.seed)
        report.rarest = {goal: rarest for goal in unknown if (rarest := rare.of(goal)) is not None}


def _excluded(report: Report, goal: Goal) -> bool:
    from sim.batch.explore import possible

    return not possible(report.goals, report.game, report.explored.bound, goal)


def _save(report: Report, folder: Path, progress: Callable[[Progress], None] | None) -> None:
    wanted = [goal for kind in SECTIONS if kind != "rule" for goal in report.of(kind)
              if goal in report.explored.lines and report.explored.lines[goal].steps]
    for n, goal in enumerate(wanted):
        if progress is not None:
            progress(Progress("saves", n / len(wanted), n, len(wanted), "written"))
        path = folder / file_name(goal)
        saved(report.loaded, report.until, report.goals, goal, report.explored.lines[goal], path, report.game)
        report.files[goal] = path


def witness(game: Game, line: Line) -> list[Shown]:
    """Every round of a line with its orders, their outcomes and what fell by a die, in the round that it belongs to.

    What the opening of a round brings belongs to that round, also where nothing is ordered in it any more.
    """
    chance: dict[int, dict[str, None]] = {}
    outcomes: dict[int, dict[str, int]] = {}
    for _, events in replayed(game, line):
        for e in events:
            if e.kind == "rule" and e.roll >= 0:
                chance.setdefault(e.round, {})[e.id] = None
            elif e.kind == "move" and len(game.moves[game.by_key[e.id]].branches) > 1:
                outcomes.setdefault(e.round, {})[e.id] = game.moves[game.by_key[e.id]].branches[e.branch].number + 1
    last = max([line.rounds, *chance])
    orders = [{seat: tuple(keys) for seat, keys in step.orders.items()} for step in line.steps]
    return [Shown(n, orders[n - 1] if n <= line.rounds else {}, outcomes.get(n, {}), tuple(chance.get(n, ())))
            for n in range(1, last + 1)]
