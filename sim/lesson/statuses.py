"""lesson: who plays a seat, who is waited for, and what counts when a round is resolved."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING

from sim.lesson.rooms import MemberLine, SeatStatus
from sim.lesson.seating import BY_FACILITATOR, DELEGATION

if TYPE_CHECKING:
    from sim.lesson.core import Core
    from sim.lesson.people import Person


def delegation(core: Core, table: int, seat: str) -> tuple[Person, ...]:
    """The people who act for a seat; those of the seat it was merged into, if it was."""
    return core.register.members(table, core.seating.place(table, seat).into or seat)


def manned(core: Core, table: int, seat: str) -> bool:
    """Whether somebody who acts for a seat is there, or was a moment ago."""
    now, grace = core.clock.monotonic(), core.plan.limits.away
    return any(core.register.there(person.id, now, grace) for person in delegation(core, table, seat))


def waited_for(core: Core, table: int, seat: str) -> bool:
    """Whether the round waits for a seat: people play it, somebody is there, and nothing was filed."""
    match = core.match(table)
    if match.ended or match.filed(seat) is not None:
        return False
    hand = core.seating.place(table, seat).hand
    return hand == BY_FACILITATOR or (hand == DELEGATION and manned(core, table, seat))


def policy_of(core: Core, table: int, seat: str, *, sheet: bool) -> str:
    """The policy that decides for a seat that has filed nothing; empty where none does.

    `sheet`: whether something on its sheet will count for it.
    """
    from sim.play.protocols import POLICY_OF_LEVEL

    hand = core.seating.place(table, seat).hand
    if hand not in (DELEGATION, BY_FACILITATOR):
        return hand
    if hand == DELEGATION and not sheet and core.plan.absent == "policy" and not manned(core, table, seat):
        return POLICY_OF_LEVEL[core.plan.level]
    return ""


def seat_status(core: Core, table: int, seat: str) -> SeatStatus:
    """A seat as everybody may see it."""
    place = core.seating.place(table, seat)
    people = delegation(core, table, seat)
    match = core.match(table)
    hand = place.hand if place.hand in (DELEGATION, BY_FACILITATOR) else "policy"
    return SeatStatus(table, seat, core.catalog.capital(seat), hand, len(people),
                      sum(core.register.present(person.id) for person in people),
                      filed=not match.ended and match.filed(seat) is not None, waited_for=waited_for(core, table, seat),
                      into=place.into)


def waits(core: Core, table: int, seat: str) -> str:
    """What somebody at a table waits for, in a sentence; empty where it is their seat's turn."""
    match = core.match(table)
    match core.stage:
        case "lobby":
            return "The lesson has not begun; the facilitator opens it."
        case "briefing":
            return "Read your brief; the facilitator opens the first round."
        case "resolving":
            return "The round is being resolved."
        case "paused":
            return "The facilitator has paused the lesson."
        case "debrief":
            return "The debrief is open."
        case "closed":
            return "The lesson is closed."
    if match.ended:
        return "The match is over at this table; the others still play."
    if seat and match.filed(seat) is None:
        hand = core.seating.place(table, seat).hand
        if hand == DELEGATION:
            return ""
        return "The facilitator plays your seat at the moment." if hand == BY_FACILITATOR else "A policy plays your seat."
    others = [core.catalog.capital(other) for other in core.seats if other != seat and waited_for(core, table, other)]
    if others and core.plan.on_all_filed:
        return f"Waiting for {_listed(others)}."
    if any(waited_for(core, other, s) for other in core.tables if other != table for s in core.seats):
        return "Waiting for the other tables."
    return "Waiting for the time to run out." if core.plan.on_time and core.timer.left is not None else \
        "Waiting for the facilitator."


def to_do(core: Core, person: Person) -> str:
    """What a member or an observer can do now, or waits for, in a sentence: the first thing a screen says."""
    if person.role == "observer":
        return {"lobby": "You watch; the facilitator opens the lesson.",
                "briefing": "You watch; read the public brief while the delegations read theirs.",
                "orders": "You watch; the delegations are choosing their orders.",
                "debrief": "The debrief is open: look back at what happened, and talk about it."}.get(
                    core.stage, waits(core, person.table, ""))
    table, seat = person.table, person.seat
    match core.stage:
        case "lobby":
            return "Wait for the facilitator to open the briefing; you can write to your delegation meanwhile."
        case "briefing":
            return "Read your brief and agree on a plan; round 1 opens soon."
        case "paused":
            return "The facilitator has paused the lesson: talk, nothing can be filed."
        case "debrief":
            return "The debrief is open: look back at what happened, and talk about it."
    match = core.match(table)
    filed = match.filed(seat) if seat and not match.ended else None
    said = waits(core, table, seat)
    if core.stage != "orders" or match.ended or not seat:
        return said
    if filed is not None:
        if filed.moves != core.sheets.keys(table, seat):
            return "The sheet has changed since you filed it; file it again." if person.head else \
                "The sheet has changed since it was filed."
        return f"Your orders are filed. {said}"
    if said:
        return said
    if person.head:
        return "Your turn: choose moves, then file the sheet." if not core.sheets.keys(table, seat) else \
            "Your turn: file the sheet when all are agreed."
    head = core.register.head(table, seat)
    return f"Your turn: put moves on the sheet; {core.register[head].name} files it." if head else \
        "Your turn: put moves on the sheet."


def member_line(core: Core, person: Person, me: str = "") -> MemberLine:
    """Somebody as a line of a list."""
    presence = core.register.presence(person.id)
    away = 0.0 if presence.screens or isinf(presence.since) else max(0.0, core.clock.monotonic() - presence.since)
    head = bool(person.seat) and core.register.head(person.table, person.seat) == person.id
    return MemberLine(person.id, person.name, head, presence.screens > 0, person.id == me, away, person.muted)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
