"""Forty matches of the flagship: a build that plays badly fails here; the full tables come from `tests/bench`."""

from __future__ import annotations

import pytest

from sim.policies import policy
from sim.policies.playout import Result, numbered
from sim.rules import Event, Game, State
from sim.rules.compile import compile_game
from sim.scenario.load import Loaded

MATCHES = 40
SETTLED = {"war", "commission_after_withdrawal", "internationalised", "imposed", "commission_in_place"}


def tracked(game: Game, result: Result, name: str) -> int:
    """A track at the end."""
    return result.state.values[game.index[name]]


@pytest.fixture(scope="module")
def personas(flagship: Game) -> list[Result]:
    """The whole clock, played by personas."""
    players = dict.fromkeys(flagship.seats, policy("persona", explaining=False))
    return [numbered(flagship, 2021, n, players) for n in range(MATCHES)]


def share(results: list[Result], *endings: str) -> float:
    """How many of a hundred end so."""
    return 100 * sum(r.ending in endings for r in results) / len(results)


def test_most_matches_stay_unsettled(personas: list[Result]) -> None:
    """65 to 85 % by design; forty matches lie within 45 and 97 %."""
    assert 45 <= 100 - share(personas, *SETTLED) <= 97


def test_war_is_rare(personas: list[Result]) -> None:
    """At most 3 % by design."""
    assert share(personas, "war") <= 8


def test_settlements_happen(personas: list[Result]) -> None:
    """A commission, with or without withdrawal, in some matches; not in most."""
    assert 2 <= share(personas, "commission_after_withdrawal", "commission_in_place") <= 45


def test_fire_is_neither_certain_nor_unheard_of(personas: list[Result], flagship: Game) -> None:
    """25 to 45 % by design; forty matches lie within 8 and 65 %, and death is rarer than fire."""
    fire = sum(tracked(flagship, r, "severity") >= 2 for r in personas)
    dead = sum(tracked(flagship, r, "deaths") > 0 for r in personas)
    assert 8 <= 100 * fire / MATCHES <= 65
    assert dead <= fire


def test_the_ending_varies(personas: list[Result]) -> None:
    """No ending takes more than three matches in four, and at least four different ones occur."""
    endings = {r.ending for r in personas}
    assert len(endings) >= 4
    assert max(share(personas, e) for e in endings) <= 75


def test_no_seat_is_hopeless_or_sure(personas: list[Result], flagship: Game) -> None:
    """Mean scores by personas lie between 25 and 80 in every seat."""
    for n, seat in enumerate(flagship.seats):
        mean = sum(r.scores[n] for r in personas) / len(personas) / 100
        assert 25 <= mean <= 80, seat


def test_the_vote_rarely_finds_a_settlement(loaded_flagship: Loaded) -> None:
    """Thirteen rounds of three days are short: nine matches in ten end frozen, managed, faded or in a truce."""
    game = compile_game(loaded_flagship.usable()[1], "election")
    players = dict.fromkeys(game.seats, policy("persona", explaining=False))
    results = [numbered(game, 2021, n, players) for n in range(MATCHES)]
    assert share(results, *SETTLED) <= 15
    assert all(r.rounds == 13 for r in results if r.ending not in SETTLED)


def test_personas_act(flagship: Game) -> None:
    """Seats use their turns: over a match every seat gives orders, answers what it is asked, and speaks in most rounds."""
    played: dict[str, int] = dict.fromkeys(flagship.seats, 0)
    answered = 0

    def watch(_state: State, orders: object, events: tuple[Event, ...]) -> None:
        nonlocal answered
        for event in events:
            if event.kind == "move":
                move = flagship.moves[flagship.by_key[event.id]]
                answered += move.question >= 0
                played[flagship.seats[move.seat]] += move.question < 0

    for n in range(3):
        numbered(flagship, 5, n, dict.fromkeys(flagship.seats, policy("persona", explaining=False)), watch)
    assert answered > 30
    assert min(played.values()) > 39
