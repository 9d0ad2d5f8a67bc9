"""cli: `detente join`, a seat of a class in this terminal."""

from __future__ import annotations

import os
import sys

import click

from sim.cli.verbs.host import needed
from sim.errors import UsageError


@click.command("join", short_help="Take a seat of a class from this terminal.")
@click.argument("address", metavar="URL")
@click.option("--code", metavar="CODE", help="The code of a seat, unless the address holds it.")
@click.option("--name", metavar="NAME", help="Your name, as your delegation reads it; asked for unless said.")
@click.option("--tls-cert", "trust", metavar="F", default="", type=click.Path(dir_okay=False),
              help="A certificate to trust, where the host has made its own.")
def command(address: str, code: str | None, name: str | None, trust: str) -> None:
    """Take a seat of a class from this terminal, with the address that the host has printed.

    What the host shows in a browser is shown here; nothing else is run on this machine. Ctrl-] leaves at once; the
    terminal is then as it was before, and the seat is kept.

    \b
    Example:  detente join http://192.168.1.20:8750/j/KESTREL
    """
    if os.name == "nt":
        raise UsageError("On Windows open the address in a browser; joining from a terminal is not built for it.", "D399")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("Joining needs a terminal for reading and writing; a browser can open the address too.", "D399")
    needed()
    import asyncio

    from sim.cli.verbs.play import bare_terminal
    from sim.serve.terminals.join import join, place_of

    place = place_of(address)
    code = code or place.code or click.prompt("Code")
    name = name or click.prompt("Your name")
    click.echo(asyncio.run(join(place, code, name, "ascii" if bare_terminal() else "braille", trust)))
