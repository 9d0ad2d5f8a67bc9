"""batch: what happens in a game, as names that are counted once a game.

`move:KEY` an order or answer carried out · `kind:ID` whoever ordered it · `branch:KEY#N` how it turned out · `rule:ID`
something that happened by itself · `cause:ID` whatever leg or way it took · `status:VARIABLE=STATUS` where a phase, provision or clause stood · `step:VARIABLE=FROM>TO` how it got there ·
`ending:ID`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sim.rules.state import Event, Orders, State
from sim.rules.tables import Game, Rule


class Footprints:
    """Collects the names of one game after the other."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.games: Counter[str] = Counter()
        self._machines = {machine.var: machine for machine in game.machines}
        self._causes = {rule.id: _cause(rule) for rule in (*game.open_rules, *game.close_rules)}
        self._start = {f"status:{m.name}={m.statuses[game.start[m.var]]}" for m in game.machines}
        self._now = set(self._start)

    def watch(self, state: State, orders: Mapping[str, Orders], events: tuple[Event, ...]) -> None:
        """Hear a round of the present game."""
        for event in events:
            if event.kind == "move":
                branch = self.game.moves[self.game.by_key[event.id]].branches[event.branch]
                self._now.update((f"move:{event.id}", f"kind:{event.id.partition(':')[0]}",
                                  f"branch:{event.id}#{branch.number}"))
            elif event.kind == "rule":
                self._now.update((f"rule:{event.id}", f"cause:{self._causes[event.id]}"))
            for var, before, after in event.changes:
                machine = self._machines.get(var)
                if machine is not None:
                    was, now = machine.statuses[before], machine.statuses[after]
                    self._now.update((f"status:{machine.name}={now}", f"step:{machine.name}={was}>{now}"))

    def close(self, ending: str) -> None:
        """The present game has ended."""
        self._now.add(f"ending:{ending}")
        self.games.update(self._now)
        self._now = set(self._start)


def _cause(rule: Rule) -> str:
    """The author's id; of offers that lapse, the kind of offer."""
    return ".".join(rule.key.split(".")[:2]) if rule.kind == "lapse" else rule.key
