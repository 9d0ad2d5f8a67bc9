"""plain: line mode, the whole game as statements on lines, for a pipe, a screen reader or a bare terminal.

`play(desk, paper, reader)` follows one person's lines until the input ends.
"""

from sim.plain.entrance import choose_leg, choose_seat
from sim.plain.paper import Paper
from sim.plain.reader import Reader
from sim.plain.session import Session, play

__all__ = ["Paper", "Reader", "Session", "choose_leg", "choose_seat", "play"]
