"""The negotiating table and the treaty reader."""

from __future__ import annotations

from sim.scenario.load import Loaded
from sim.words.describe import asked
from sim.words.desk import Desk
from sim.words.models import ClauseLine
from tests.words.seats import desk_of


def _clause(desk: Desk, clause: str) -> ClauseLine:
    return next(c for part in desk.draft() for c in part.clauses if c.id == clause)


def test_a_tabled_clause_says_whose_yes_is_missing(loaded_flagship: Loaded) -> None:
    """The parties read who has said yes; who is no party reads only whose yes it needs."""
    desk = desk_of(loaded_flagship, "armenia")
    desk.match.control("A room", {"summit_held": True, "channel": 2})
    assert desk.add("table.access:armenia") is None
    desk.resolve()
    line = _clause(desk, "access")
    assert (line.status, line.changed) == ("tabled", True)
    assert line.status_text == "tabled; Yerevan has said yes; Baku has not"
    assert _clause(Desk(desk.match, "france", {}), "access").status_text == (
        "tabled; it needs the yes of Yerevan and Baku")


def test_a_part_says_what_its_signature_waits_for(loaded_flagship: Loaded) -> None:
    """Before anything is agreed a part waits for an agreed clause and for a room to sign in."""
    part = desk_of(loaded_flagship, "azerbaijan").draft()[0]
    assert part.waits_for[0] == "a clause of it must be agreed"
    assert "channel is 2 (working) or more" in part.waits_for[1]
    assert part.signed_by == ()


def test_a_clause_tells_its_effects_as_the_reader_sees_them(loaded_flagship: Loaded) -> None:
    """What a signature would do is told in the tracks that the reader sees."""
    line = _clause(desk_of(loaded_flagship, "armenia"), "hotline_line")
    assert "channel → steady" in line.on_signature
    assert "ambiguity −10" in line.on_signature


def test_a_scenario_without_a_draft_has_an_empty_table(loaded_first_round: Loaded) -> None:
    """The small scenario has no draft."""
    assert desk_of(loaded_first_round, "velmora").draft() == ()


def test_a_provision_tells_its_history(loaded_first_round: Loaded) -> None:
    """Each change of status is told with its round and date."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": ["close_lane:osk"]})
    (start,) = desk.provisions()
    assert (start.status, start.since, start.history) == ("questioned", "from the start", ())
    desk.resolve()
    (now,) = desk.provisions()
    assert (now.status, now.since) == ("breached", "since round 1 (1 March 2030)")
    assert now.history == ("questioned → breached in round 1 (1 March 2030)",)
    assert (now.agreement, now.binds) == ("The Bridge Treaty", "Osk")


def test_who_tabled_a_clause_is_not_asked_for_a_yes_again(loaded_flagship: Loaded) -> None:
    """Its question says so, lists the bracket alone and waits for nothing; the other party is asked as before."""
    desk = desk_of(loaded_flagship, "armenia")
    desk.match.control("A room", {"summit_held": True, "channel": 2})
    assert desk.add("table.access:armenia") is None
    desk.resolve()
    mine, theirs = (next(q for q in it.menu().questions if q.id == "clause.access")
                    for it in (desk, Desk(desk.match, "azerbaijan", {})))
    assert mine.text.endswith("You have said yes and may still bracket it.")
    assert [answer.id for answer in mine.shown] == ["bracket"]
    assert (mine.waits(()), theirs.waits(())) == (False, True)
    assert [answer.id for answer in theirs.shown] == ["agree", "bracket"]
    assert not theirs.waits((theirs.answers[0].key,))
    assert "has not said yes" not in " ".join(asked(mine))
