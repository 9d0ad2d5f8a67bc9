"""scenario: a problem of a text as its reader found it, before it is told with its line."""

from __future__ import annotations

from typing import Final, NamedTuple

QUOTE: Final = "put the whole text in quotation marks, or write it on the lines below a `|`"


class Trouble(NamedTuple):
    """A problem of the text between the offsets `start` and `end`."""

    code: str
    message: str
    start: int
    end: int
    help: str
    fix: str = ""
    """What its edits do, if they are sure."""
    edits: tuple[tuple[int, int, str], ...] = ()
    """Each with two offsets of one line and what is to stand between them."""
