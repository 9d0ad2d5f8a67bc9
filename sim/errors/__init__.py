"""errors: what can go wrong, as positioned diagnostics for authors and one-sentence exceptions for everybody.

This room is the lowest: it imports nothing else of `sim`.
"""

from sim.errors.diagnostic import Diagnostic, Edit, Fix, Severity, Span, Structure, edited
from sim.errors.exceptions import DetenteError, SaveError, ScenarioError, UsageError
from sim.errors.order import arranged
from sim.errors.suggestion import certain, nearest, suggest

__all__ = [
    "DetenteError",
    "Diagnostic",
    "Edit",
    "Fix",
    "SaveError",
    "ScenarioError",
    "Severity",
    "Span",
    "Structure",
    "UsageError",
    "arranged",
    "certain",
    "edited",
    "nearest",
    "suggest",
]
