"""lesson: how a lesson is to run: rounds, minutes, and what becomes of seats that do not file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from sim.errors import UsageError
from sim.lesson.limits import Limits
from sim.report.plan import chosen, divided
from sim.report.plan import presets as offered

if TYPE_CHECKING:
    from sim.scenario.models import Scenario

MOST_TABLES = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """What a facilitator settles before a lesson; the clock can be changed while it runs."""

    name: str = "free"
    until: str | int | None = None
    """A leg or a number of rounds; None plays the whole scenario."""
    minutes: float | None = 8
    """A round; None is without a limit."""
    briefing: float | None = 10
    """Minutes of reading before the first round."""
    debrief: float = 15
    """Minutes kept for the debrief; only told."""
    on_all_filed: bool = True
    """Whether a round is resolved once every delegation that is there has filed."""
    on_time: bool = True
    """Whether a round is resolved when its time has run out; else the facilitator is told and waited for."""
    unfiled: Literal["sheet", "pass"] = "sheet"
    """What counts for a delegation that has not filed: what stands on its sheet, or nothing."""
    absent: Literal["policy", "pass"] = "policy"
    """Who plays a seat of which nobody is there and nothing on the sheet."""
    level: str = "standard"
    """How well policies play: easy, standard or hard."""
    tables: int = 1
    """How many groups play the scenario side by side, 1 to 12."""
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if not 1 <= self.tables <= MOST_TABLES:
            raise UsageError(f"A lesson has 1 to {MOST_TABLES} tables; {self.tables} cannot be.", "L050")
        for minutes in (self.minutes, self.briefing):
            if minutes is not None and not 0 < minutes <= 24 * 60:
                raise UsageError(f"A round or a briefing of {minutes} minutes cannot be; choose up to a day.", "L050")

    def as_json(self) -> dict[str, Any]:
        """The plan for a file."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Plan:
        """The plan from what `as_json` gave; what this version does not know is left out."""
        known = {f.name for f in fields(Plan)}
        sizes = {f.name for f in fields(Limits)}
        limits = Limits(**{key: value for key, value in data.get("limits", {}).items() if key in sizes})
        return Plan(**{**{key: value for key, value in data.items() if key in known}, "limits": limits})


def presets(scenario: Scenario) -> Mapping[str, Plan]:
    """The plans that a scenario offers: its presets, as the sheets of the lesson have them too."""
    return {id: plan_of(scenario, id) for id in offered(scenario)}


def plan_of(scenario: Scenario, preset: str = "") -> Plan:
    """The plan of a preset, the scenario's first unless said. Raises `UsageError` for one that it does not have."""
    name = chosen(scenario, preset)
    it = offered(scenario)[name]
    rounds, debrief = divided(scenario, name)
    return Plan(name, until=rounds, minutes=it.round_minutes, briefing=it.briefing or None, debrief=debrief)
