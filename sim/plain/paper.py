"""plain: where line mode writes: plain text, one statement a line, wrapped at a fixed width."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Final, TextIO

WIDTH: Final = 80
"""Whatever the terminal is, so that a transcript reads the same everywhere."""


class Paper:
    """Writes statements. No escape code can pass: control characters become blanks."""

    def __init__(self, stream: TextIO) -> None:
        """`stream` is written to and flushed after every page."""
        self._stream = stream

    def say(self, text: str = "", mark: str = "") -> None:
        """One statement; `mark` (`3.`, `-`) stands before it and later lines are indented under it."""
        lead = f"{mark} " if mark else ""
        lines = textwrap.wrap(harmless(text), WIDTH - len(lead), break_long_words=False, break_on_hyphens=False) or [""]
        self._stream.write((lead + lines[0]).rstrip() + "\n")
        for line in lines[1:]:
            self._stream.write(" " * len(lead) + line + "\n")

    def line(self, text: str) -> None:
        """One statement on one line, however long: a path, a command to copy."""
        self._stream.write(harmless(text) + "\n")
        self._stream.flush()

    def page(self, statements: Iterable[str | tuple[str, str]]) -> None:
        """Statements in order; a pair is a mark and its statement."""
        for statement in statements:
            if isinstance(statement, tuple):
                self.say(statement[1], statement[0])
            else:
                self.say(statement)
        self._stream.flush()

    def prompt(self, text: str) -> None:
        """Text that waits for an answer on the same line."""
        self._stream.write(harmless(text))
        self._stream.flush()

    def flush(self) -> None:
        """Hand everything over now."""
        self._stream.flush()


def harmless(text: str) -> str:
    """The text with control and direction characters as blanks."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)
