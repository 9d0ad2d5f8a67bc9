"""cli: `detente check`, every problem of scenarios in one pass, with the line and the next step."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.answers import as_json, counted, places
from sim.cli.options import Duration, Seed
from sim.errors import Diagnostic, ScenarioError, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from sim.cli.expecting import Retested
    from sim.cli.fixing import Fixed
    from sim.scenario.load import Loaded


@dataclass(frozen=True, slots=True)
class Checked:
    """One scenario, its problems, and the texts they point into."""

    label: str
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]
    loaded: Loaded | None = None


@click.command("check", short_help="All problems of scenarios, in one pass.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", shell_complete=places)
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--fix", is_flag=True, help="Mend what is sure in the files, and show what changed.")
@click.option("--expect", is_flag=True, help="Retest the promises of `expect:` too, in matches and games.")
@click.option("--budget", type=Duration(), default="60s", show_default=True, metavar="TIME",
              help="With --expect: how long to retest each scenario, such as 10s or 2min; less if all is decided.")
@click.option("--seed", type=Seed(), default=1, show_default=True, metavar="N", help="With --expect: where the games begin.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N",
              help="With --expect: processes.  [default: one per processor]")
@click.option("--save-witness", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="With --expect: keep a save of every match that shows something there, not only of broken promises.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], json_: bool, strict: bool, fix: bool, expect: bool, budget: float, seed: int,
            jobs: int | None, folder: Path | None) -> None:
    """All problems of scenarios, in one pass.

    PATH is a scenario file, a folder with scenario.yaml, a folder of such folders, or an id of `detente list`.
    The exit code is 1 if there is an error.

    With --fix a misspelt word with one near name, tabs, missing quotation marks and other sure slips are mended; nothing
    else in the files changes, comments included. What is left is told as ever.

    With --expect each promise is kept, broken or undecided, and it is told how that is known: proved, shown by a match,
    or counted in games, with a 95 % interval that holds whenever one stops. Of a broken promise a match that shows it is
    kept for `detente replay`. The exit code is 1 if one is broken, with --strict also if one is
    undecided, 130 after Ctrl-C.

    \b
    JSON:  diagnostics: [{code, severity, path, line, column, end_column, message, help, hidden,
             also: [{path, line, column, end_column}],
             fix: null or {title, edits: [{path, line, column, end_column, text}]}}]
           with --fix, fixed: [{code, path, line, title}], not_fixed: [{code, path, line, title, why}]
           with --expect, promises: [{scenario, text, verdict: kept|broken|undecided,
             known_by: proof|every match|match|games|budget|interruption, why, path, line, column, games,
             share: null or {count, share, low, high}, mean: null or points,
             witness: null or {round, orders, seed, save, rounds: [{round, orders, outcomes, chance}]}}]
    \b
    Example:  detente check scenarios/first-round
              detente check --fix my-scenario.yaml
              detente check first-round --expect --budget 10s
    """
    if not expect:
        _only_with_expect(ctx)
    # a check lives for half a second and keeps what it makes: collecting would be a tenth of its time
    gc.disable()
    named = _scenarios(paths)
    mended = [_fixed(path, label) for path, label in named] if fix else []
    found = [checked(path, label) for path, label in named]
    gc.enable()
    if strict:
        found = [replace(c, diagnostics=tuple(replace(d, severity="error") for d in c.diagnostics)) for c in found]
    every = [d for c in found for d in c.diagnostics]
    if json_:
        answer: dict[str, object] = {"diagnostics": [d.as_json() for d in every]}
        if fix:
            answer["fixed"] = [it for m in mended for it in m.as_json()]
            answer["not_fixed"] = [it for m in mended for it in m.refused_as_json()]
        if expect:
            retested = _retested(found, budget, seed, jobs, folder, quiet=True)
            answer["promises"] = retested.answers
        click.echo(as_json(answer))
    else:
        for m in mended:
            if m.shown:
                click.echo(m.shown + "\n")
        for c in found:
            click.echo(_told(c), nl=False)
        click.echo(_summary(found))
        if not fix and any(d.fix is not None for d in every) and (sure := sum(_mendable(*it) for it in zip(named, found, strict=True))):
            all_ = "it" if len(every) == 1 else "both" if len(every) == 2 else f"all {len(every)}"
            some = "one of them" if sure == 1 else f"{sure} of them"
            click.echo(f"`detente check --fix` can mend {all_ if sure == len(every) else some}.")
        if every:
            click.echo(f"`detente explain {every[0].code}` tells more.")
        if expect:
            click.echo()
            retested = _retested(found, budget, seed, jobs, folder, quiet=False)
    wrong = 1 if any(d.severity == "error" for d in every) else 0
    ctx.exit(retested.exit_code(wrong, strict=strict) if expect else wrong)


def _fixed(path: Path | Traversable, label: str) -> Fixed:
    """Sure fixes made in one scenario's files."""
    from sim.cli.fixing import fixed

    return fixed(path, label, lambda files, said: checked_files(files, said).diagnostics)


def _mendable(named: tuple[Path | Traversable, str], it: Checked) -> int:
    """How many of the problems would be mended: a fix that would not be made is not advertised."""
    path, label = named
    if not any(d.fix is not None for d in it.diagnostics) or not isinstance(path, Path) or "_bundled" in path.parts:
        return 0
    from sim.cli.fixing import rehearsed

    said = {(d.code, d.message, d.span and (d.span.path, d.span.line)) for d in it.diagnostics}
    done = rehearsed(path, label, lambda files, said: checked_files(files, said).diagnostics).done
    return len(said & {(d.code, d.message, d.span and (d.span.path, d.span.line)) for d, _ in done})


def _only_with_expect(ctx: click.Context) -> None:
    """Refuse what would say nothing."""
    for name, option in (("budget", "--budget"), ("seed", "--seed"), ("jobs", "--jobs"), ("folder", "--save-witness")):
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise UsageError(f"{option} says how promises are retested; add --expect, or leave it out.", "D350")


def _retested(found: list[Checked], budget: float, seed: int, jobs: int | None, folder: Path | None, *,
              quiet: bool) -> Retested:
    """The promises of every scenario."""
    from sim.cli.expecting import How, retested

    return retested([c.loaded for c in found if c.loaded is not None], How(budget, seed, jobs, folder), quiet=quiet)


def checked(path: Path | Traversable, label: str) -> Checked:
    """Load a scenario and its dossiers, and hold one against the other."""
    from sim.scenario.load import load

    return _checked(load(path, label))


def checked_files(files: Mapping[str, bytes], label: str) -> Checked:
    """The same of a scenario whose files are in memory."""
    from sim.scenario.load import load_bytes

    return _checked(load_bytes(files, label))


def _checked(loaded: Loaded) -> Checked:
    from sim.authoring.whole_check import told

    return Checked(loaded.label, *told(loaded), loaded)


def _scenarios(paths: tuple[str, ...]) -> list[tuple[Path | Traversable, str]]:
    """What the arguments name, all resolved before the first is checked."""
    out: list[tuple[Path | Traversable, str]] = []
    from sim.scenario.names import home

    for name in map(home, paths):
        path = Path(name)
        if path.is_dir() and not (path / "scenario.yaml").is_file():
            inside = sorted(p.parent for p in path.glob("*/scenario.yaml"))
            if not inside:
                from sim.scenario.names import beside

                if there := beside(path):
                    raise UsageError(f"The folder {name} holds no scenario.yaml; {there.strip()}", "D302")
                raise UsageError(f"The folder {name} holds no scenario.yaml, and no folder in it does; give a scenario "
                                 "file or a folder with one.", "D302")
            out.extend((p, str(p)) for p in inside)
        elif path.exists():
            out.append((path, name))
        else:
            from sim.cli.scenarios import located

            out.append(located(name))
    return out


def _told(c: Checked) -> str:
    return ScenarioError(c.diagnostics, c.texts).render() + "\n\n" if c.diagnostics else ""


def _summary(found: list[Checked]) -> str:
    every = [d for c in found for d in c.diagnostics]
    errors = sum(d.severity == "error" for d in every)
    warnings = len(every) - errors
    if not every:
        return f"{counted(len(found), 'scenario')}, no problems."
    told = [counted(errors, "error")] if errors else []
    told += [counted(warnings, "warning")] if warnings else []
    return f"{' and '.join(told)} in {counted(len(found), 'scenario')}."
