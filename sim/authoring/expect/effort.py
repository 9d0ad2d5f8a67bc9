"""authoring: how much is done for promises that nothing decides, and about how long a retest will take."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from sim.batch.tally import FEWEST, tallying
from sim.rules.fingerprint import fingerprint
from sim.scenario.promises import Often

if TYPE_CHECKING:
    from sim.authoring.expect.clock import Clock

WHOLE_BUDGET = 60.0
"""Seconds for which the following are meant; with another budget they grow or shrink with it."""
MOST_GAMES = 2_000
"""Games of one player: what they leave open lies so near its bound that more would hardly decide it."""
TRIES, LOOKING = {True: 8, False: 24}, {True: 5.0, False: 20.0}
"""Directed searches for one thing, and seconds of search, whichever takes longer: True for what breaks a promise, of
which fewer are enough, since whoever promises that nothing happens does not wait for it to be met."""
MET_BY = 5
"""Games that pass, or as much search, until something that can happen is met: a guess from the shipped scenarios."""
A_SEARCH = 20
"""Games that a directed search costs, about."""


def foreseen(clock: Clock, jobs: int, patience: float, games: dict[tuple[str, str, int], Any]) -> float:
    """About how many seconds the search of a clock will take; it plays one game to see how long that takes.

    `patience` is its part of `WHOLE_BUDGET`; `games` are those that an earlier run left.
    """
    if not clock.open:
        return 0.0
    game = 0.0
    if (fingerprint(clock.game), "persona", clock.seed) not in games:
        began = monotonic()
        tallying(clock.game, "persona", clock.seed, 0, 1, frozenset(), lambda: True)
        game = monotonic() - began
    many = 0.0
    for promise, it in clock.open.items():
        if not it.search:
            many = max(many, _games(promise.says))
    sought = [it for _, it in clock.missing()]
    met = sum(not it.breaks for it in sought)
    never = max((max(LOOKING[True], A_SEARCH * TRIES[True] * game / jobs) for it in sought if it.breaks), default=0.0)
    return (min(many, MOST_GAMES * patience) + met * MET_BY) * game / jobs + never * patience


def _games(says: object) -> float:
    """Games until a promise about them is decided, unless it stands near its bound."""
    if not isinstance(says, Often):
        return 2 * FEWEST
    # one bound near 0 or 1, and never or always met: some 6 / bound games
    near = min(bound for bound in (says.most, 1 - says.least) if bound > 0)
    return max(2.0 * FEWEST, 6 / near)
