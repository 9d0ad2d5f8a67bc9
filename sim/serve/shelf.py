"""serve: pages from templates, and the few files that a page may load: our own, and the terminal of textual-serve."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from aiohttp import web
from jinja2 import DictLoader, Environment, StrictUndefined

from sim.serve.guard import HEADERS, POLICY

OWN: Final = {"detente.css": "text/css", "seat.js": "text/javascript", "live.js": "text/javascript", "text.css": "text/css",
              "control.css": "text/css", "control.js": "text/javascript"}
THEIRS: Final = {
    "terminal.js": ("js/textual.js", "text/javascript"),
    "xterm.css": ("css/xterm.css", "text/css"),
    "roboto-mono.ttf": ("fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
}
"""Of the installed package textual-serve: the name here, the place there."""


@cache
def _templates() -> Environment:
    # a page that is changed on the disk is not that of the program which runs: the host keeps what it began with
    texts = {place.name: place.read_text(encoding="utf-8") for place in (files("sim.serve") / "pages").iterdir()
             if place.name.endswith(".html")}
    return Environment(loader=DictLoader(texts), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, auto_reload=False)


def read() -> None:
    """Read every template and file, before the disk can change."""
    _templates()
    for name in (*OWN, *THEIRS):
        _file(name)


def warm() -> None:
    """Have every template made ready, before anybody waits for one of them."""
    for name in _templates().list_templates():
        _templates().get_template(name)


def page(template: str, /, status: int = 200, policy: str = POLICY, **values: Any) -> web.Response:
    """A page of a template; every value is escaped."""
    text = _templates().get_template(f"{template}.html").render(**values)
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8",
                        headers={**HEADERS, "Content-Security-Policy": policy})


def told(status: int, title: str, sentence: str, back: str = "/") -> web.Response:
    """A page that says one thing."""
    return page("told", status, title=title, sentence=sentence, back=back)


@cache
def _file(name: str) -> tuple[bytes, str] | None:
    if name in OWN:
        return (files("sim.serve") / "assets" / name).read_bytes(), OWN[name]
    if name in THEIRS:
        place, kind = THEIRS[name]
        return (files("textual_serve") / "static" / place).read_bytes(), kind
    return None


async def asset(request: web.Request) -> web.Response:
    """One of the files above; nothing else of any folder."""
    found = _file(request.match_info["name"])
    if found is None:
        return told(404, "Not here", "There is no such file.")
    data, kind = found
    headers: Mapping[str, str] = {**HEADERS, "Cache-Control": "max-age=3600"}
    return web.Response(body=data, content_type=kind, headers=headers)
