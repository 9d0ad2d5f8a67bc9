"""scenario: what can be wrong with a condition, and the limits every condition keeps."""

from __future__ import annotations

from typing import Final

from sim.errors import DetenteError

LONGEST: Final = 300
"""Characters in one condition."""
MOST_PARTS: Final = 60
"""Names, numbers, signs and words that join them, in one condition."""
DEEPEST: Final = 10
"""Brackets inside brackets."""
MOST_INLINED: Final = 600
"""Comparisons in one condition once all defined names are written out."""
LARGEST: Final = 32_767
"""What both sides of a comparison, or a score, may come to at most (the core counts in 16 bits)."""

CODES: Final[dict[str, str]] = {
    "G001": "the condition is empty",
    "G002": "the condition is too long",
    "G003": "the condition has too many parts or brackets",
    "G004": "a character that conditions do not use",
    "G005": "`=` instead of `==`",
    "G006": "a sign of another language, such as `&&` or `!`",
    "G007": "quotation marks",
    "G008": "square or curly brackets",
    "G009": "a call other than `played(move)`",
    "G010": "arithmetic other than `+`, `-` and `*`",
    "G011": "a number that is not a plain whole number",
    "G012": "brackets that do not match",
    "G013": "something is missing or left over",
    "G014": "a word of a programming language",
    "G015": "`is` or `==` used where the other belongs, or `is` in a chain",
    "G016": "a date where a condition counts days",
    "G101": "a name that this scenario does not have",
    "G102": "a status that this provision, clause or phase does not have",
    "G103": "two things that cannot be compared",
    "G104": "a number or status where yes or no is needed",
    "G105": "yes or no compared with something other than 0 and 1",
    "G106": "an actor that this scenario does not have",
    "G107": "a move that this scenario does not have",
    "G108": "`actor` or `target` where there is none",
    "G109": "more than two tracks in one comparison",
    "G110": "a track multiplied by a track",
    "G111": "defined names that lead back to themselves",
    "G112": "a condition or a score that grows beyond what a game can count",
}
"""Every code of this package with what it is about."""


class ConditionProblem(DetenteError):
    """The first problem of a condition or a score.

    `start` and `end` are columns within its text, from 0, `end` exclusive; `message` and `help` are plain
    words.
    """

    def __init__(self, code: str, message: str, start: int, end: int, help: str = "") -> None:
        super().__init__(message, code)
        self.message = message
        self.start = start
        self.end = max(end, start + 1)
        self.help = help
        self.define: tuple[str, int, int] | None = None
        """If it stands inside a defined name: the name, and the columns within the definition."""
