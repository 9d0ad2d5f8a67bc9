"""Keyed chance: pinned vectors, and the promise that adding a die moves no other (F4)."""

from __future__ import annotations

import pytest

from sim.policies import playout, policy
from sim.rules import Game, Keyed
from sim.rules.chance import below, draw, key, mix, playout_seed, site
from sim.rules.compile import compile_game
from sim.rules.state import Event
from sim.scenario.load import Loaded, load_files
from tests.rules.workshop import game, move

POLISH = "  polish: {title: Polish a lamp, by: parties, tier: statements, group: press, change: {tension: 1}}\n"


def test_keys_are_the_published_splitmix64_sequence() -> None:
    """Seed 1234567 gives the numbers that reference implementations of SplitMix64 print."""
    assert [key(1234567, n) for n in range(5)] == [
        6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821]


@pytest.mark.parametrize(("value", "mixed"), [
    (0, 0), (1, 0x5692161D100B05E5), ((1 << 64) - 1, 0xB4D055FCF2CBBD7B),
])
def test_mix_is_pinned(value: int, mixed: int) -> None:
    """The finaliser never changes: saves and published results rest on it."""
    assert mix(value) == mixed


def test_sites_and_draws_are_pinned() -> None:
    """A site is a hash of kind and author's ids; a draw depends on seed, round and site alone."""
    assert site("rule", "rumour") == 11585498478742542805
    assert site("pick", "velmora", 1) == 17006685688953181159
    assert draw(7, 0, site("rule", "rumour")) == 16272595801707892290
    assert draw(7, 1, site("rule", "rumour")) != draw(7, 0, site("rule", "rumour"))
    assert playout_seed(7, 3) == 11432644965054245628
    assert site("a", "b", "c") != site("a", "bc")


def test_rounds_are_counted_from_zero_inside_and_from_one_outside() -> None:
    """`Keyed` takes the author's round, `draw` the core's."""
    where = site("rule", "rumour")
    assert Keyed(7, 1).bits(where) == draw(7, 0, where)


def test_below_spreads_the_high_half_evenly() -> None:
    """0..count-1 in order of the high 32 bits; the low half does not matter."""
    assert [below(h << 32, 3) for h in (0, 0x55555555, 0x55555556, 0xAAAAAAAA, 0xAAAAAAAB, 0xFFFFFFFF)] \
        == [0, 0, 1, 1, 2, 2]
    assert below((1 << 32) - 1, 6) == 0


def _dice(compiled: Game) -> dict[str, int]:
    """Every die of a game by the author's name for it."""
    found = {f"move {m.key}": m.site for m in compiled.moves}
    found |= {f"question {q.seat} {q.id}": q.site for q in compiled.questions}
    rules = (*compiled.open_rules, *compiled.close_rules)
    found |= {f"rule {r.id}": r.site for r in rules}
    for owner, branches in [*((m.key, [b.effects for b in m.branches]) for m in compiled.moves),
                            *((r.id, [r.effects]) for r in rules)]:
        found |= {f"uniform {owner} {n} {compiled.names[e.var]}": e.site
                  for n, effects in enumerate(branches) for e in effects if e.site}
    return found


def with_polish(loaded: Loaded, weight: int) -> Game:
    """First Round with one more move, which stands before all others."""
    text = loaded.files["scenario.yaml"].replace("moves:\n", "moves:\n" + POLISH, 1)
    text = text.replace("weights: {protest:", f"weights: {{polish: {weight}, protest:")
    return compile_game(load_files({"scenario.yaml": text}, "polished").usable()[1])


def test_a_new_move_leaves_every_other_die_where_it_was(first_round: Game, loaded_first_round: Loaded) -> None:
    """The sites of all that was there before are the same; only new ones are added."""
    before, after = _dice(first_round), _dice(with_polish(loaded_first_round, 0))
    assert len(after) == len(before) + 2
    assert {name: after[name] for name in before} == before


def _played(compiled: Game, seed: int) -> list[tuple[object, ...]]:
    log: list[tuple[object, ...]] = []
    easy = policy("persona", explaining=False)

    def watch(state: object, orders: object, events: tuple[Event, ...]) -> None:
        log.extend((e.kind, e.round, e.id, e.branch, e.roll, tuple((compiled.names[v], a, b) for v, a, b in e.changes))
                   for e in events)

    playout(compiled, seed, dict.fromkeys(compiled.seats, easy), watch)
    return log


def test_a_move_that_nobody_wants_changes_no_match(first_round: Game, loaded_first_round: Loaded) -> None:
    """Whole persona matches with an unrelated move of no weight are the same, event by event."""
    polished = with_polish(loaded_first_round, 0)
    for seed in range(25):
        assert _played(polished, seed) == _played(first_round, seed)


def test_a_move_that_is_played_leaves_unrelated_dice_alone(first_round: Game, loaded_first_round: Loaded) -> None:
    """Even where the new move is chosen, whatever happens in both matches was decided by the same roll."""
    polished = with_polish(loaded_first_round, 12)
    chosen = compared = 0
    for seed in range(200):
        old = {(e[0], e[1], e[2]): e[4] for e in _played(first_round, seed) if e[4] != -1}
        new = _played(polished, seed)
        chosen += any(str(e[2]).startswith("polish") for e in new)
        for event in new:
            if event[4] != -1 and event[:3] in old:
                compared += 1
                assert old[event[:3]] == event[4]
    assert chosen > 80
    assert compared > 8


def test_equal_dice_are_a_compile_error() -> None:
    """Two things that would share a die are refused, never silently tied together."""
    twice = game(rules={"a": {"chance": "even", "change": {"heat": 1}}, "b": {"chance": "even", "change": {"heat": 1}}})
    sites = list(_dice(twice).values())
    assert len(sites) == len(set(sites))


def test_seeds_are_taken_in_64_bits(first_round: Game) -> None:
    """A negative or huge seed names a match too, the one of its low 64 bits."""
    assert _played(first_round, -1) == _played(first_round, (1 << 64) - 1) == _played(first_round, (1 << 70) - 1)


def test_a_move_is_one_die_per_addressee() -> None:
    """The same move to another actor throws its own die."""
    compiled = game(moves={"nudge": move(to="seats", branches=[{"chance": "even", "change": {"heat": 1}}])})
    assert len({m.site for m in compiled.moves}) == len(compiled.moves) == 6
