"""serve: a host from its first line on the terminal to its last: what is printed, and how it is ended."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from sim.serve.addresses import for_terminal

if TYPE_CHECKING:
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
    with _signals(loop, {signal.SIGINT: interrupted, signal.SIGTERM: end.set}):
        await host.open()
        try:
            for line in opening(host, secret, picture=picture):
                say(line)
            await end.wait()
            say("Ending …")
        finally:
            await host.close()


def opening(host: Host, secret: str, *, picture: bool) -> list[str]:
    """What a teacher must know, in the order in which it is needed."""
    lesson, addresses = host.lesson, host.addresses
    scenario = lesson.loaded.usable()[0]
    control = lesson.control_room("facilitator")
    codes = [(seat.status.table, seat.status.name, seat.code) for table in control.tables for seat in table.seats]
    codes += [(table.table, "Observers", table.observer_code) for table in control.tables]
    out = [f"{scenario.title}: the class is open.", "",
           f"Join at:      {addresses.first}"]
    out += [f"              {addresses.at(other)}" for other in addresses.hosts[1:-1]]
    out += [f"Facilitator:  {addresses.here}/facilitator", f"Secret:       {secret}",
            "              (for you alone; it is not shown again. A restart prints a new one.)", "", "Codes:"]
    wide = max(len(name) for _, name, _ in codes)
    for table, name, code in sorted(codes, key=lambda one: one[0]):
        at = f"table {table}  " if len(lesson.tables) > 1 else ""
        out.append(f"  {at}{name:<{wide}}  {code}   {addresses.first}/j/{code}")
    if picture:
        out += ["", for_terminal(addresses.first)]
    if lesson.path is not None:
        out.append(f"Kept in {lesson.path}; `detente host {lesson.path}` resumes it.")
    if not host.terms.tls:
        out.append("Not encrypted: on a network that you do not trust use --tls-cert and --tls-key (docs/security.md).")
    out.append("Ctrl-C ends the host.")
    return out


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
