"""A small app for the driver and its sessions: what each key does shows one thing that many apps in a process share."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

from sim.serve.terminals.channel import Closing, Size
from sim.serve.terminals.session import Session

SMALL = Size(60, 20)


class Probe(App[str]):
    """Tells its member's name; keeps what came."""

    BINDINGS: ClassVar[list[Any]] = [("x", "boom", ""), ("p", "prints", ""), ("escape", "lone", ""), ("o", "opens", ""),
                                     ("d", "delivers", ""), ("q", "quit", ""), ("t", "tick", "")]

    def __init__(self) -> None:
        super().__init__()
        self.member = ""
        self.seen: list[str] = []
        self.ticks = 0

    def compose(self) -> ComposeResult:
        yield Static("READY", id="said")

    def admit(self, member: str) -> None:
        self.member = member

    def on_mount(self) -> None:
        self.begin_capture_print(self)
        self.query_one(Static).update(f"READY {self.member}")

    def on_print(self, event: events.Print) -> None:
        self.seen.append(f"captured {event.text.strip()}")

    def on_paste(self, event: events.Paste) -> None:
        self.seen.append(f"pasted {len(event.text)}")

    def _fatal_error(self) -> None:
        self.fault = self._exception
        self._close_messages_no_wait()

    fault: BaseException | None = None

    def action_boom(self) -> None:
        raise ValueError(f"boom of {self.member}")

    def action_prints(self) -> None:
        print(f"printed by {self.member}")
        self.seen.append("printed")

    def action_lone(self) -> None:
        self.seen.append("escape")

    def action_opens(self) -> None:
        self.open_url("https://example.org/claims")

    def action_delivers(self) -> None:
        self.deliver_text(io.StringIO("what was said"), save_filename="transcript.txt")

    def action_tick(self) -> None:
        self.ticks += 1
        self.query_one(Static).update(f"TICK {self.ticks:04} " + "·" * 400)


class Sink:
    """A terminal that keeps all it is sent."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.told: list[tuple[str, object]] = []
        self.closed: Closing | None = None
        self.backlog = 0

    def write(self, data: bytes) -> None:
        self.data += data

    def tell(self, kind: str, value: object) -> None:
        self.told.append((kind, value))

    def close(self, why: Closing) -> None:
        self.closed = why


class Desk:
    """Sessions of probes, ended together."""

    def __init__(self) -> None:
        self.reports: list[tuple[BaseException, str]] = []
        self.sessions: list[Session] = []

    def report(self, fault: BaseException, where: str) -> None:
        self.reports.append((fault, where))

    async def seat(self, member: str, make: Callable[[], App[Any]] = Probe, size: Size = SMALL) -> tuple[Session, Sink]:
        session = Session(make, lambda app, who: app.admit(who), size, self.report, member)
        self.sessions.append(session)
        session.start()
        await asyncio.wait_for(session.ready.wait(), 10)
        sink = Sink()
        session.attach(sink, size)
        await self.until(lambda: f"READY {member}".encode() in sink.data)
        return session, sink

    async def until(self, holds: Callable[[], object], what: str = "it") -> None:
        """Give the loop turns until something holds."""
        for _ in range(2000):
            if holds():
                return
            await asyncio.sleep(0.005)
        raise AssertionError(f"{what} never came about")

    async def end(self, sessions: Iterable[Session] = ()) -> None:
        for session in sessions or self.sessions:
            await session.stop()


def probe(session: Session) -> Probe:
    """The session's app."""
    assert isinstance(session.app, Probe)
    return session.app
