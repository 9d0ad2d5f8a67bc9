"""Secrets (F6): two states equal in a seat's view are the same to that seat, and logs tell no more than views."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.policies import policy
from sim.rules import CONTROL, PUBLIC, Event, Game, Keyed, Orders, State, legal_moves, masked, redact, refuse, view
from sim.rules.views import sees
from tests.rules.walks import anywhere, walk
from tests.rules.workshop import actor, game, loaded, move

SEEDS = st.integers(0, 1 << 40)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
POLICIES = [policy(name) for name in ("persona", "one-ply", "random")]


def disguised(game: Game, state: State, viewer: str, dice: Random) -> State:
    """The same state with everything that the viewer does not see drawn anew within its bounds."""
    return replace(state, values=tuple(
        x if sees(game, viewer, n) else dice.randint(game.lo[n], game.hi[n]) for n, x in enumerate(state.values)))


def _same_to(game: Game, seat: str, one: State, other: State) -> None:
    assert view(game, one, seat) == view(game, other, seat)
    assert legal_moves(game, one, seat) == legal_moves(game, other, seat)
    for m in game.moves:
        if m.seat == game.number(seat):
            assert refuse(game, one, seat, Orders((m.key,))) == refuse(game, other, seat, Orders((m.key,)))
    luck = Keyed(one.seed, one.round)
    for each in POLICIES:
        assert each.choose(game, view(game, one, seat), seat, luck) == each.choose(game, view(game, other, seat), seat, luck)


@settings(max_examples=25, deadline=None, suppress_health_check=QUIET)
@given(seed=SEEDS)
def test_a_seat_cannot_tell_states_apart_in_first_round(first_round: Game, seed: int) -> None:
    """Menu, refusals, and the choices with reasons of every policy are equal on states equal in the seat's view."""
    dice = Random(seed)
    state = anywhere(first_round, dice)
    for seat in first_round.seats:
        _same_to(first_round, seat, state, disguised(first_round, state, seat, dice))


@settings(max_examples=5, deadline=None, suppress_health_check=QUIET)
@given(seed=SEEDS)
def test_a_seat_cannot_tell_states_apart_in_the_flagship(flagship: Game, seed: int) -> None:
    """The same for five seats with some forty secrets each."""
    dice = Random(seed)
    state = anywhere(flagship, dice)
    for seat in flagship.seats:
        for _ in range(2):
            _same_to(flagship, seat, state, disguised(flagship, state, seat, dice))


def _viewers(game: Game) -> tuple[str, ...]:
    return (*game.seats, PUBLIC, CONTROL)


@pytest.mark.parametrize("name", ["first_round", "flagship"])
def test_a_redacted_log_folds_to_the_view(name: str, request: pytest.FixtureRequest) -> None:
    """For every viewer, after every event: what the log told equals what the view shows, no more and no less."""
    game: Game = request.getfixturevalue(name)
    for seed in range(3):
        for state, _, events in walk(game, Random(seed)):
            for viewer in _viewers(game):
                truth, known = list(state.values), list(masked(game, state.values, viewer))
                for event in events:
                    for var, _, after in event.changes:
                        truth[var] = after
                    told = redact(game, event, viewer)
                    for var, before, after in told.changes if told else ():
                        assert known[var] == before
                        known[var] = after
                assert tuple(known) == masked(game, tuple(truth), viewer)


@settings(max_examples=10, deadline=None, suppress_health_check=QUIET)
@given(seed=SEEDS)
def test_a_redacted_log_does_not_depend_on_what_is_hidden(flagship: Game, seed: int) -> None:
    """Change, add or drop hidden changes of any event, and what a viewer hears of it stays the same."""
    dice = Random(seed)
    for _, _, events in list(walk(flagship, dice))[::8]:
        for event in events:
            for viewer in _viewers(flagship)[:-1]:
                hidden = [n for n in range(len(flagship.names)) if not sees(flagship, viewer, n)]
                changes = [c for c in event.changes if sees(flagship, viewer, c[0])]
                for n in dice.sample(hidden, 3):
                    changes.insert(dice.randint(0, len(changes)), (n, dice.randint(0, 9), dice.randint(0, 9)))
                other = redact(flagship, event._replace(changes=tuple(changes)), viewer)
                assert other == redact(flagship, event, viewer)


def test_control_hears_everything(flagship: Game) -> None:
    """Nothing is taken from its log or its view."""
    for state, _, events in list(walk(flagship, Random(2)))[:5]:
        assert [redact(flagship, e, CONTROL) for e in events] == list(events)
        assert view(flagship, state, CONTROL).values == state.values
        assert all(view(flagship, state, CONTROL).visible)


def test_hidden_values_stand_at_their_estimate() -> None:
    """An estimate that the author states, else the start; own secrets are seen in full."""
    compiled = game(tracks={"north.plan": {"start": 30, "seen": "own", "estimate": 55},
                            "south.plan": {"start": 40, "seen": "own"}})
    from tests.rules.workshop import Table
    table = Table(compiled)
    table.put(north__plan=80, south__plan=90)
    plans = {who: [view(compiled, table.state, who).values[compiled.index[f"{of}.plan"]] for of in ("north", "south")]
             for who in ("north", "south", "east", PUBLIC, CONTROL)}
    assert plans == {"north": [80, 40], "south": [55, 90], "east": [55, 40], PUBLIC: [55, 40], CONTROL: [80, 90]}


# -- who hears of a move

SEEN = {
    "open": move(by="north", to="south"), "quiet": move(by="north", to="south", seen="parties"),
    "dark": move(by="north", to="south", seen="secret"), "listed": move(by="north", seen=["east"]),
    "alone": move(by="east", seen="parties"),
}


@pytest.mark.parametrize(("key", "hear"), [
    ("open:north>south", {"north", "south", "east", PUBLIC, CONTROL}),
    ("quiet:north>south", {"north", "south", CONTROL}),
    ("dark:north>south", {"north", CONTROL}),
    ("listed:north", {"north", "east", CONTROL}),
    ("alone:east", {"north", "south", "east", CONTROL}),
])
def test_who_hears_of_a_move(key: str, hear: set[str]) -> None:
    """Public moves are everybody's; others those concerned; a secret one is its seat's alone."""
    compiled = game(moves=SEEN)
    event = Event("move", 1, key, 0)
    assert {who for who in _viewers(compiled) if redact(compiled, event, who)} == hear


def test_a_move_out_of_sight_leaves_what_it_changed_in_sight() -> None:
    """Who does not hear of it hears only of the change: no name, no branch, no roll; and nothing if all is hidden."""
    compiled = game(tracks={"north.plan": {"seen": "own"}},
                    moves={"dark": move(by="north", seen="secret", change={"heat": 3, "north.plan": 5}),
                           "darker": move(by="north", seen="secret", change={"north.plan": 5})})
    heat, plan = compiled.index["heat"], compiled.index["north.plan"]
    event = Event("move", 1, "dark:north", 0, 77, ((heat, 50, 53), (plan, 0, 5)))
    assert redact(compiled, event, "south") == Event("unseen", 1, "", changes=((heat, 50, 53),))
    assert redact(compiled, event, "north") == event
    assert redact(compiled, Event("move", 1, "darker:north", 0, -1, ((plan, 0, 5),)), PUBLIC) is None


def test_only_the_seat_itself_hears_that_its_order_was_overtaken() -> None:
    """What was ordered and not carried out stays between the seat and control."""
    compiled = game(moves=SEEN)
    event = Event("overtaken", 1, "open:north>south")
    assert {who for who in _viewers(compiled) if redact(compiled, event, who)} == {"north", CONTROL}


def test_a_die_that_rests_on_a_secret_is_controls_alone() -> None:
    """The roll would tell which hidden condition held; where all conditions are seen, it is told."""
    branches = [{"when": "north.plan > 5", "chance": "even", "change": {"heat": 1}},
                {"chance": "even", "change": {"heat": 2}}, {"change": {"heat": 3}}]
    compiled = game(tracks={"north.plan": {"seen": "own"}}, moves={"act": move(branches=branches)})
    event = Event("move", 1, "act:south", 1, 500, ((compiled.index["heat"], 50, 52),))
    rolls = {who: told.roll for who in _viewers(compiled) if (told := redact(compiled, event, who))}
    assert rolls == {"north": 500, "south": -1, "east": -1, PUBLIC: -1, CONTROL: 500}


def test_how_often_a_secret_move_was_played_is_secret() -> None:
    """Its counter is its seat's own; another seat's guard that asks for it is reported."""
    sections: dict[str, Any] = {"moves": {
        "dark": move(by="north", seen="secret", times=3), "answer": move(by="south", when="played(dark)")}}
    found = loaded(**sections)
    assert [d.code for d in found.errors] == ["V001"]
    sections["moves"]["answer"].pop("when")
    compiled = game(**sections)
    counter = compiled.index["played.dark.north"]
    assert [who for who in _viewers(compiled) if sees(compiled, who, counter)] == ["north", CONTROL]


# -- a guard that reads a secret is reported


@pytest.mark.parametrize("when", ["north.plan > 5", "plotting", "heat > 3 or not plotting", "lit", "target.plan > 2"])
def test_a_guard_that_reads_a_hidden_track_is_reported(when: str) -> None:
    """V001, also through a defined name, a flag, or the addressee's own secret."""
    found = loaded(tracks={"north.plan": {"seen": "own"}, "south.plan": {"seen": "own"}},
                   flags={"lit": {"seen": ["north"]}}, define={"plotting": "north.plan > 5"},
                   moves={"act": move(by="south", to="north", when=when)})
    assert {d.code for d in found.errors} == {"V001"}
    assert all(d.span and "when:" in found.files["scenario.yaml"].split("\n")[d.span.line - 1] for d in found.errors)


def test_other_guards_that_read_a_hidden_track_are_reported_too() -> None:
    """Answers to offers, the room of the draft, a persona's factors (V002)."""
    tracks = {"north.plan": {"seen": "own"}}
    answered = loaded(tracks=tracks, moves={"ask": move(by="north", to="south", opens="talks")},
                      offers={"talks": {"title": "T", "accept": {"when": "north.plan > 5"}}})
    assert {d.code for d in answered.errors} == {"V001"}
    drafted = loaded(
        tracks=tracks, clauses={"line": {"part": "one", "parties": ["north", "south"], "text": "T"}},
        draft={"parts": {"one": {"title": "One"}}, "signatories": ["north", "south"], "tabled_by": "parties",
               "room": "north.plan > 5"})
    assert {d.code for d in drafted.errors} == {"V001"}
    factor = {"weights": {"wait": 1}, "factors": [{"of": "wait", "when": "north.plan > 5", "times": 2}]}
    swayed = loaded(tracks=tracks, actors={"north": actor("NOR"), "south": actor("SOU", policy=factor)},
                    groups={"parties": ["north", "south"]})
    assert {d.code for d in swayed.errors} == {"V002"}


def test_own_secrets_may_be_read() -> None:
    """A seat's guard may rest on what it alone sees."""
    found = loaded(tracks={"north.plan": {"seen": "own"}}, moves={"act": move(by="north", when="actor.plan >= 0")})
    assert not found.errors
