"""tui: a class as lines: who one is, what to do now, who sits where, who belongs to the own delegation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from sim.tui.lines.line import Line, gap, heading, plain

if TYPE_CHECKING:
    from sim.lesson import SeatRoom
    from sim.lesson.rooms import MemberLine, SeatStatus

HERE, AWAY = "●", "○"


def lobby_lines(blurb: str, room: SeatRoom) -> Iterator[Line]:
    """The page before the briefing."""
    yield me_line(room)
    yield Line("now", plain(room.now or room.says, "bold"), plain("→ ", "$primary"))
    if blurb:
        yield gap("blurb")
        yield Line("blurb", plain(blurb))
    yield gap("seats")
    yield heading("seats", "At the table")
    yield from seat_lines(room)
    if room.members:
        yield gap("members")
        yield heading("members", "Your delegation")
        yield from member_lines(room)
    yield gap("next")
    yield Line("next", plain("This page follows by itself.", "$quiet"))


def me_line(room: SeatRoom) -> Line:
    """Who one is: `You are Ada, head of the delegation of Velmora`."""
    name = next((seat.name for seat in room.seats if seat.seat == room.me.seat), "")
    who = "watching" if not name else "head of the delegation of " if room.me.head else "of the delegation of "
    muted = plain(" The facilitator has muted you: you can read and draft orders, not write.", "$mark")
    return Line("me", plain(f"You are {room.me.name}, {who}") + plain(name, "bold $primary") + plain(".")
                + (muted if room.me.muted else plain("")))


def seat_lines(room: SeatRoom) -> Iterator[Line]:
    """Every seat: whether somebody is there, and whether its orders are in."""
    wide = max((len(seat.name) for seat in room.seats), default=0)
    names = {seat.seat: seat.name for seat in room.seats}
    for seat in room.seats:
        mine = seat.seat == room.me.seat
        said = presence(seat, names, mine)
        open_ = room.stage in ("orders", "paused") and seat.waited_for
        filed = plain("   filed", "$good") if seat.filed else plain("   still choosing" if open_ else "", "$quiet")
        yield Line(f"seat:{seat.seat}", plain(said, "" if seat.people else "$quiet") + filed, _mark(seat.present > 0)
                   + plain(f"{seat.name:<{wide}}  ", "bold $primary" if mine else "bold"))


def presence(seat: SeatStatus, names: dict[str, str], mine: bool) -> str:
    """Who plays a seat, in words."""
    you = "your delegation, " if mine else ""
    if seat.into:
        return f"played by {names.get(seat.into, seat.into)} too"
    if seat.hand == "policy":
        return f"{you}a policy plays it"
    if seat.hand == "facilitator":
        return f"{you}the facilitator plays it"
    if not seat.people:
        return f"{you}nobody yet"
    return f"{you}{seat.present} of {seat.people} here"


def member_lines(room: SeatRoom) -> Iterator[Line]:
    """The own delegation."""
    for member in room.members:
        yield Line(f"member:{member.id}", _said(member), _mark(member.present), wraps=False)


def _said(member: MemberLine) -> Content:
    parts = [part for part in ("head: files the orders" if member.head else "", "you" if member.me else "",
                               "away" if not member.present else "", "muted" if member.muted else "") if part]
    return plain(member.name, "bold") + plain(f"   {', '.join(parts)}" if parts else "", "$quiet")


def _mark(here: bool) -> Content:
    return plain(f"{HERE if here else AWAY} ", "$good" if here else "$quiet")
