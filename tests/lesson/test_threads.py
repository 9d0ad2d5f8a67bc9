"""A lesson is used from several threads at once: its host's loop, and the executor in which policies think."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from sim.lesson import FACILITATOR, Limits
from sim.lesson import rounds as rounds_module
from tests.lesson.classes import two_delegations


def test_acts_from_several_threads_follow_one_another():
    """None is lost, numbers have no gap, and listeners are told of each after it is stored."""
    room = two_delegations(limits=Limits(messages_a_minute=1000))
    heard = []
    room.lesson.listen(lambda change: heard.append(room.lesson.chat.find(change.id) is not None))

    def talk(name: str) -> None:
        for n in range(40):
            room.lesson.send(room.people[name], ("public",), f"{name} {n}")

    threads = [Thread(target=talk, args=(name,)) for name in ("Ani", "Bek", "Cem")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [act.id for act in room.lesson.acts] == list(range(1, len(room.lesson.acts) + 1))
    assert len({message.id for message in room.lesson.messages(room.people["Ani"])}) == 120
    assert heard == [True] * 120


def test_nobody_waits_while_policies_think(monkeypatch: pytest.MonkeyPatch):
    """In the midst of it messages go out, orders are answered, and a second call has nothing to do."""
    room = two_delegations()
    room.lesson.give(FACILITATOR, 1, "osk", "persona")
    thinking, go_on = Event(), Event()
    real = rounds_module.policy

    def slow(name: str):
        thinking.set()
        assert go_on.wait(30)
        return real(name)

    monkeypatch.setattr(rounds_module, "policy", slow)
    room.run("resolve")
    thread = Thread(target=room.lesson.work)
    thread.start()
    assert thinking.wait(30)
    assert room.lesson.stage == "resolving"
    assert room.lesson.send(room.people["Ani"], ("osk",), "Meanwhile.").ok
    assert room.lesson.file(room.people["Ani"], round=1).code == "L010"
    assert not room.lesson.tick()
    room.lesson.work()
    assert room.lesson.match(1).round == 1
    go_on.set()
    thread.join(30)
    assert (room.lesson.match(1).round, room.lesson.stage) == (2, "orders")


def test_a_policy_that_fails_does_not_end_the_lesson(monkeypatch: pytest.MonkeyPatch):
    """The facilitator is told what to do; with the seat in hand the round is resolved."""
    room = two_delegations()
    room.lesson.give(FACILITATOR, 1, "osk", "persona")

    def broken(name: str):
        raise ZeroDivisionError

    monkeypatch.setattr(rounds_module, "policy", broken)
    room.run("resolve")
    with pytest.raises(ZeroDivisionError):
        room.look()
    assert "take the seat" in room.lesson.trouble
    assert room.lesson.take(FACILITATOR, 1, "osk").ok
    room.clock.step(3)
    room.look()
    assert room.lesson.match(1).round == 2
