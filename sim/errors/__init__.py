"""errors: what can go wrong, as positioned diagnostics for authors and one-sentence exceptions for everybody.

This room is the lowest: it imports nothing else of `sim`.
"""

from sim.errors.diagnostic import Diagnostic, Severity, Span
from sim.errors.exceptions import DetenteError, SaveError, ScenarioError, UsageError
from sim.errors.suggestion import nearest, suggest

__all__ = [
    "DetenteError",
    "Diagnostic",
    "SaveError",
    "ScenarioError",
    "Severity",
    "Span",
    "UsageError",
    "nearest",
    "suggest",
]
