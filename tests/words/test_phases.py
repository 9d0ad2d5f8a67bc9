"""The state diagram: the scenario's own table of steps, the way so far, and nothing that a viewer may not see."""

from __future__ import annotations

import pytest

from sim.rules import CONTROL, PUBLIC
from sim.rules.views import sees
from sim.scenario.conditions import names as read_by
from sim.scenario.load import Loaded
from sim.words import describe
from sim.words.desk import Desk
from sim.words.models import PhaseDiagram
from tests.words.seats import by_lot, desk_of, match_of


def table(loaded: Loaded) -> list[tuple[str, str]]:
    """From where to where, in the author's order, read from what the author wrote."""
    phases = loaded.usable()[0].phases
    assert phases is not None
    out = []
    for step in phases.steps:
        wanted = step.from_ if step.from_ is not None else list(phases.states)
        sources = [wanted] if isinstance(wanted, str) else wanted
        barred = [step.except_] if isinstance(step.except_, str) else step.except_ or []
        out += [(source, step.to) for source in sources if source not in barred and source != step.to]
    return out


def drawn(diagram: PhaseDiagram) -> list[tuple[str, str]]:
    """From where to where, as the diagram has it."""
    return [(node.id, step.to) for node in diagram.nodes for step in node.steps if not step.brought]


def test_the_diagram_is_the_scenario_s_table(loaded_flagship: Loaded, loaded_first_round: Loaded) -> None:
    """Every phase and every step of the file is there, each phase's steps in the author's order, and no other."""
    for loaded in (loaded_flagship, loaded_first_round):
        diagram = Desk(match_of(loaded), PUBLIC, {}).phases()
        phases = loaded.usable()[0].phases
        assert phases is not None
        assert [node.id for node in diagram.nodes] == list(phases.states)
        written = table(loaded)
        assert sorted(drawn(diagram)) == sorted(written)
        for node in diagram.nodes:
            assert [to for source, to in drawn(diagram) if source == node.id] == [
                to for source, to in written if source == node.id]


def test_the_way_so_far_is_what_each_round_opened_in(loaded_flagship: Loaded) -> None:
    """The stays cover all rounds without a gap, each in the phase that the round's situation tells."""
    match = match_of(loaded_flagship, seed=4)
    for _ in range(9):
        by_lot(match)
    desk = Desk(match, "france", {})
    diagram = desk.phases()
    assert diagram.current is not None
    told = {}
    for visit in diagram.path:
        told.update(dict.fromkeys(range(visit.first, visit.last + 1), visit.title))
    then = {n: desk.situation_at(n) for n in range(1, match.round + 1)}
    assert told == {n: now.phase for n, now in then.items() if now is not None}
    assert {n for node in diagram.nodes for n in node.rounds} == set(told)
    assert diagram.path[-1].title == diagram.current.title


def test_a_step_that_is_due_is_taken_at_the_close(loaded_first_round: Loaded) -> None:
    """Where all that a step asks holds, it is due; the round closes, it is taken, and the diagram says it is new."""
    desk = desk_of(loaded_first_round, "velmora")
    assert not any(step.due for step in desk.phases().open)
    desk.match.control("A scare", {"tension": 90})
    due = [step for step in desk.phases().open if step.due]
    assert [step.to for step in due] == ["alarm"]
    assert [(need.text, need.now, need.holds) for need in due[0].needs] == [("tension is 75 or more", "now 90", True)]
    desk.resolve()
    now = desk.phases()
    assert now.current is not None
    assert (now.current.id, now.entered) == ("alarm", True)
    assert [visit.id for visit in now.path] == ["quarrel", "alarm"]


def test_what_does_not_hold_tells_today_s_value(loaded_first_round: Loaded) -> None:
    """A need that fails names what is asked and what is so today."""
    desk = desk_of(loaded_first_round, "velmora")
    alarm = next(step for step in desk.phases().open if step.to == "alarm")
    assert [(need.text, need.now, need.holds) for need in alarm.needs] == [("tension is 75 or more", "now 50", False)]


@pytest.mark.parametrize("viewer", ["armenia", "russia", PUBLIC])
def test_a_need_that_reads_something_hidden_is_not_told(loaded_flagship: Loaded, viewer: str) -> None:
    """What a viewer does not see is neither named nor tested: the step only says that it asks more; control reads all."""
    match = match_of(loaded_flagship)
    bound = loaded_flagship.usable()[1]
    rules = {rule.id: rule for rule in bound.close_rules}
    steps = next(machine for machine in bound.machines if machine.kind == "phase").steps
    diagram, whole = Desk(match, viewer, {}).phases(), Desk(match, CONTROL, {}).phases()
    index = match.game.index
    for node, full in zip(diagram.nodes, whole.nodes, strict=True):
        rule_ids = [rule for rule, sources, _ in steps if node.id in sources]
        for rule, step, known in zip(rule_ids, node.steps, full.steps, strict=True):
            read = read_by(rules[rule].when)
            hidden = [name for name in read if name in index and not sees(match.game, viewer, index[name])]
            assert step.unseen == bool(hidden), (node.id, step.to)
            assert not known.unseen
            assert {need.text for need in step.needs} <= {need.text for need in known.needs}
            assert not step.unseen or len(step.needs) < len(known.needs)


def test_states_equal_in_a_view_give_equal_diagrams(loaded_flagship: Loaded) -> None:
    """Two matches that differ in everything Yerevan does not see draw the same diagram at its desk."""
    drawings = []
    for high in (False, True):
        match = match_of(loaded_flagship, seed=5)
        for _ in range(3):
            by_lot(match)
        game = match.game
        hidden = [n for n, name in enumerate(game.names) if not sees(game, "armenia", n)]
        match.control("A quiet day", {game.names[n]: game.hi[n] if high else game.lo[n] for n in hidden})
        drawings.append(Desk(match, "armenia", {}).phases())
    assert drawings[0] == drawings[1]


def test_nothing_is_open_after_the_ending(loaded_first_round: Loaded) -> None:
    """A match that is over has no way on, and still tells the way so far."""
    match = match_of(loaded_first_round, seed=3)
    while not match.ended:
        by_lot(match)
    diagram = Desk(match, "osk", {}).phases()
    assert diagram.open == ()
    assert diagram.path


def test_the_diagram_in_words(loaded_first_round: Loaded) -> None:
    """For line mode: where it stands, how it came there, what can follow and what that asks."""
    desk = desk_of(loaded_first_round, "velmora")
    told = " ".join(describe.phases(desk.phases()))
    assert "Quarrel" in told
    assert "tension is 75 or more (now 50)" in told


def test_a_die_is_told_with_where_it_fell(loaded_first_round: Loaded) -> None:
    """Shares of a cast add up, the die lies in the share that was taken, and the words tell that share's odds."""
    casts = []
    for seed in range(6):
        match = match_of(loaded_first_round, seed=seed)
        desk = Desk(match, "velmora", {})
        match.control("They have met", {"met": 1})
        desk.add("inspect:velmora")
        casts += [d for d in desk.resolve() if d.cast is not None and d.key == "inspect:velmora"]
    assert len(casts) == 6
    for dispatch in casts:
        cast = dispatch.cast
        assert cast is not None
        first = sum(cast.shares[:cast.taken])
        assert sum(cast.shares) == 100
        assert first <= cast.fell < first + cast.shares[cast.taken]
        assert f"({cast.shares[cast.taken]} %)" in dispatch.roll
        assert cast.about == "Velmora: send engineers to the bridge"
    assert len({d.cast.taken for d in casts if d.cast}) == 2


def test_shifts_are_the_changes_in_figures(loaded_first_round: Loaded) -> None:
    """Every change of a listed track that a dispatch tells is there in figures too."""
    desk = desk_of(loaded_first_round, "velmora")
    desk.add("protest:velmora>osk")
    told = next(d for d in desk.resolve() if d.key == "protest:velmora>osk")
    assert [f"Tension {s.before} → {s.after}" for s in told.shifts if s.name == "tension"] == list(told.changes)
