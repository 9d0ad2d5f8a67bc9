"""cli: `detente watch`, a scenario under its author's hands: problems, story map, and a game that every save plays again."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from sim.cli.answers import counted, places
from sim.cli.options import Seed, fresh_seed
from sim.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.authoring.watching.bench import Bench, Promised, Report
    from sim.authoring.watching.files import Seen
    from sim.authoring.watching.news import Parting

Level = Literal["easy", "standard", "hard"]
EVERY: Final = 0.1
"""Seconds between two looks at the files."""


@click.command("watch", short_help="Problems, map and a live game, again after every save.")
@click.argument("path", metavar="PATH", shell_complete=places)
@click.option("--round", "number", type=click.IntRange(1), default=1, metavar="N", help="Begin the game in this round.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE",
              help="Begin it with this value of a track, flag, counter, status or the phase; may be repeated.")
@click.option("--seed", type=Seed(), metavar="N", help="The same seed and orders give the same game.  [default: any]")
@click.option("--until", metavar="LEG", help="Play to the end of this leg.  [default: the last]")
@click.option("--level", type=click.Choice(["easy", "standard", "hard"]), default="easy", show_default=True,
              help="How well policies play the seats that you do not.")
@click.option("--play", "rounds", type=click.IntRange(0), metavar="N",
              help="Let policies play N rounds first.  [default: 0; with --plain to the end]")
@click.option("--plain", is_flag=True, help="Lines after every save, until Ctrl-C.")
@click.option("--theme", metavar="NAME", help="The colours of the screen.")
@click.pass_context
def command(ctx: click.Context, path: str, number: int, values: tuple[str, ...], seed: int | None, until: str | None,
            level: Level, rounds: int | None, plain: bool, theme: str | None) -> None:
    """Problems, story map and a live game of a scenario, again after every save of one of its files.

    PATH is a scenario file, a folder with scenario.yaml, or an id of `detente list`. Save in your editor: the files are
    checked, the same game (the same seed, the same orders, the same start) is played again to the same round, and the
    first dispatch that differs is shown with the line of the file that it comes from. A file that does not load leaves
    the last good game playable.

    Without a terminal, with TERM=dumb or --plain one line is printed after every save, and one about its promises.

    \b
    Example:  detente watch my-scenario/
              detente watch first-round --round 3 --set tension=70 --set phase=talks --seed 7
    """
    from sim.cli.verbs.play import _known_theme, on_terminal

    if theme is not None:
        _known_theme(theme)
    bench = _bench(path, number, values, fresh_seed() if seed is None else seed, until, level)
    if plain or not on_terminal():
        ctx.exit(_in_lines(bench, rounds))
    ctx.exit(_on_screen(bench, rounds or 0, theme))


def _bench(path: str, number: int, values: tuple[str, ...], seed: int, until: str | None, level: str) -> Bench:
    """The bench, its start checked as far as the scenario loads. Raises `UsageError`."""
    from sim.authoring.watching.bench import Bench
    from sim.authoring.watching.script import Script, replayed
    from sim.play.beginning import Beginning, assigned
    from sim.play.library import find
    from sim.scenario.load import load
    from sim.scenario.names import home

    folder = find(home(path)).folder
    if not isinstance(folder, Path):
        raise UsageError(f"`{path}` is inside a package and cannot be edited; copy it to a folder of yours first.", "D363")
    script = Script(seed, level, until, Beginning(number, assigned(values)))
    if script.begin.elsewhere or until is not None:
        found = load(folder, str(folder))
        # a scenario that does not load is what this is for; its start is looked at when it does
        if not found.errors and found.bound is not None:
            replayed(found, script)
    return Bench(folder, _label(path, folder), script)


def _label(path: str, folder: Path) -> str:
    """What the user called it, if that leads there; else where it is."""
    return path if Path(path).exists() else str(folder)


# -- on the screen


def _on_screen(bench: Bench, rounds: int, theme: str | None) -> int:
    from sim.cli.verbs.play import bare_terminal
    from sim.play.paths import keymap_file, settings_file, themes_folder
    from sim.tui.start import Start
    from sim.tui.watch_app import WatchApp

    # what cannot be read at all is told here, before there is a screen
    bench.watched.first()
    start = Start(theme=theme, settings=settings_file(), keymap=keymap_file(), themes=themes_folder())
    if bare_terminal():
        start = replace(start, map="ascii", theme=theme or "detente-mono")
    app = WatchApp(start, bench, first=rounds)
    app.run()
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


# -- line by line


def _in_lines(bench: Bench, rounds: int | None) -> int:
    """Lines now and after every save, until somebody interrupts."""
    report = bench.open()
    _begun(bench, rounds)
    _say(line(bench, report))
    seen = _retested(bench, report)
    while True:
        if seen is None:
            time.sleep(EVERY)
            seen = bench.watched.look()
            continue
        had = bench.game_stands
        found = bench.take(seen)
        if not had:
            _begun(bench, rounds)
        _say(line(bench, found))
        seen = _retested(bench, found)


def _retested(bench: Bench, report: Report) -> Seen | None:
    """Retest the promises and tell how they stand; a save that comes meanwhile is given back instead."""
    if not report.loads or not bench.promised():
        return None
    saved: list[Seen] = []
    looked = time.monotonic()

    def going() -> bool:
        nonlocal looked
        if not saved and time.monotonic() - looked >= EVERY:
            seen, looked = bench.watched.look(), time.monotonic()
            saved.extend([seen] if seen is not None else [])
        return not saved

    bench.retest(going)
    if saved:
        return saved[0]
    _say(promise_line(bench.promised()))
    return None


def _begun(bench: Bench, rounds: int | None) -> None:
    if bench.game_stands:
        bench.close_round(10_000 if rounds is None else rounds)


def _say(told: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')}  {told}")


def promise_line(promised: Sequence[Promised]) -> str:
    """How many promises are kept, and what is known of the others."""
    kept = sum(it.verdict == "kept" for it in promised)
    told = [f"{counted(kept, 'promise')} kept" if kept == len(promised) else f"{kept} of {len(promised)} promises kept"]
    told += [f"{it.verdict}: {it.text} ({it.why.strip().rstrip('.')})" for it in promised if it.verdict != "kept"]
    return "; ".join(told) + "."


def line(bench: Bench, report: Report) -> str:
    """How things stand after a save: how many problems, where the game stands, the first difference and its line."""
    told = [_problems(report)]
    if report.trouble:
        told.append(report.trouble)
    elif not report.loads:
        first = report.problems[0].diagnostic
        where = f"{first.span.path}:{first.span.line}: " if first.span else ""
        told.append(f"{where}{first.message}")
    if not report.loads:
        told.append("the last good game stays" if bench.game_stands else "no game yet")
    elif report.change is None:
        match = bench.match()
        told.append(f"the game {'ended' if match.ended else 'stands'} in round {match.round}")
    else:
        change = report.change
        parting = change.dispatch or change.cause
        told.append(_difference(parting) if parting else "the game is the same" if change.same else
                    "what was played is the same, what can be ordered is not")
        if change.blame is not None and change.blame.span is not None:
            told.append(f"from {change.blame.path}:{change.blame.span[0]}")
        told += [f"no longer legal in round {it.round}: {it.capital}, “{it.title}”" for it in change.left_out]
        if change.unplayed:
            told.append(f"over before: {counted(change.unplayed, 'round')} not played again")
    return "; ".join(part.strip().rstrip(".") for part in told) + "."


def _problems(report: Report) -> str:
    if not report.problems:
        return "no problems"
    told = [counted(report.errors, "error")] if report.errors else []
    return ", ".join([*told, *([counted(report.warnings, "warning")] if report.warnings else [])])


def _difference(parting: Parting) -> str:
    def side(text: str | None, changes: tuple[str, ...]) -> str:
        return "nothing" if text is None else f"“{text}”" + (f" ({', '.join(changes)})" if changes else "")

    before, after = parting.before, parting.after
    both = set(before.changes) & set(after.changes) if before is not None and after is not None else set()
    was, now = (side(it.text if it else None, tuple(c for c in it.changes if c not in both) if it else ())
                for it in (before, after))
    return f"round {parting.round}: before {was}, now {now}"
