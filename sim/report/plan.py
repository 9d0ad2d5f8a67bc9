"""report: the plan of a lesson: what happens in which minute, for one of the scenario's presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.errors import UsageError, suggest
from sim.scenario.models import Preset, Scenario
from sim.words.catalog import Catalog
from sim.words.estimative import counted

HOUR = 60
LONGEST = 100
"""Minutes that people sit through."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the plan."""

    begins: int
    """Minutes from the beginning of its sitting."""
    minutes: int
    title: str
    """`Round 3`, `Briefing`."""
    day: str
    """The date in the story on which the round opens; empty for what is no round."""
    does: str
    """What people do, a sentence."""

    @property
    def clock(self) -> str:
        """`0:45`, from the beginning of the sitting."""
        return f"{self.begins // HOUR}:{self.begins % HOUR:02d}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A lesson from its first word to its last."""

    id: str
    title: str
    minutes: int
    rounds: int
    """How many are played."""
    of: int
    """How many the scenario's clock has."""
    round_minutes: int
    debrief: int
    """Minutes of the debrief."""
    sittings: tuple[tuple[Step, ...], ...]

    @property
    def breaks(self) -> bool:
        """Whether a sitting is so long that people need a break, which the minutes do not count."""
        return any(sum(step.minutes for step in sitting) > LONGEST for sitting in self.sittings)

    @property
    def told(self) -> str:
        """`60 minutes: 7 rounds of 5 minutes, 15 minutes of debrief`."""
        split = f" in {counted(len(self.sittings), 'sitting')}" if len(self.sittings) > 1 else ""
        return (f"{self.minutes} minutes{split}: {counted(self.rounds, 'round')} of {self.round_minutes} minutes, "
                f"{self.debrief} minutes of debrief")


def presets(scenario: Scenario) -> Mapping[str, Preset]:
    """The scenario's presets; one of an hour where it names none."""
    if scenario.about.presets:
        return scenario.about.presets
    rounds = min(7, _rounds(scenario))
    return {"hour": Preset(title="One hour", rounds=rounds, minutes=HOUR, round_minutes=max(1, 35 // rounds))}


def chosen(scenario: Scenario, preset: str = "") -> str:
    """The id of a preset, the first unless said. Raises `UsageError` for one that the scenario does not have."""
    known = presets(scenario)
    preset = preset or next(iter(known))
    if preset not in known:
        raise UsageError(f"{scenario.id} has no preset `{preset}`; it has {', '.join(known)}. "
                         f"{suggest(preset, known)}".strip(), "D346")
    return preset


def divided(scenario: Scenario, preset: str) -> tuple[int, int]:
    """How many rounds a preset plays, and the minutes that its briefing and its rounds leave to the debrief."""
    it = presets(scenario)[preset]
    rounds = min(it.rounds, _rounds(scenario))
    return rounds, max(0, it.minutes - it.briefing - rounds * it.round_minutes)


def plan(catalog: Catalog, preset: str = "") -> Plan:
    """The plan of a preset, the first unless said. Raises `UsageError` for one that the scenario does not have."""
    preset = chosen(catalog.scenario, preset)
    it = presets(catalog.scenario)[preset]
    rounds, debrief = divided(catalog.scenario, preset)
    steps = [("Briefing", "", it.briefing, "Everybody reads the public briefing, then each delegation its own packet.")]
    steps += [(f"Round {n}", catalog.date_of(n), it.round_minutes, _does(n)) for n in range(1, rounds + 1)]
    steps += [("Debrief", "", debrief, "First in role: what angered you? Then out of role: the questions of the guide.")]
    return Plan(preset, it.title, it.minutes, rounds, _rounds(catalog.scenario), it.round_minutes, debrief,
                _sittings(steps, it.sittings, it.minutes))


def sittings(of: Plan) -> tuple[int, ...]:
    """The minutes from the beginning after which the class parts, one for each sitting but the last."""
    lengths = [sum(step.minutes for step in sitting) for sitting in of.sittings]
    return tuple(sum(lengths[:n]) for n in range(1, len(lengths)))


def _rounds(scenario: Scenario) -> int:
    return sum(leg.rounds for leg in scenario.clock.legs.values())


def _does(number: int) -> str:
    if number == 1:
        return "Read the wire, talk inside the delegation, file. The facilitator helps with the first form."
    return "Read the wire, talk, negotiate, file."


def _sittings(steps: list[tuple[str, str, int, str]], sittings: int, minutes: int) -> tuple[tuple[Step, ...], ...]:
    """The steps in sittings of about the same length; none is cut in two."""
    out: list[tuple[Step, ...]] = []
    left = list(steps)
    for n in range(sittings):
        share = minutes // sittings if n < sittings - 1 else minutes
        at = 0
        mine: list[Step] = []
        while left and (not mine or at + left[0][2] <= share):
            title, day, length, does = left.pop(0)
            mine.append(Step(at, length, title, day, does))
            at += length
        out.append(tuple(mine))
    return tuple(sitting for sitting in out if sitting)
