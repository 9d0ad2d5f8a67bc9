"""rules: lowering a bound scenario to the integer core. The one place of `rules` that sees `scenario`."""

from sim.rules.compile.lowering import compile_game
from sim.rules.compile.pool import OutOfRange

__all__ = ["OutOfRange", "compile_game"]
