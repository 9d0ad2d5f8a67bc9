"""What every scenario must pass: shipped ones, and any path given as `--scenario PATH`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from sim.play import Match
from sim.policies import NAMES, playout
from sim.policies.playout import numbered
from sim.rules import PUBLIC, Game, masked, redact, score
from sim.rules.machines import build, exported
from sim.rules.views import sees
from tests.conformance.conftest import Conforming
from tests.rules.test_views import _same_to, disguised
from tests.rules.walks import anywhere, walk

ROOT = Path(__file__).parents[2]


def test_it_loads_without_errors_or_warnings(conforming: Conforming) -> None:
    """`detente check --strict` has nothing to say, dossiers included."""
    assert [d.render(None) for d in conforming.check()] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_ends_within_its_clock(conforming: Conforming, name: str) -> None:
    """By whatever policy it is played; scores stay within 0..10,000 and values within bounds."""
    game = conforming.game
    known = {ending.id for ending in game.endings}
    for n in range(conforming.few):
        result = numbered(game, 1, n, conforming.players(name))
        assert result.ending in known
        assert 1 <= result.rounds <= game.rounds
        assert all(0 <= s <= 10_000 for s in result.scores)
        assert all(lo <= x <= hi for lo, x, hi in zip(game.lo, result.state.values, game.hi, strict=True))


def test_every_leg_can_be_the_end(conforming: Conforming) -> None:
    """`--until LEG` ends with that leg's last round at the latest."""
    from sim.rules.compile import compile_game

    scenario, bound = conforming.loaded.usable()
    rounds = 0
    for leg, it in scenario.clock.legs.items():
        rounds += it.rounds
        game = compile_game(bound, leg)
        assert game.rounds == rounds
        assert playout(game, 1, conforming.players("random")).rounds <= rounds


def _read_by(game: Game, cond: int) -> set[int]:
    atoms = [game.atoms[k] for k in game.conds[cond] if k >= 0]
    return {n for a in atoms for n in (a.x, a.y) if n >= 0}


def test_every_guard_reads_only_what_its_seat_sees(conforming: Conforming) -> None:
    """Read from the compiled tables: guards of moves and factors of personas, for each seat."""
    game = conforming.game
    for move in game.moves:
        seat = game.seats[move.seat]
        hidden = [game.names[n] for n in _read_by(game, move.cond) if not sees(game, seat, n)]
        assert not hidden, (move.key, hidden)
    for personas in game.personas.values():
        for seat, persona in zip(game.seats, personas, strict=True):
            weights = (*persona.moves.values(), *persona.leaving.values())
            hidden = [game.names[n] for w in weights for c, _ in w.factors for n in _read_by(game, c)
                      if not sees(game, seat, n)]
            assert not hidden, (seat, hidden)


def test_goals_sum_to_a_hundred(conforming: Conforming) -> None:
    """For every seat; so the best score is 10,000 and the worst 0."""
    game = conforming.game
    for n in range(len(game.seats)):
        assert sum(goal.weight for goal in game.goals if goal.seat == n) == 100
        assert 0 <= score(game, game.start, n) <= 10_000


def test_seats_have_what_a_seat_needs(conforming: Conforming) -> None:
    """A brief with a public and a confidential part, attention, a persona, and something to order at the opening."""
    from sim.rules import fold, initial, legal_moves, open_round

    scenario = conforming.loaded.usable()[0]
    game = conforming.game
    state = initial(game, 1)
    state = fold(state, open_round(game, state))
    for seat in game.seats:
        assert scenario.actors[seat].brief
        assert scenario.actors[seat].policy is not None
        assert [m for m in legal_moves(game, state, seat) if m.question < 0]


def test_machines_are_their_tables(conforming: Conforming) -> None:
    """Every phase, provision and clause machine, step by step."""
    for table in conforming.game.machines:
        own, caused = exported(build(table))
        assert own == {(rule, s, to) for rule, sources, to in table.steps for s in sources}
        assert caused == {(s, to) for to in table.caused for s in table.statuses if s != to}


def test_no_leak_between_seats(conforming: Conforming) -> None:
    """States equal in a seat's view give it equal menus, refusals and choices; a redacted log folds to the view."""
    dice = Random(17)
    game = conforming.game
    for _ in range(2):
        state = anywhere(game, dice)
        for seat in game.seats:
            _same_to(game, seat, state, disguised(game, state, seat, dice))
    for state, _, events in walk(game, dice):
        for viewer in (*game.seats, PUBLIC):
            truth, known = list(state.values), list(masked(game, state.values, viewer))
            for event in events:
                for var, _, after in event.changes:
                    truth[var] = after
                told = redact(game, event, viewer)
                for var, _, after in told.changes if told else ():
                    known[var] = after
            assert tuple(known) == masked(game, tuple(truth), viewer)


def test_a_save_is_the_match(conforming: Conforming, tmp_path: Path) -> None:
    """`load(save(m)) == m` in the middle and at the end; what is played on after loading is the same match."""
    match = Match.new(conforming.loaded, seed=21, level="easy")
    players = {"persona": next(iter(conforming.players("persona").values()))}
    for _ in range(3):
        match.resolve(match.choose(players))
    match.save(tmp_path / "early.detente")
    match.close()
    with Match.load(tmp_path / "early.detente") as again:
        assert again == match
        while not match.ended:
            match.resolve(match.choose(players))
            again.resolve(again.choose(players))
        assert again == match
        assert again.state == match.state
    with Match.load(tmp_path / "early.detente") as ended:
        assert ended == match
        assert ended.ended


TELL = """
import hashlib, sys
from pathlib import Path
from sim.policies import playout, policy
from sim.rules.compile import compile_game
from sim.rules.fingerprint import fingerprint
from sim.scenario.load import load
game = compile_game(load(Path(sys.argv[1]), "it").usable()[1])
print(fingerprint(game))
for name in ("persona", "one-ply", "random"):
    log = hashlib.sha256()
    def watch(state, orders, events):
        log.update(repr((state.round, sorted((s, o.moves) for s, o in orders.items()), events)).encode())
    result = playout(game, 77, dict.fromkeys(game.seats, policy(name, explaining=False)), watch)
    print(name, result.ending, result.scores, log.hexdigest())
"""


def test_it_is_the_same_in_every_process(conforming: Conforming) -> None:
    """Fingerprint and matches of one seed do not depend on the order in which a process hashes its words."""
    running = [subprocess.Popen(
        [sys.executable, "-c", TELL, str(conforming.path.resolve())], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)})
        for seed in ("1", "4242")]
    told = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    assert told[0][0] == told[1][0]
    assert len(told[0][0].splitlines()) == 4
