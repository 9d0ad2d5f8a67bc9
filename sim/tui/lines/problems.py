"""tui: why something cannot be opened, as far as a dialog has room for it."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from sim.errors import DetenteError, ScenarioError
from sim.tui.lines.line import plain, stacked

_SHOWN: Final = 5


def problem_text(problem: DetenteError, named: str) -> Content:
    """A sentence; for a scenario with errors its first five, and how to see the rest.

    `named` is the scenario as it was asked for.
    """
    if not isinstance(problem, ScenarioError):
        return plain(problem.sentence)
    errors = [item for item in problem.diagnostics if item.severity == "error"]
    count = f"{len(errors)} problem{'s' * (len(errors) != 1)}"
    rows = [plain(f"The scenario {named} has {count} and cannot be played.")]
    for item in errors[:_SHOWN]:
        where = f"{item.span.path}:{item.span.line}" if item.span else named
        rows += [plain(""), plain(where, "bold $mark") + plain(f"  {item.message}")]
        if item.help:
            rows.append(plain(item.help, "$quiet"))
    more = len(errors) - _SHOWN
    rest = f"… and {more} more; `detente check {named}` lists them." if more > 0 else (
        f"`detente check {named}` shows where.")
    return stacked([*rows, plain(""), plain(rest, "$quiet")])
