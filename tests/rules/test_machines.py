"""Machines: `transitions` takes every phase, provision and clause step, and its tables are what the rules do."""

from __future__ import annotations

import pytest
import transitions

from sim.policies import playout, policy
from sim.rules import Game, initial
from sim.rules.machines import ImpossibleStep, Situation, build, exported
from sim.rules.tables import AND, EQ, GE, NE, NOT, SET, Machine
from tests.conftest import SCENARIOS
from tests.rules.workshop import Table, game, move

SHIPPED = sorted(p.parent.name for p in SCENARIOS.glob("*/scenario.yaml"))


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> Game:
    """Each shipped scenario."""
    from sim.rules.compile import compile_game
    from sim.scenario.load import load
    return compile_game(load(SCENARIOS / request.param).usable()[1])


def own(table: Machine) -> set[tuple[str, str, str]]:
    """A table's own steps, one source each."""
    return {(rule, source, to) for rule, sources, to in table.steps for source in sources}


def test_every_machine_is_its_exported_table(shipped: Game) -> None:
    """What `transitions` was given is what the tables say: own steps, caused steps, statuses, where it starts."""
    assert shipped.machines
    for table in shipped.machines:
        machine = build(table)
        steps, caused = exported(machine)
        assert steps == own(table), table.name
        assert caused == {(s, to) for to in table.caused for s in table.statuses if s != to}, table.name
        assert tuple(machine.states) == table.statuses
        assert set(machine.events) <= {"advance"}
        assert shipped.statuses[table.var] == table.statuses


def possible(game: Game, cond: int, var: int, status: int) -> bool:
    """Whether a condition can hold while a status variable stands there, all else being free."""
    stack: list[bool | None] = []
    for word in game.conds[cond]:
        if word == NOT:
            top = stack.pop()
            stack.append(None if top is None else not top)
        elif word < 0:
            right, left = stack.pop(), stack.pop()
            decides = word != AND
            stack.append(decides if decides in (left, right) else None if None in (left, right) else not decides)
        else:
            op, x, a, y, _, c = game.atoms[word]
            total = a * status + c
            stack.append(None if x != var or y >= 0 else {GE: total >= 0, EQ: total == 0, NE: total != 0}[op])
    return not stack or stack[0] is not False


def test_tables_are_what_rules_and_moves_do(shipped: Game) -> None:
    """Own steps are the SETs of the machine's own rules, caused steps those of all others; only SET touches a status."""
    rules = (*shipped.open_rules, *shipped.close_rules)
    for number, table in enumerate(shipped.machines):
        mine, others = set(), set()
        for rule in rules:
            for effect in rule.effects:
                if effect.var == table.var:
                    assert effect.kind == SET
                    if rule.machine == number:
                        mine |= {(rule.id, s, table.statuses[effect.a]) for n, s in enumerate(table.statuses)
                                 if n != effect.a and possible(shipped, rule.cond, table.var, n)}
                    else:
                        others.add(table.statuses[effect.a])
        for effect in (e for m in shipped.moves for b in m.branches for e in b.effects if e.var == table.var):
            assert effect.kind == SET
            others.add(table.statuses[effect.a])
        assert mine == own(table), table.name
        assert others == set(table.caused), table.name
        assert {r.id for r in rules if r.machine == number} == {rule for rule, _, _ in table.steps}


def test_every_status_has_one_machine(shipped: Game) -> None:
    """Every variable that has statuses is moved by exactly one machine."""
    assert sorted(m.var for m in shipped.machines) == [n for n, statuses in enumerate(shipped.statuses) if statuses]


# -- a test that replaces the trigger sees play stop


def standing(game: Game, values: tuple[int, ...]) -> dict[str, int]:
    """Where all machines stand."""
    return {m.name: values[m.var] for m in game.machines}


def moved(game: Game, seeds: range) -> set[str]:
    """The machines that moved in some match by personas."""
    easy = policy("persona", explaining=False)
    start = standing(game, initial(game, 0).values)
    found = set()
    for seed in seeds:
        end = standing(game, playout(game, seed, dict.fromkeys(game.seats, easy)).state.values)
        found |= {name for name in start if start[name] != end[name]}
    return found


@pytest.mark.parametrize("what", ["situation", "library"])
def test_without_the_trigger_nothing_moves(first_round: Game, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Phase and provisions of First Round move in ordinary matches and never once the trigger is replaced."""
    assert moved(first_round, range(12)) == {"phase", "free_passage"}
    if what == "situation":
        monkeypatch.setattr(Situation, "_trigger", lambda *_, **__: False)
    else:
        monkeypatch.setattr(transitions.Event, "trigger", lambda *_, **__: False)
    assert moved(first_round, range(12)) == set()


def test_without_the_trigger_a_caused_step_is_impossible(flagship: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tabling a clause goes through its machine as well: replaced, the order cannot be carried out."""
    table = Table(flagship)
    table.put(channel=2)
    monkeypatch.setattr(transitions.Event, "trigger", lambda *_, **__: False)
    with pytest.raises(ImpossibleStep, match="exchange cannot go from absent to tabled"):
        table.close({"armenia": "table.exchange:armenia"})


def test_without_the_trigger_the_flagship_stands_still(flagship: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quiet match without orders: its phase moves, and does not once the trigger is replaced."""
    def phases() -> set[int | str]:
        table = Table(flagship, seed=1)
        seen = set()
        while not table.state.ending:
            seen.add(table["phase"])
            table.close()
        return seen
    assert len(phases()) > 1
    monkeypatch.setattr(Situation, "advance", lambda *_, **__: None)
    monkeypatch.setattr(Situation, "put", lambda _self, _machine, _stands, asked: asked)
    assert len(phases()) == 1


def test_the_first_step_that_holds_is_taken() -> None:
    """In file order, from its sources only; one that does not hold is passed over."""
    compiled = game(phases={"start": "a", "states": {p: {"title": p} for p in "abc"}, "steps": [
        {"to": "c", "from": "b"}, {"to": "b", "from": ["a", "c"], "when": "heat >= 50"},
        {"to": "c", "except": "c", "when": "heat < 50"}]})
    table = Table(compiled)
    seen = []
    for heat in (50, 50, 49, 50, 50):
        table.put(heat=heat)
        table.close()
        seen.append(table["phase"])
    assert seen == ["b", "c", "c", "b", "c"]


def test_games_do_not_share_machines() -> None:
    """Two games that live at once keep their own tables."""
    one = game(phases={"start": "a", "states": {"a": {"title": "A"}, "b": {"title": "B"}}, "steps": [{"to": "b"}]})
    two = game(phases={"start": "a", "states": {"a": {"title": "A"}, "c": {"title": "C"}}, "steps": [{"to": "c"}]},
               moves={"act": move()})
    first, second = Table(one), Table(two)
    first.close()
    second.close()
    assert (first["phase"], second["phase"]) == ("b", "c")
