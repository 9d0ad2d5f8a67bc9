"""cli: `detente replay`, a saved match on the timeline or, without a terminal, as readable rounds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.answers import as_json
from sim.cli.verbs.play import on_terminal, show
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.play import Match
    from sim.words.desk import Desk


@click.command("replay", short_help="Read a saved match round by round.")
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--round", "number", type=click.IntRange(1), metavar="N", help="One round only.")
@click.option("--seat", metavar="ACTOR", help="What this seat knew, or `public`; everything unless said.")
@click.option("--plain", is_flag=True, help="Pages of text, no escape codes, as without a terminal.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
@click.pass_context
def command(ctx: click.Context, save: Path, number: int | None, seat: str | None, plain: bool, json_: bool) -> None:
    """Read a saved match round by round: orders, what they led to, the ending.

    On a terminal it opens on the timeline, as the person who played it saw it: rounds are walked and played again, and
    a round can be played on from, which begins a new line in the save. Else, and with --plain or --json, it is printed.

    A save is its owner's and what is printed holds everything; --seat leaves out what that seat did not know. The file
    is not changed by reading.

    \b
    JSON:  form, scenario, title, viewer, round, ending, seats, rounds: [{round, values, events}], last,
           orders: {round: {seat: [move]}}; without --seat also seed, until, level, players, choices
    \b
    Example:  detente replay standoff.detente --round 3 --seat armenia
    """
    if not plain and not json_ and on_terminal():
        ctx.exit(_on_screen(save, number, seat))
    from sim.play import Match
    from sim.rules import CONTROL

    match = Match.read(save)
    viewer = seat or CONTROL
    match.view(viewer)
    if number is not None and number > match.round:
        raise _beyond(save, match.round)
    if json_:
        click.echo(as_json(_answer(match, viewer, number)))
        return
    _print(match, viewer, number)


def _on_screen(save: Path, number: int | None, seat: str | None) -> int:
    from sim.play.saves import card

    # what is wrong with the file is told here, before there is a screen
    found = card(save)
    reached = max(1, found.round + (not found.ended))
    if number is not None and number > reached:
        raise _beyond(save, reached)
    from sim.tui.start import Start

    return show(Start(load=save, replay=True, round=number, seat=seat))


def _beyond(save: Path, reached: int) -> UsageError:
    return UsageError(f"The match in {save} has come to round {reached}; choose 1 to {reached}.", "D313")


def _answer(match: Match, viewer: str, number: int | None) -> dict[str, Any]:
    from sim.play.export import export_log

    out = export_log(match, viewer)
    if number is not None:
        out["rounds"] = [it for it in out["rounds"] if it["round"] == number]
        for key in ("orders", "choices"):
            if key in out:
                out[key] = {name: it for name, it in out[key].items() if name == str(number)}
    return out


def _print(match: Match, viewer: str, number: int | None) -> None:
    from sim.cli.scenarios import dossiers
    from sim.plain import Paper
    from sim.plain.round_pages import dispatches
    from sim.plain.text_pages import ending, scores
    from sim.words.desk import Desk

    desk = Desk(match, viewer, {}, lambda: dossiers(match.loaded))
    paper = Paper(sys.stdout)
    now = desk.situation()
    paper.page([f"{now.title}, as {now.viewer} knew it." if viewer != "control" else f"{now.title}, with all its secrets."])
    for chapter in desk.chronicle().chapters:
        if number not in (None, chapter.round):
            continue
        paper.page(["", f"Round {chapter.round}, {desk.catalog.date_of(chapter.round)}."])
        told = desk.dispatches(chapter.round)
        paper.page([*_orders(match, desk, viewer, chapter.round),
                    *(["What happened:", *dispatches(told)] if told else ["Nothing was heard."])])
    page = desk.ending()
    if page is not None and number in (None, page.round):
        # a replay for one seat tells its own score alone: the others' goals are theirs
        mine = [it for it in page.scores if viewer in ("control", it.seat)]
        paper.page(["", *ending(page), *scores(mine)])
    elif not match.ended:
        paper.page(["", f"Round {match.round} is open."])


def _orders(match: Match, desk: Desk, viewer: str, number: int) -> list[str]:
    """What was filed in a closed round, as far as it is the viewer's."""
    told = []
    for played in match.rounds:
        if played.round != number:
            continue
        for seat, orders in played.orders.items():
            if viewer in ("control", seat):
                titles = [f"“{desk.catalog.moves[key].title}”" for key in orders.moves]
                told.append(f"{desk.catalog.capital(seat)} filed {', '.join(titles) if titles else 'nothing'}.")
    return told
