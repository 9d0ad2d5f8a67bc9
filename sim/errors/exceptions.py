"""errors: the exception tree; whatever reaches a person carries one sentence and a code."""

from __future__ import annotations

from collections.abc import Mapping

from sim.errors.diagnostic import Diagnostic


class DetenteError(Exception):
    """Base of everything Detente raises on purpose.

    `sentence` is one clear sentence for a person (what, where, what to do); `code` is stable and can be
    looked up.
    """

    default_code = "D000"

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.default_code


class SaveError(DetenteError):
    """A match's file cannot be written, read or trusted."""

    default_code = "D200"


class UsageError(DetenteError):
    """What was asked for on the command line, or by a caller, cannot be done as asked."""

    default_code = "D300"


class ScenarioError(DetenteError):
    """A scenario has problems; `diagnostics` holds all of them, `sources` the texts by path label."""

    default_code = "D100"

    def __init__(self, diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str]) -> None:
        self.diagnostics = diagnostics
        self.sources = dict(sources)
        errors = [item for item in diagnostics if item.severity == "error"]
        first = next(iter(errors or diagnostics), None)
        super().__init__(_summary(first, len(errors)), first.code if first else "")

    def render(self) -> str:
        """All diagnostics with their source lines, a blank line between two."""
        lines = {path: text.split("\n") for path, text in self.sources.items()}
        return "\n\n".join(item.render(_line(item, lines)) for item in self.diagnostics)


def _line(item: Diagnostic, lines: Mapping[str, list[str]]) -> str | None:
    if item.span is None:
        return None
    text = lines.get(item.span.path, [])
    return text[item.span.line - 1] if item.span.line <= len(text) else None


def _summary(first: Diagnostic | None, errors: int) -> str:
    if first is None:
        return "The scenario cannot be used, and no reason was given."
    where = f"{first.span.path}:{first.span.line}:{first.span.column}: " if first.span else ""
    more = f" ({errors - 1} more)" if errors > 1 else ""
    return f"{where}{first.message}{more}"
