"""tui: ordering and withdrawing, the same on every screen: only through the desk, which alone knows what is legal."""

from __future__ import annotations

from sim.errors import SaveError
from sim.tui.table import Desk


def toggle(desk: Desk, key: str) -> str | None:
    """Order a move or give an answer, or withdraw it if it is filed; a sentence if it is refused.

    Another answer to the same question makes room for it, and comes back if it is refused.
    """
    filed = [item.key for item in desk.filed()]
    if key in filed:
        return withdraw(desk, key)
    rivals = {answer.key for question in desk.menu().questions if any(a.key == key for a in question.answers)
              for answer in question.answers}
    away = [other for other in filed if other in rivals]
    for other in away:
        if (kept := withdraw(desk, other)) is not None:
            return kept
    refused = desk.add(key)
    if refused:
        for other in away:
            desk.add(other)
    return refused


def withdraw(desk: Desk, key: str) -> str | None:
    """Take an order or an answer back; a sentence if the match's file could not be written, then it stands."""
    try:
        desk.remove(key)
    except SaveError as problem:
        return f"{problem.sentence} It stays filed."
    return None
