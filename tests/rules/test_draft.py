"""The draft, on the flagship: tabling, yes and brackets, striking, signing within the window, ratification, reopening."""

from __future__ import annotations

import pytest

from sim.rules import Event, Game, Keyed
from sim.rules.luck import Given
from tests.rules.workshop import Table

AM, AZ, RU = "armenia", "azerbaijan", "russia"


def quiet(**rules: bool) -> Given:
    """Luck under which no rule with a die happens but those named."""
    return Given(Keyed(3, 1), rules=rules, otherwise=False)


class Room(Table):
    """A drafting room that is open and stays so: no fire, no luck."""

    def __init__(self, game: Game) -> None:
        super().__init__(game, luck=quiet())
        self.settle()

    def settle(self) -> None:
        """Put the situation back to where papers can be worked on."""
        self.put(channel=2, quiet=9, severity=0, tension=40, stall=0, deadline=0, armenia__support=60,
                 armenia__audience=10, azerbaijan__support=60, azerbaijan__audience=10, under_fire=0,
                 pullback_halted=1, fatigue=0)

    def next(self, orders: dict[str, str | list[str]] | None = None, **rules: bool) -> tuple[Event, ...]:
        """A round with these orders; what is not named stays as it was."""
        events = self.close(orders or {}, quiet(**rules), quiet())
        self.settle()
        return events

    def agree(self, clause: str, first: str = AM, *others: str) -> None:
        """Have a clause tabled by one and agreed by the others."""
        self.next({first: f"table.{clause}:{first}"})
        self.next({who: f"agree.{clause}:{who}" for who in others or (AZ,)})
        assert self[clause] == "agreed"


@pytest.fixture
def room(flagship: Game) -> Room:
    """A room."""
    return Room(flagship)


def test_tabling_counts_as_the_tablers_yes(room: Room) -> None:
    """The clause is tabled when the order is met; its author has said yes, the other party is asked."""
    assert room["exchange"] == "absent"
    room.next({AM: f"table.exchange:{AM}"})
    assert (room["exchange"], room["yes.exchange.armenia"], room["yes.exchange.azerbaijan"]) == ("tabled", 1, 0)
    assert {f"agree.exchange:{AZ}", f"bracket.exchange:{AZ}"} <= room.legal(AZ)
    assert f"agree.exchange:{AM}" not in room.legal(AM)
    assert f"bracket.exchange:{AM}" in room.legal(AM)
    assert f"agree.exchange:{RU}" not in {m.key for m in room.game.moves}


def test_without_a_room_nothing_is_tabled_or_signed(room: Room) -> None:
    """The room closes tabling and signing, not answers to what already lies on the table."""
    room.agree("exchange")
    room.next({AM: f"table.access:{AM}"})
    assert f"sign.humanitarian:{AM}" in room.legal(AM)
    room.put(channel=0)
    assert not {k for k in room.legal(AM) if k.startswith(("table.", "sign."))}
    assert f"agree.access:{AZ}" in room.legal(AZ)


def test_all_parties_say_yes_and_the_clause_is_agreed_at_the_close(room: Room) -> None:
    """The last yes makes it agreed in the same round; an answer takes no attention and no pick."""
    room.next({AM: f"table.exchange:{AM}"})
    assert room.refused(AZ, f"agree.exchange:{AZ}", f"bracket.exchange:{AZ}") == "answered_twice"
    events = room.next({AZ: f"agree.exchange:{AZ}"})
    assert [e.id for e in events if e.id.startswith("agreed.")] == ["agreed.exchange"]
    assert (room["exchange"], room["signing.humanitarian"]) == ("agreed", 0)


def test_a_third_partys_yes_is_needed_where_it_is_a_party(room: Room) -> None:
    """A clause of three parties waits for the third."""
    room.next({AM: f"table.links_sovereign:{AM}"})
    room.next({AZ: f"agree.links_sovereign:{AZ}"})
    assert room["links_sovereign"] == "tabled"
    room.next({RU: f"agree.links_sovereign:{RU}"})
    assert room["links_sovereign"] == "agreed"


def test_a_bracket_takes_every_yes_back(room: Room) -> None:
    """A bracketed clause has no yes left and can be tabled again by either side."""
    room.next({AM: f"table.exchange:{AM}"})
    room.next({AZ: f"bracket.exchange:{AZ}"})
    assert (room["exchange"], room["yes.exchange.armenia"]) == ("bracketed", 0)
    assert f"table.exchange:{AZ}" in room.legal(AZ)
    room.next({AZ: f"table.exchange:{AZ}"})
    assert (room["exchange"], room["yes.exchange.azerbaijan"], room["yes.exchange.armenia"]) == ("tabled", 1, 0)


def test_yes_and_bracket_in_one_round(room: Room) -> None:
    """Answers resolve by initiative: a bracket that comes first leaves the yes overtaken, and nothing agreed."""
    room.next({RU: f"call:{RU}>{AM}"})
    room.put(links_sovereign="tabled", yes__links_sovereign__russia=1)
    events = room.next({AM: f"agree.links_sovereign:{AM}", AZ: f"bracket.links_sovereign:{AZ}"})
    told = [(e.kind, e.id) for e in events[:2]]
    assert told == [("move", f"bracket.links_sovereign:{AZ}"), ("overtaken", f"agree.links_sovereign:{AM}")]
    assert (room["links_sovereign"], room["yes.links_sovereign.armenia"]) == ("bracketed", 0)


def test_a_clause_left_unanswered_may_fall_into_brackets(room: Room) -> None:
    """A rule with a die puts it there; without luck it stays on the table."""
    room.next({AM: f"table.exchange:{AM}"})
    room.next()
    assert room["exchange"] == "tabled"
    room.next(**{"unanswered.exchange": True})
    assert (room["exchange"], room["yes.exchange.armenia"]) == ("bracketed", 0)


def test_agreement_strikes_what_it_excludes(room: Room) -> None:
    """The mirror pull-back strikes the two other orders of withdrawal; they cannot be tabled while it stands."""
    room.next({AM: f"table.withdraw_first:{AM}"})
    room.agree("mirror_pullback")
    assert (room["withdraw_first"], room["freeze_in_place"]) == ("struck", "struck")
    for clause in ("withdraw_first", "freeze_in_place"):
        assert not {f"table.{clause}:{AM}", f"agree.{clause}:{AZ}"} & (room.legal(AM) | room.legal(AZ))


def test_a_clause_can_need_another_first(room: Room) -> None:
    """Border guards certify only a text on the posts: until one is agreed nobody says yes, but it can be tabled."""
    room.next({RU: f"table.guards_verify:{RU}"} if f"table.guards_verify:{RU}" in room.legal(RU)
              else {AM: f"table.guards_verify:{AM}"})
    assert f"agree.guards_verify:{AZ}" not in room.legal(AZ)
    assert f"bracket.guards_verify:{AZ}" in room.legal(AZ)
    room.put(guards_verify="tabled", mirror_pullback="agreed")
    assert f"agree.guards_verify:{AZ}" in room.legal(AZ)


# -- signing


def test_a_part_is_signed_when_both_have_signed_within_the_window(room: Room) -> None:
    """Its agreed clauses take effect together; what is only tabled does not."""
    room.agree("exchange")
    room.next({AZ: f"table.access:{AZ}"})
    detainees = room["detainees"]
    room.next({AM: f"sign.humanitarian:{AM}"})
    assert (room["exchange"], room["detainees"]) == ("agreed", detainees)
    assert f"sign.humanitarian:{AM}" not in room.legal(AM)
    events = room.next({AZ: f"sign.humanitarian:{AZ}"})
    ids = [e.id for e in events if e.kind == "rule"]
    assert ids.index("signed.humanitarian") < ids.index("signed.exchange") < ids.index("done.humanitarian")
    assert (room["exchange"], room["access"]) == ("signed", "tabled")
    assert isinstance(detainees, int)
    assert room["detainees"] == detainees - 2
    assert (room["signing.humanitarian"], room["exchange_n8"]) == (0, "restored")


def test_both_may_sign_in_one_round(room: Room) -> None:
    """Two signatures of the same round meet at its close."""
    room.agree("exchange")
    room.next({AM: f"sign.humanitarian:{AM}", AZ: f"sign.humanitarian:{AZ}"})
    assert room["exchange"] == "signed"


@pytest.mark.parametrize(("between", "signed"), [(0, True), (1, True), (2, False)])
def test_a_signature_waits_three_rounds_its_own_included(room: Room, between: int, signed: bool) -> None:
    """The other side's signature counts in the same and the two following rounds; then it has to be given again."""
    room.agree("exchange")
    room.next({AM: f"sign.humanitarian:{AM}"})
    for _ in range(between):
        room.next()
    room.next({AZ: f"sign.humanitarian:{AZ}"})
    assert room["exchange"] == ("signed" if signed else "agreed")
    if not signed:
        assert f"sign.humanitarian:{AM}" in room.legal(AM)


def test_a_part_without_an_agreed_clause_cannot_be_signed(room: Room) -> None:
    """There is nothing to sign."""
    assert not {k for k in room.legal(AM) | room.legal(AZ) if k.startswith("sign.")}


def test_a_part_may_ask_for_more_before_it_is_signed(room: Room) -> None:
    """The delimitation part needs both delegations named."""
    room.agree("no_prejudice")
    room.put(commission=2)
    assert f"sign.delimitation:{AM}" not in room.legal(AM)
    room.put(commission=3)
    assert f"sign.delimitation:{AM}" in room.legal(AM)


def test_a_signature_may_fail_at_home(room: Room) -> None:
    """Too little support for too many promises: the signature has no effect, the clause stays agreed on paper."""
    room.agree("mirror_pullback")
    signing = {AM: f"sign.security:{AM}", AZ: f"sign.security:{AZ}"}
    room.put(armenia__support=20, armenia__audience=30)
    events = room.next(signing, ratify_am=True)
    assert "ratify_am" in [e.id for e in events]
    assert (room["mirror_pullback"], room["signing.security"], room["ready.security.armenia"]) == ("agreed", 0, 0)
    room.put(armenia__support=20, armenia__audience=30)
    room.next(signing, ratify_am=False)
    assert room["mirror_pullback"] == "signed"


def test_of_several_effects_of_a_signature_the_first_that_holds_happens(room: Room) -> None:
    """Remaining in place costs Yerevan more before the vote than after it; only one of the two happens."""
    for day, rule in ((3, "signed.freeze_in_place#0"), (60, "signed.freeze_in_place#1")):
        other = Room(room.game)
        other.agree("freeze_in_place")
        other.put(day=day)
        events = other.next({AM: f"sign.security:{AM}", AZ: f"sign.security:{AZ}"})
        assert [e.id for e in events if e.id.startswith("signed.freeze")] == [rule]
        assert other["freeze_in_place"] == "signed"


def test_fire_reopens_the_agreed_clauses_of_the_security_part(room: Room) -> None:
    """They fall back into brackets without a yes; the humanitarian part stays agreed, and signed text stays signed."""
    room.agree("no_force")
    room.agree("exchange")
    room.put(hotline_line="signed", quiet=0, severity=2)
    room.close({}, quiet(), quiet())
    assert (room["no_force"], room["exchange"], room["hotline_line"]) == ("bracketed", "agreed", "signed")
    assert (room["yes.no_force.armenia"], room["yes.no_force.azerbaijan"]) == (0, 0)


def test_mediators_table_only_when_both_parties_have_them(room: Room) -> None:
    """A mediator needs the acceptance of both parties; its own name gives no yes."""
    assert f"table.exchange:{RU}" not in room.legal(RU)
    room.put(mediation__russia__armenia=2, mediation__russia__azerbaijan=2)
    assert f"table.exchange:{RU}" in room.legal(RU)
    room.next({RU: f"table.exchange:{RU}"})
    assert (room["exchange"], room["yes.exchange.armenia"], room["yes.exchange.azerbaijan"]) == ("tabled", 0, 0)
