"""cli: `detente graph`, what leads to what in a scenario, as text or as a Mermaid diagram."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.answers import as_json, places
from sim.cli.options import Seed, fresh_seed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario.load import Loaded

WHAT = ("phases", "provisions", "clauses", "moves", "tracks")


@click.command("graph", short_help="What leads to what, as text or as a diagram.")
@click.argument("scenario", shell_complete=places)
@click.option("--of", type=click.Choice(WHAT), default="phases", show_default=True, help="What to draw.")
@click.option("--as", "as_", type=click.Choice(["text", "mermaid"]), default="text", show_default=True,
              help="Text for the terminal, or Mermaid for a page.")
@click.option("--heat", type=click.IntRange(1, 100_000), metavar="N",
              help="Play N games and tell in how many of them each thing happened.")
@click.option("--seed", type=Seed(), metavar="N", help="Of those games.  [default: any]")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look for scenarios there too; may be repeated.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
@click.pass_context
def command(ctx: click.Context, scenario: str, of: str, as_: str, heat: int | None, seed: int | None,
            folders: tuple[Path, ...], json_: bool) -> None:
    """What leads to what in a scenario.

    The phases and what moves the situation between them; provisions, their statuses and what moves these; which clauses
    need or exclude which; what moves leave behind for others; what raises or lowers a track.

    With --heat, the share of games between personas in which each of it happened: what never does is dashed.

    \b
    JSON:  title, games (0 without --heat), nodes: [{id, title, group, note, heat}],
           edges: [{source, target, text, sign, heat}] (heat: 0..1 or null)
    \b
    Example:  detente graph border-standoff-2021 --of phases --heat 100
              detente graph first-round --of tracks --as mermaid > tracks.mmd
    """
    from sim.authoring.graph.drawing import mermaid, text
    from sim.authoring.graph.edges import graph, heated
    from sim.cli.scenarios import loaded
    from sim.words.catalog import Catalog

    found = loaded(scenario, folders)
    drawn = graph(Catalog(found.usable()[1]), of)
    code = 0
    if heat is not None:
        seen, games, interrupted = _happened(found, scenario, heat, fresh_seed() if seed is None else seed)
        drawn = heated(drawn, seen, games)
        code = 130 if interrupted else 0
    if json_:
        click.echo(as_json({"title": drawn.title, "games": drawn.games,
                            "nodes": [_shown(asdict(node)) for node in drawn.nodes],
                            "edges": [_shown(asdict(edge)) for edge in drawn.edges]}))
    else:
        click.echo(mermaid(drawn) if as_ == "mermaid" else text(drawn), nl=False)
    ctx.exit(code)


def _shown(item: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in item.items() if key != "seen"}


def _happened(found: Loaded, scenario: str, games: int, seed: int) -> tuple[Mapping[str, int], int, bool]:
    """In how many games each thing happened, of how many, and whether somebody interrupted them."""
    from sim.batch.series import Series
    from sim.cli import many
    from sim.cli.scenarios import lowered
    from sim.play import game_of

    with lowered(scenario):
        game = game_of(found)
    series = Series(game, seed, many.players(game, ()), covered=True)
    (record,), interrupted = many.play([series], games, many.measured(series))
    return record.seen(), record.games, interrupted
