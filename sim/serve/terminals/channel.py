"""serve: one terminal at the other end of a connection: what a session writes to, and why a connection is ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

WIDEST: Final = 240
HIGHEST: Final = 80
"""What a client may ask for: memory and time of an app grow with its screen."""
NARROWEST: Final = 20
LOWEST: Final = 6
ENTER: Final = "\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h\x1b[?25l\x1b[?2004h"
"""Alternate screen, mouse, no cursor, bracketed paste."""
LEAVE: Final = "\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?25h\x1b[?1049l"
HIGH_WATER: Final = 256 * 1024
"""Bytes that may wait for a slow client; above them frames are dropped, and the newest is painted once it has drained."""


class Closing(IntEnum):
    """Why the host ends a connection; the codes of the websocket, which the page and `detente join` know."""

    LEFT = 4000
    """The person left, or the facilitator sent the member away."""
    TAKEN = 4001
    """The seat was opened in a newer tab or terminal."""
    BROKEN = 4002
    """The app failed again and again."""
    HOST_ENDS = 4003
    """The host is going down; everything is saved."""
    MOVED = 4004
    """The facilitator changed what the person may see: the page opens anew."""


SENTENCES: Final = {
    Closing.LEFT: "You have left. Your seat is kept; open it again whenever you like.",
    Closing.TAKEN: "This seat was opened in another tab or terminal, which goes on with it.",
    Closing.BROKEN: "This screen failed several times. Use the text page, and tell your teacher.",
    Closing.HOST_ENDS: "The host has ended. Everything is saved.",
    Closing.MOVED: "The facilitator has changed your place. This page opens anew.",
}


@dataclass(frozen=True, slots=True)
class Size:
    """Columns and rows of a client's terminal, always within what an app can bear."""

    width: int = 80
    height: int = 24

    @classmethod
    def of(cls, width: object, height: object) -> Size:
        """The nearest possible size; 80×24 for what is no number."""
        return cls(_between(width, NARROWEST, WIDEST, 80), _between(height, LOWEST, HIGHEST, 24))


class Channel(Protocol):
    """A connected terminal. It never blocks: what cannot be sent at once waits."""

    @property
    def backlog(self) -> int:
        """Bytes that wait."""
        ...

    def write(self, data: bytes) -> None:
        """Send bytes for the terminal."""
        ...

    def tell(self, kind: str, value: object) -> None:
        """Send something that is not for the screen: an address to open, a file to fetch."""
        ...

    def close(self, why: Closing) -> None:
        """End the connection."""
        ...


def _between(value: object, low: int, high: int, otherwise: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return otherwise
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return otherwise
    return max(low, min(high, number))
