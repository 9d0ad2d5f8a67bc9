"""words: the state diagram of the situation: where it stands, where it has been, and what each step asks in words.

Only what the viewer may see is named and tested: a need that reads anything else is told as something unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from sim.rules import CONTROL, View
from sim.scenario.conditions import All, Condition, moves_played
from sim.scenario.conditions import names as read_by
from sim.words.asked import requirement, today
from sim.words.catalog import Catalog
from sim.words.chronicle import Chronicle
from sim.words.closed import obstacles
from sim.words.models import PhaseDiagram, PhaseNeed, PhaseNode, PhaseStep, PhaseVisit

Asked = tuple[tuple[PhaseNeed, ...], bool]
"""What a step asks as far as it may be told, and whether it asks more."""


class PhaseWriter:
    """Draws the phases of one scenario for one viewer; the words of conditions are kept."""

    def __init__(self, catalog: Catalog, viewer: str) -> None:
        self.catalog = catalog
        self.viewer = viewer
        self.names = catalog.names(viewer)
        self._table = next((m for m in catalog.bound.machines if m.kind == "phase"), None)
        self._asked: dict[str, tuple[tuple[tuple[Condition, str], ...], bool]] = {}

    def diagram(self, seen: View, chronicle: Chronicle) -> PhaseDiagram:
        """The diagram as it stands on what the viewer sees."""
        phases = self.catalog.scenario.phases
        if phases is None or self._table is None:
            return PhaseDiagram((), (), ended=bool(seen.ending))
        statuses = tuple(phases.states)
        var = self.catalog.index["phase"]
        now = statuses[seen.values[var]]
        opened = [statuses[chapter.opening[var]] for chapter in chronicle.chapters]
        begins = chronicle.first
        needs = {rule: self._needs(rule, seen.values) for rule, _, _ in self._table.steps}
        nodes = tuple(
            PhaseNode(
                id=name, title=state.title, text=state.text.strip(), current=name == now,
                rounds=tuple(number for number, there in enumerate(opened, begins) if there == name),
                steps=self._steps(name, needs, current=name == now and not seen.ending))
            for name, state in phases.states.items())
        if seen.ending and opened and opened[-1] != now:
            opened.append(now)
        return PhaseDiagram(nodes, self._path(opened, begins), ended=bool(seen.ending))

    def _path(self, opened: Sequence[str], first: int) -> tuple[PhaseVisit, ...]:
        phases = self.catalog.scenario.phases
        assert phases is not None
        out = []
        for name, stay in groupby(opened):
            last = first + len(list(stay)) - 1
            out.append(PhaseVisit(name, phases.states[name].title, first, last, self.catalog.date_of(first)))
            first = last + 1
        return tuple(out)

    def _steps(self, source: str, asked: Mapping[str, Asked], *, current: bool) -> tuple[PhaseStep, ...]:
        phases, table = self.catalog.scenario.phases, self._table
        assert phases is not None
        assert table is not None
        out: list[PhaseStep] = []
        taken = not current
        for rule, sources, to in table.steps:
            if source not in sources:
                continue
            needs, unseen = asked[rule]
            due = not taken and not unseen and all(need.holds for need in needs)
            # the first whose needs hold is taken; one that cannot be seen through may come before it
            taken = taken or due
            out.append(PhaseStep(to, phases.states[to].title, needs, unseen, due, brought=False))
        known = {step.to for step in out}
        out += [PhaseStep(to, phases.states[to].title, (), unseen=False, due=False, brought=True)
                for to in table.caused if to != source and to not in known]
        return tuple(out)

    def _needs(self, rule: str, values: Sequence[int]) -> Asked:
        if rule not in self._asked:
            self._asked[rule] = self._read(self.catalog.rules[rule].when)
        asked, unseen = self._asked[rule]
        needs: list[PhaseNeed] = []
        for part, text in asked:
            missing = obstacles(self.names, part, values)
            now = "" if missing else today(self.names, part, values)
            needs += [PhaseNeed(it.text, it.now, holds=False) for it in missing] or [
                PhaseNeed(text, f"now {now}" if now else "", holds=True)]
        return tuple(needs), unseen

    def _read(self, when: Condition) -> tuple[tuple[tuple[Condition, str], ...], bool]:
        """The parts that may be told, in words, and whether there are others."""
        parts = list(when.items) if isinstance(when, All) else [when]
        # a step begins with the phases that it starts from, which the diagram shows
        while parts and read_by(parts[0]) == {"phase"}:
            parts.pop(0)
        told = [part for part in parts if self._may_know(part)]
        return tuple((part, requirement(self.names, part)) for part in told), len(told) < len(parts)

    def _may_know(self, condition: Condition) -> bool:
        if self.viewer == CONTROL:
            return True
        heads = tuple(f"played.{move}." for move in moves_played(condition))
        read = {name for name in read_by(condition) if name in self.catalog.index}
        if heads:
            read.update(v.name for v in self.catalog.variables if v.name.startswith(heads))
        return all(map(self.names.sees_name, read))


__all__ = ["PhaseWriter"]
