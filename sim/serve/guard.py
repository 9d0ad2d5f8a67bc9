"""serve: who may ask for what: host names, origins, cookies, form seals, rates, headers. Refuses before a page is made."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from multidict import MultiDictProxy

LARGEST_FORM: Final = 64 * 1024
"""Bytes of a form; a message or a draft is far smaller."""
LARGEST_FRAME: Final = 64 * 1024
"""Bytes of a websocket message; a paste is the largest there is."""
FORM_SECONDS: Final = 15.0
"""Seconds that a form may take to arrive."""
ADDRESSES: Final = 4096
"""Addresses whose failures are remembered."""

HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
POLICY: Final = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                 "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
TERMINAL_POLICY: Final = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The terminal writes its colours as styles of its own; scripts stay the host's files."""


class Refused(Exception):
    """A request that is not answered; the page tells the sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@dataclass(slots=True)
class Bucket:
    """A measure that fills by itself: `take` says how long to wait until there is enough in it."""

    rate: float
    """Per second."""
    most: float
    clock: Callable[[], float] = time.monotonic
    _left: float = field(default=-1.0)
    _at: float = field(default=0.0)

    def take(self, amount: float = 1.0) -> float:
        """Take from it, if need be ahead of time; seconds to wait until it is even again."""
        now = self.clock()
        self._left = self.most if self._left < 0 and self._at == 0.0 else min(
            self.most, self._left + (now - self._at) * self.rate)
        self._at = now
        self._left -= amount
        return max(0.0, -self._left / self.rate)


class Failures:
    """Counts wrong codes and tokens for each address; who guesses is refused for a while. Right ones cost nothing."""

    def __init__(self, most: int = 12, minute: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        """`most` failures within `minute` seconds are allowed."""
        self._most, self._minute, self._clock = most, minute, clock
        self._seen: OrderedDict[str, list[float]] = OrderedDict()

    def check(self, address: str) -> None:
        """Raises `Refused` for who has failed too often."""
        if len(self._recent(address)) >= self._most:
            raise Refused(429, "Too many wrong codes from here. Wait a minute, then try again.")

    def note(self, address: str) -> None:
        """One more failure."""
        kept = [*self._recent(address), self._clock()]
        self._seen[_whose(address)] = kept
        self._seen.move_to_end(_whose(address))
        while len(self._seen) > ADDRESSES:
            self._seen.popitem(last=False)

    def _recent(self, address: str) -> list[float]:
        since = self._clock() - self._minute
        return [at for at in self._seen.get(_whose(address), ()) if at > since]


def _whose(address: str) -> str:
    """The address as it is counted: of IPv6 the network, since one machine has as many of them as it likes."""
    try:
        found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return address
    if found.version == 6 and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found.ipv4_mapped or found) if found.version == 6 else str(found)


class Guard:
    """The rules of one host."""

    def __init__(self, names: frozenset[str], port: int, *, tls: bool) -> None:
        """`names`: host names under which it may be asked for, beside plain addresses and localhost."""
        self._names = {name.lower() for name in names} | {"localhost"}
        self._tls = tls
        self.failures = Failures()
        # cookies are not kept apart by port: two hosts on one machine would take each other's away
        prefix = "__Host-" if tls else ""
        self.seat_cookie = f"{prefix}detente-seat-{port}"
        self.facilitator_cookie = f"{prefix}detente-facilitator-{port}"

    # -- requests

    def check_host(self, request: web.Request) -> None:
        """Refuse names that only a page of somebody else's would lead here (DNS rebinding)."""
        # without the header there is no name to look at, and some versions of the server would ask a name server for one
        name = _name(request.headers.get("Host", ""))
        if name in self._names:
            return
        try:
            ipaddress.ip_address(name)
        except ValueError:
            raise Refused(421, "This host does not go by that name. Use the address that your teacher gave you.") from None

    def check_origin(self, request: web.Request, *, must: bool) -> None:
        """Refuse what another site sends in this person's name. `must`: a browser always says where it comes from."""
        origin = request.headers.get("Origin")
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None and site not in ("same-origin", "none"):
            raise Refused(403, "This was sent by another site.")
        if origin is None:
            if must:
                raise Refused(403, "This did not say where it was sent from.")
            return
        if not same_origin(origin, request.scheme, request.host):
            raise Refused(403, "This was sent by another site.")

    # -- cookies and forms

    def keep(self, response: web.StreamResponse, cookie: str, token: str) -> None:
        """Give the browser a token that no script can read and no other site can use."""
        response.set_cookie(cookie, token, httponly=True, samesite="Strict", secure=self._tls, path="/",
                            max_age=7 * 24 * 3600)

    def forget(self, response: web.StreamResponse, cookie: str) -> None:
        """Take it back."""
        response.del_cookie(cookie, path="/", secure=self._tls, httponly=True, samesite="Strict")

    def seal(self, token: str) -> str:
        """What a form carries to show that it is this host's own page which sent it.

        It follows from the token alone, so that a form that was written before a restart can be sent after it.
        """
        return hmac.new(token.encode("utf-8", "replace"), b"detente.form", hashlib.sha256).hexdigest()[:40]

    def check_seal(self, token: str, given: object) -> None:
        """Refuse a form that was not made for this person."""
        if not isinstance(given, str) or not hmac.compare_digest(self.seal(token).encode(), given.encode("utf-8", "replace")):
            raise Refused(403, "This page was too old or not your own. Load it again, and send once more.")


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Form = MultiDictProxy[str]


async def form_of(request: web.Request) -> Form:
    """The fields of a form as this host's own pages send one. Raises `Refused` for anything else that is posted."""
    if request.content_type not in ("application/x-www-form-urlencoded", "application/octet-stream") \
            or (request.charset or "utf-8").lower() not in ("utf-8", "utf8"):
        raise Refused(415, "This is no form of this host.")
    try:
        async with asyncio.timeout(FORM_SECONDS):
            return await request.post()  # type: ignore[return-value]  # files come in forms of another type alone
    except TimeoutError:
        raise Refused(408, "The form did not come to its end in time; send it again.") from None
    except ValueError:
        raise Refused(400, "This form cannot be read.") from None


def same_origin(origin: str, scheme: str, host: str) -> bool:
    """Whether a page of this origin is a page of this host: scheme, name and port are all the same."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return False
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    asked = urlsplit(f"//{host}")
    try:
        mine = asked.port or {"http": 80, "https": 443}.get(scheme)
    except ValueError:
        return False
    return parts.scheme == scheme and (parts.hostname or "") == (asked.hostname or "-") and (port or usual) == mine


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
