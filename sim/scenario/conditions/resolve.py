"""scenario: what a name in a condition stands for, once `actor` and `target` are known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from sim.errors import nearest, suggest
from sim.errors.suggestion import one_slip
from sim.scenario.conditions.problem import ConditionProblem
from sim.scenario.conditions.syntax import Word
from sim.scenario.conditions.vocabulary import Vocabulary

_ROLES: Final = re.compile(r"(?<![A-Za-z0-9_])(actor|target)(?![A-Za-z0-9_])")
_FEW: Final = 12


class Names(NamedTuple):
    """One scenario's words, seen by one actor (and target) or by nobody in particular."""

    vocabulary: Vocabulary
    actor: str | None
    target: str | None

    def resolved(self, word: Word) -> str:
        """The id that the word stands for, each segment `actor` or `target` filled in."""
        if "actor" not in word.text and "target" not in word.text:
            return word.text
        return ".".join(self.role(segment, word) or segment for segment in word.text.split("."))

    def role(self, segment: str, word: Word) -> str | None:
        """Who `actor` or `target` is, or None for any other word."""
        if segment not in ("actor", "target"):
            return None
        who = self.actor if segment == "actor" else self.target
        if who is None:
            raise ConditionProblem(
                "G108",
                f"there is no {segment} here",
                word.start,
                word.end,
                "name it: `armenia.support`"
                if segment == "actor"
                else "only a move with `to:` has a target; name the actor instead",
            )
        return who

    def filled(self, text: str) -> str:
        """The author's words with actor and target filled in, where they are known."""
        if "actor" not in text and "target" not in text:
            return text
        known = {"actor": self.actor or "actor", "target": self.target or "target"}
        return _ROLES.sub(lambda found: known[found.group()], text)

    def unknown(self, word: Word) -> ConditionProblem:
        """The problem that nothing is called so, with the best hint there is."""
        name = self.resolved(word)
        return ConditionProblem(
            "G101",
            f"nothing called `{missing_base(name, self._options()) or word.text}` exists in this scenario",
            word.start,
            word.end,
            self._hint(word, name).strip(),
        )

    def _options(self) -> list[str]:
        known = self.vocabulary
        return [*known.numbers, *known.statuses, *known.flags, *known.defines]

    def _hint(self, word: Word, name: str) -> str:
        known = self.vocabulary
        if name in known.actors:
            owned = sorted(key for key in known.numbers if key.startswith(name + "."))
            return f"it is an actor; say what of it: `{owned[0] if owned else name + '.support'}`"
        if name in known.moves:
            return f"it is a move; write `played({name})`"
        for owner, words in sorted(known.statuses.items()):
            if name in words:
                return f"it is a status; write `{owner} is {name}`, in full after each `and` or `or`"
        options = self._options()
        near = nearest(name, options)
        if near:
            return f"did you mean `{self._as_written(word.text, near)}`?"
        longer = sorted(key for key in options if name in key.split("."))
        if longer:
            return f"did you mean `{longer[0]}`?"
        if len(options) <= _FEW:
            return f"known: {', '.join(sorted(options))}" if options else ""
        return "the names are those under `tracks:`, `flags:`, `agreements:`, `clauses:` and `define:`"

    def _as_written(self, text: str, found: str) -> str:
        """`found` with `actor` and `target` put back where the author wrote them."""
        written, segments = text.split("."), found.split(".")
        if len(written) != len(segments):
            return found
        roles = {"actor": self.actor, "target": self.target}
        return ".".join(w if roles.get(w) == s else s for w, s in zip(written, segments, strict=True))


def missing_base(name: str, options: Iterable[str]) -> str:
    """The first word of a dotted name, if nothing begins with it, nor with a word a slip away; else an empty text."""
    base, dot, _ = name.partition(".")
    bases = {option.partition(".")[0] for option in options}
    return base if dot and base not in bases and not any(one_slip(base, other) for other in bases) else ""


def not_one_of(code: str, word: Word, message: str, options: tuple[str, ...] | list[str]) -> ConditionProblem:
    """The problem that `word` is not among `options`, which are named as far as they are few."""
    listed = f"choose from: {', '.join(options)}" if len(options) <= _FEW else ""
    return ConditionProblem(
        code, message, word.start, word.end, (suggest(word.text.rsplit(".", 1)[-1], options) + listed).strip()
    )
