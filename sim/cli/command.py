"""cli: the command `detente` and its verbs, each imported only when it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click

from sim import __version__
from sim.errors import nearest

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@dataclass(frozen=True, slots=True)
class Verb:
    """Where a verb lives, and the line that `detente --help` prints without importing it."""

    module: str
    line: str


VERBS: Mapping[str, Verb] = {
    "list": Verb("sim.cli.verbs.list", "The scenarios found."),
    "play": Verb("sim.cli.verbs.play", "Play a scenario, or go on with a save."),
    "host": Verb("sim.cli.verbs.host", "Host a class on this machine."),
    "join": Verb("sim.cli.verbs.join", "Take a seat of a class from this terminal."),
    "run": Verb("sim.cli.verbs.run", "One whole match by policies, or the table of many."),
    "odds": Verb("sim.cli.verbs.odds", "How likely each ending is, and what that hangs on."),
    "graph": Verb("sim.cli.verbs.graph", "What leads to what, as text or as a diagram."),
    "print": Verb("sim.cli.verbs.print", "A whole scenario on paper: a lesson's sheets, or plain English."),
    "explore": Verb("sim.cli.verbs.explore", "What can happen: reached, impossible or unknown."),
    "replay": Verb("sim.cli.verbs.replay", "Read a saved match round by round."),
    "export": Verb("sim.cli.verbs.export", "Saved matches and lessons: records, a transcript, a table."),
    "sources": Verb("sim.cli.verbs.sources", "Who says what, when, and who disputes it."),
    "check": Verb("sim.cli.verbs.check", "All problems of scenarios, in one pass."),
    "explain": Verb("sim.cli.verbs.explain", "What a code means, with an example."),
    "new": Verb("sim.cli.verbs.new", "A new scenario, by interview."),
    "watch": Verb("sim.cli.verbs.watch", "Problems, map and a live game, again after every save."),
    "schema": Verb("sim.cli.verbs.schema", "JSON Schema of scenario files, for editors."),
    "paths": Verb("sim.cli.verbs.paths", "Where saves, settings and the log live."),
    "completion": Verb("sim.cli.verbs.completion", "Shell completion for bash, zsh or fish."),
}


class LazyGroup(click.Group):
    """A group that knows its verbs by name and imports the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order a newcomer meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, or None where there is none of that name."""
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        command = import_module(verb.module).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb of the arguments; a wrong one is told with the nearest that exists."""
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            found = nearest(name, VERBS)
            hint = f"Did you mean `{found}`?" if found else f"The verbs are {', '.join(VERBS)}."
            ctx.fail(f"There is no verb `{name}`. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line per verb, from the table above."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, verb.line) for name, verb in VERBS.items()])


@click.group(
    cls=LazyGroup, name="detente", invoke_without_command=True, context_settings=CONTEXT, subcommand_metavar="VERB …"
)
@click.version_option(__version__, prog_name="detente", message="%(prog)s %(version)s")
@click.option(
    "--log", "log_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write the log there instead of the user's log folder.",
)
@click.pass_context
def detente(ctx: click.Context, log_file: Path | None) -> None:
    """Detente, a text-based simulator of diplomatic crises.

    Without a verb the home screen opens.

    \b
    Example:  detente play border-standoff-2021 --seat armenia
    """
    from sim.cli import log

    log.choose(log_file)
    if ctx.invoked_subcommand is None:
        from sim.cli.verbs.play import home

        home(ctx)
