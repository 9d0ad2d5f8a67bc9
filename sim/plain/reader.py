"""plain: where line mode reads: one command a line, prompted on a terminal, repeated from a pipe."""

from __future__ import annotations

from typing import Final, TextIO

from sim.plain.paper import Paper

LONGEST: Final = 400
"""Characters of a line that count; nothing a person types is longer."""


class Reader:
    """Reads lines. The end of input is None, and stays None."""

    def __init__(self, stream: TextIO, paper: Paper) -> None:
        """`paper` gets the prompt, or from a pipe the line itself, so that a transcript can be followed."""
        self._stream = stream
        self._paper = paper
        self._ended = False
        self.by_hand = stream.isatty()
        """Whether somebody types at a terminal."""

    def line(self) -> str | None:
        """The next line without blanks around it, or None. Raises KeyboardInterrupt at Ctrl-C."""
        if self._ended:
            return None
        if self.by_hand:
            self._paper.prompt("> ")
        else:
            self._paper.flush()
        text = self._stream.readline()
        if not text:
            self._ended = True
            if self.by_hand:
                self._paper.say()
            return None
        text = " ".join(text[:LONGEST].split())
        if not self.by_hand:
            self._paper.say(f"> {text}")
        return text
