"""serve: the addresses under which a class finds the host, and their picture (QR) for a terminal and a page."""

from __future__ import annotations

import io
import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

_ANYWHERE: Final = ("0.0.0.0", "::", "")  # noqa: S104 compared with, not bound to
_ELSEWHERE: Final = "192.0.2.1"
"""An address for documentation: nothing is sent there, but the system says which of its own it would send from."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a host listens, as people type it."""

    scheme: str
    port: int
    hosts: tuple[str, ...]
    """The best for a class first; the last is this machine's own."""

    @property
    def first(self) -> str:
        """The address for the class, without a path: `http://192.168.1.20:8750`."""
        return self.at(self.hosts[0])

    @property
    def here(self) -> str:
        """The address for the machine itself."""
        return self.at(self.hosts[-1])

    def at(self, host: str) -> str:
        """The address of one name."""
        usual = {"http": 80, "https": 443}[self.scheme]
        shown = f"[{host}]" if ":" in host else host
        return f"{self.scheme}://{shown}" + ("" if self.port == usual else f":{self.port}")


def addresses(bind: str, port: int, *, tls: bool) -> Addresses:
    """What leads to a host that listens on `bind`."""
    scheme = "https" if tls else "http"
    if bind not in _ANYWHERE:
        return Addresses(scheme, port, (bind,))
    return Addresses(scheme, port, (*_own(), "localhost"))


def own_names() -> frozenset[str]:
    """Names that this machine goes by in a room."""
    name = socket.gethostname().lower()
    short = name.split(".")[0]
    return frozenset({name, short, f"{short}.local"} - {""})


def for_terminal(text: str) -> str:
    """The picture in half blocks, with the quiet edge that cameras need."""
    import segno

    out = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()


def for_page(text: str) -> str:
    """The picture as SVG, without a declaration, to stand in a page."""
    import segno

    drawn: str = segno.make(text, error="m", micro=False).svg_inline(scale=4, border=3, omitsize=True)
    return drawn


def _own() -> tuple[str, ...]:
    """The addresses of this machine that others can reach, the one it would send from first."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((_ELSEWHERE, 9))
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    kept = [host for host in dict.fromkeys(found) if not ipaddress.ip_address(host).is_loopback]
    return tuple(kept)
