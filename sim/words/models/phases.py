"""words: view-models of the situation's state diagram: its phases, and the steps between them in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhaseNeed:
    """One thing that a step asks, as far as the viewer may know it."""

    text: str
    """`tension is 65 or more`."""
    now: str
    """Today's value (`now 52`); empty where the text says all."""
    holds: bool
    """Whether it is so today."""


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """A way from one phase to another."""

    to: str
    title: str
    """Of the phase it leads to."""
    needs: tuple[PhaseNeed, ...]
    """All of these must hold at the close of a round."""
    unseen: bool
    """Whether it asks something more that is not the viewer's to see."""
    due: bool
    """From the current phase alone: it comes at the close if nothing changes, as far as the viewer can see."""
    brought: bool
    """It is not taken by itself: a move or an event brings it."""


@dataclass(frozen=True, slots=True)
class PhaseNode:
    """One phase."""

    id: str
    title: str
    text: str
    """What it means, a sentence or two."""
    current: bool
    rounds: tuple[int, ...]
    """The rounds that opened in it, the current one included."""
    steps: tuple[PhaseStep, ...]
    """Ways out of it; at a close the first whose needs all hold is taken."""

    @property
    def ways(self) -> tuple[tuple[PhaseStep, ...], ...]:
        """The steps by the phase that they lead to, in the order in which each phase is first tried."""
        return tuple(tuple(step for step in self.steps if step.to == to) for to in dict.fromkeys(it.to for it in self.steps))

    @property
    def visited(self) -> bool:
        """Whether the match has been in it."""
        return bool(self.rounds) or self.current


@dataclass(frozen=True, slots=True)
class PhaseVisit:
    """An unbroken stay in one phase."""

    id: str
    title: str
    first: int
    """The round that first opened in it."""
    last: int
    """The last such round; the current one if it goes on."""
    date: str
    """Of the opening of its first round."""


@dataclass(frozen=True, slots=True)
class PhaseDiagram:
    """All phases in the author's order, and the way through them so far; empty where the scenario has none."""

    nodes: tuple[PhaseNode, ...]
    path: tuple[PhaseVisit, ...]
    """Oldest first; the last one is the current phase."""
    ended: bool
    """The match is over: no way is open any more."""

    @property
    def current(self) -> PhaseNode | None:
        """Where it stands."""
        return next((node for node in self.nodes if node.current), None)

    @property
    def open(self) -> tuple[PhaseStep, ...]:
        """The ways out of the current phase, one for each phase that can follow, in the order in which they are tried."""
        here = self.current
        if here is None or self.ended:
            return ()
        # of several ways to one phase the one that is due stands for all
        due = {step.to: step for step in reversed(here.steps) if step.due}
        first = {step.to: due.get(step.to, step) for step in reversed(here.steps)}
        return tuple(first[to] for to in dict.fromkeys(step.to for step in here.steps))

    @property
    def entered(self) -> bool:
        """Whether the current phase came with the opening of the current round."""
        return len(self.path) > 1 and self.path[-1].first == self.path[-1].last
