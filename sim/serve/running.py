"""serve: a host from its first line on the terminal to its last: what is printed, and how it is ended."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from sim.lesson import FACILITATOR
from sim.serve.addresses import for_terminal
from sim.words.estimative import counted

if TYPE_CHECKING:
    from sim.lesson import Lesson
    from sim.serve.host import Host

PATIENCE: Final = 8.0
"""Seconds within which a second Ctrl-C ends the host."""
Say = Callable[[str], None]


def run(host: Host, secret: str, say: Say, *, asks: bool, picture: bool) -> None:
    """Host until it is ended; returns when everything is closed. `asks`: one Ctrl-C alone does not end it."""
    asyncio.run(_hosted(host, secret, say, asks=asks, picture=picture))


async def _hosted(host: Host, secret: str, say: Say, *, asks: bool, picture: bool) -> None:
    end = asyncio.Event()
    pressed = [0.0]

    def interrupted() -> None:
        now = time.monotonic()
        if asks and now - pressed[0] > PATIENCE:
            pressed[0] = now
            say("\nEnd the host? Everything is saved and can be resumed. Ctrl-C again ends it; waiting goes on.")
            return
        end.set()

    loop = asyncio.get_running_loop()
    handlers: dict[signal.Signals, Callable[[], object]] = {signal.SIGINT: interrupted, signal.SIGTERM: end.set}
    if hasattr(signal, "SIGHUP"):
        # the terminal that it was started from was closed
        handlers[signal.SIGHUP] = end.set
    with _signals(loop, handlers):
        await host.open()
        try:
            words = host.way_in.offer(secret, here=True)
            host.way_in.used = lambda: _renewed(host, secret, say)
            for line in opening(host, secret, words, picture=picture):
                say(line)
            await end.wait()
            say("Ending …")
        finally:
            await host.close()


def _renewed(host: Host, secret: str, say: Say) -> None:
    """Words for another browser of this machine: those before were used."""
    if host.lesson.who(secret) is not None:
        say(f"Words for another browser on this machine: {host.way_in.offer(secret, here=True)}")


def opening(host: Host, secret: str, words: str, *, picture: bool) -> list[str]:
    """What a teacher must know, in the order in which it is needed."""
    lesson, addresses = host.lesson, host.addresses
    scenario = lesson.loaded.usable()[0]
    control = lesson.control_room(FACILITATOR)
    codes = [(table.table, seat.status.name, seat.code) for table in control.tables for seat in table.seats]
    codes += [(table.table, "Observers", table.observer_code) for table in control.tables]
    wide = max(len(name) for _, name, _ in codes)
    out = [f"{scenario.title}: the class is open.", _plan(lesson), ""]
    if control.stage != "lobby":
        out[1:1] = [f"Taken up where it stood: {control.says[:1].lower()}{control.says[1:]} "
                    "Everybody's page finds its seat again by itself."]
    out += [f"Facilitator:  {addresses.here}/facilitator", f"Words:        {words}",
            "              (type them there; good once, on this machine alone)", f"Secret:       {secret}",
            "              (opens it from any machine; not shown again, a restart makes a new one)", "",
            f"Join at:      {addresses.first}"]
    out += [f"              {addresses.at(other)}" for other in addresses.hosts[1:-1]]
    out += ["", f"  {'Seat':<{wide + (9 if len(lesson.tables) > 1 else 0)}}  Code      Link with the code"]
    for table, name, code in sorted(codes, key=lambda one: one[0]):
        at = f"table {table:<2} " if len(lesson.tables) > 1 else ""
        out.append(f"  {at}{name:<{wide}}  {code}   {addresses.first}/j/{code}")
    if picture:
        out += ["", for_terminal(addresses.first)]
    out += ["", "Next: open the facilitator's page, print its cards or hand out the codes, and open the briefing when people "
                "are in."]
    if lesson.path is not None:
        out.append(f"Kept in {lesson.path}; `detente host {lesson.path}` goes on with it after anything.")
    if not host.terms.tls:
        out.append("Not encrypted: on a network that you do not trust use --tls-cert and --tls-key (docs/security.md).")
    out.append("Ctrl-C ends the host; it asks once.")
    return out


def _plan(lesson: Lesson) -> str:
    """The plan in two sentences: rounds and minutes, and what becomes of empty seats."""
    plan = lesson.plan
    rounds = max(match.game.rounds for match in lesson.matches)
    length = f" of {plan.minutes:g} minutes" if plan.minutes else ", each as long as you like"
    briefing = f", after a briefing of {plan.briefing:g} minutes" if plan.briefing else ""
    tables = f" at {len(lesson.tables)} tables" if len(lesson.tables) > 1 else ""
    absent = "A policy plays" if plan.absent == "policy" else "Nobody plays"
    return f"{counted(rounds, 'round')}{length}{tables}{briefing}. {absent} a seat at which nobody sits."


@contextlib.contextmanager
def _signals(loop: asyncio.AbstractEventLoop, handlers: dict[signal.Signals, Callable[[], object]]):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Handle signals on the loop; as they were afterwards."""
    before = {}
    for number, act in handlers.items():
        try:
            loop.add_signal_handler(number, act)
        except NotImplementedError:
            before[number] = signal.signal(number, lambda *_, act=act: loop.call_soon_threadsafe(act))
    try:
        yield
    finally:
        for number in handlers:
            if number in before:
                signal.signal(number, before[number])
            else:
                loop.remove_signal_handler(number)
