"""serve: a Textual driver without a terminal: no signals, no threads, no standard streams; many of them share a loop."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal, Protocol, TextIO

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.geometry import Size as TextualSize
from textual.message import Message

from sim.serve.terminals.channel import ENTER, LEAVE, Size

if TYPE_CHECKING:
    from textual.app import App

_SYNCHRONISED: Final = "\x1b[?2026$p"
AT_ONCE: Final = 512
"""Keys in one message of a client; a paste is one event, however long."""
_UNFINISHED: Final = 64 * 1024
"""Bytes of one paste, or of a sequence that never ends, after which the parser begins anew."""
_LARGEST_FILE: Final = 8 * 1024 * 1024


class Outlet(Protocol):
    """What a driver writes to."""

    def output(self, text: str) -> None:
        """Text for the terminal, escape sequences included."""
        ...

    def tell(self, kind: str, value: object) -> None:
        """Something for the client that is not for its screen."""
        ...

    def deliver(self, name: str, data: bytes) -> None:
        """A file for the client."""
        ...

    def started(self) -> None:
        """The app has begun to run."""
        ...


class Keys(XTermParser):
    """Textual's parser without its cache, which would keep every parser, and through its last key every app, for ever."""

    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]
        return XTermParser._parse_extended_key.__wrapped__(self, sequence)  # noqa: SLF001


class SessionDriver(Driver):
    """One app's driver. Everything is called on the loop; what must reach the person goes through the outlet."""

    def __init__(self, app: App[Any], *, outlet: Outlet, debug: bool = False, mouse: bool = True,
                 size: tuple[int, int] | None = None) -> None:
        """Made by the app itself, which is given a partial of this class."""
        super().__init__(app, debug=False, mouse=mouse, size=size or (80, 24))
        self._outlet = outlet
        self._parser = Keys()
        self._unfinished = 0
        self._tick: asyncio.TimerHandle | None = None
        self._closed = False

    @property
    def is_web(self) -> bool:
        """The app may be told that a browser shows it."""
        return True

    # -- output

    def write(self, data: str) -> None:
        """To the client."""
        self._outlet.output(data)

    def start_application_mode(self) -> None:
        """Set up the terminal at the other end, and let the app know its size."""
        self.write(ENTER)
        self.resize(Size(*(self._size or (80, 24))))
        self.write(_SYNCHRONISED)
        self._outlet.started()

    def disable_input(self) -> None:
        """Nothing reads: input is fed."""

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.write(LEAVE)

    def close(self) -> None:
        """No more input; the timer of a lone escape is stopped."""
        self._closed = True
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None

    # -- input

    def feed(self, text: str) -> int:
        """What the person typed, as the terminal sends it; returns how many events the app was given.

        Nothing in it can stop the app, change its size or hold it up: what nobody can type at once is cut off.
        """
        if self._closed or not text:
            return 0
        self._unfinished += len(text)
        count = 0
        try:
            for event in self._parser.feed(text):
                self._unfinished = 0
                self._pass_on(event)
                count += 1
                if count >= AT_ONCE:
                    self._anew()
                    break
        except Exception:  # noqa: BLE001 a sequence made up to break the parser raises whatever it can
            self._anew()
        if self._unfinished > _UNFINISHED:
            self._anew()
        if self._tick is not None:
            # one that was set by the key before would come too early for this one, and no other would follow
            self._tick.cancel()
        # an escape that nothing follows is a key: only time tells
        self._tick = self._loop.call_later(constants.ESCAPE_DELAY + 0.02, self._lone)
        return count

    def _lone(self) -> None:
        self._tick = None
        try:
            for event in self._parser.tick():
                self._pass_on(event)
        except Exception:  # noqa: BLE001 see feed
            self._anew()

    def _anew(self) -> None:
        self._parser = Keys()
        self._unfinished = 0

    def _pass_on(self, event: Message) -> None:
        # a size that comes as a key sequence would pass by the limits
        if not isinstance(event, events.Resize):
            self.process_message(event)

    def send_message(self, message: Message) -> None:
        """To the app; the same loop, so without a detour."""
        self._app.post_message(message)

    def resize(self, size: Size) -> None:
        """The terminal has another size now."""
        self._size = (size.width, size.height)
        now = TextualSize(size.width, size.height)
        self.send_message(events.Resize(now, now))

    # -- never on the host's own desktop

    def open_url(self, url: str, new_tab: bool = True) -> None:  # noqa: FBT002 as Textual calls it
        """Ask the client to open an address; only of the web."""
        if url.startswith(("https://", "http://")):
            self._outlet.tell("open_url", {"url": url, "new_tab": new_tab})

    def deliver_binary(self, binary: BinaryIO | TextIO, *, delivery_key: str, save_path: Path,
                       open_method: Literal["browser", "download"] = "download", encoding: str | None = None,
                       mime_type: str | None = None, name: str | None = None) -> None:
        """Hand a file to the client; nothing is written on the host."""
        binary.seek(0)
        read: bytes | str = binary.read(_LARGEST_FILE)
        binary.close()
        data = read.encode(encoding or "utf-8") if isinstance(read, str) else read
        self._outlet.deliver(save_path.name, data)
        self.send_message(events.DeliveryComplete(key=delivery_key, path=None, name=name))
