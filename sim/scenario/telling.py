"""scenario: problems told at the exact words, with a fix where what was meant is certain.

Whoever finds a problem knows its place in the file's structure; here the caret is put under the word itself, and what is
only said because of a part that was refused is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sim.errors import Diagnostic, Fix, Span, certain
from sim.scenario.check import Problems
from sim.scenario.reading.document import Document

if TYPE_CHECKING:
    from sim.scenario.remainder import Remainder

_QUOTED: Final = re.compile(r"`([^`]+)`")
_ABOUT_FORM: Final = ("Y015", "M001")
_NAMES: Final = ("W050", "W051")
"""Warnings of names that do not exist."""
_CERTAIN: Final = ("B", "T", "S", "W052", "W06", "V")
"""Beginnings of codes of warnings that look at one text or one value and not at the whole."""
_MEANT: Final = re.compile(r"did you mean `([^`]+)`\?")


class Telling(Problems):
    """Collects the problems of one document at their exact places."""

    def __init__(self, document: Document, rest: Remainder | None = None) -> None:
        super().__init__(document)
        self._rest = rest

    @property
    def found(self) -> list[Diagnostic]:
        """In the order of the file, with fixes; only the errors, if parts of the file were refused."""
        if not self._found:
            return []
        # a file without problems need not pay for what is said of them
        from sim.scenario.misnamed import declarations

        value = self.document.value
        names = {str(path[-1]) for path in declarations(value)} if isinstance(value, dict) else set()
        out = [_with_fix(d, self.document, names) for d in super().found]
        return [d for d in out if d.severity == "error"] if self._rest else out

    def report(self, code: str, message: str, place: Iterable[object], advice: str = "") -> None:
        """A problem at a place of the file; the last part may be ("#", start, end) within a text."""
        loc = tuple(place)
        plain: Any = loc[:-1] if loc and isinstance(loc[-1], tuple) else loc
        if self._rest is not None and self._rest.concerns(code, message, advice, plain):
            return
        before = len(self._found)
        super().report(code, message, loc, advice)
        if len(self._found) == before or plain is not loc:
            return
        span, fix = self._exact(plain, message), self._structural(code, plain)
        if span is not None or fix is not None:
            key, told = self._found.popitem()
            self._found.setdefault((*key[:2], span or key[2]), replace(told, span=span or told.span, fix=fix))

    def _structural(self, code: str, loc: Any) -> Fix | None:
        """The change of structure that mends what a place alone tells."""
        if code not in ("R050", "W103"):
            return None
        from sim.scenario.reading.slips import last_ending, unused

        value: Any = self.document.value
        if code == "R050":
            return last_ending(self.document.path, value.get("endings"), loc)
        return unused(self.document.path, loc, value["dossiers"][loc[1]])

    def _exact(self, loc: Any, message: str) -> Span | None:
        """The word that the message speaks of first, or the key of what it speaks of."""
        document = self.document
        if not document.has(loc):
            return None
        words = _QUOTED.findall(message)
        for word in words:
            if loc and loc[-1] == word:
                return document.key_span(loc)
            exact = document.found(loc, word)
            if exact is not None:
                return exact
        # a block is known by its key, not by whatever stands in it first
        return document.key_span(loc) if loc and isinstance(loc[-1], str) and document.holds(loc) else None


def without_consequences(found: list[Diagnostic]) -> list[Diagnostic]:
    """Errors, and the warnings that are true whatever the errors are.

    While names are unknown, nobody can say what is never used, never reached or never true; and what is said of a name
    that does not exist has been said by the error.
    """
    causes = [d for d in found if d.severity == "error" or d.code in _NAMES]
    if not causes:
        return found
    unknown = {word for d in causes if d.code not in _ABOUT_FORM for word in _QUOTED.findall(d.message)[:1]}
    return [d for d in found if d in causes
            or (d.code.startswith(_CERTAIN) and not unknown.intersection(w.strip("{}") for w in _QUOTED.findall(d.message)))]


def _with_fix(told: Diagnostic, document: Document, names: set[str]) -> Diagnostic:
    """The problem with the rename that mends it, if the word at its place has one near name and no other."""
    if told.span is None or told.fix is not None or told.span.path != document.path:
        return told
    line = document.text.split("\n")[told.span.line - 1]
    meant = _MEANT.match(told.help)
    if meant is None:
        from sim.scenario.reading.slips import slip

        fix = slip(told, line)
        return replace(told, fix=fix) if fix else told
    word = line[told.span.column - 1:told.span.end_column - 1]
    if word not in _QUOTED.findall(told.message) or certain(word, sorted({*names, meant[1]})) != meant[1]:
        return told
    from sim.scenario.form.fixes import rename

    return replace(told, fix=rename(told.span, word, meant[1]))
