"""cli: `detente check`, every problem of scenarios in one pass, with the line and the next step."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.answers import as_json, counted, places
from sim.errors import Diagnostic, ScenarioError, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from sim.scenario.load import Loaded


@dataclass(frozen=True, slots=True)
class Checked:
    """One scenario, its problems, and the texts they point into."""

    label: str
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]


@click.command("check", short_help="All problems of scenarios, in one pass.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", shell_complete=places)
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], json_: bool, strict: bool) -> None:
    """All problems of scenarios, in one pass.

    PATH is a scenario file, a folder with scenario.yaml, a folder of such folders, or an id of `detente list`.
    The exit code is 1 if there is an error.

    \b
    JSON:  diagnostics: [{code, severity, path, line, column, message, help}]
    \b
    Example:  detente check scenarios/first-round
    """
    # a check lives for half a second and keeps what it makes: collecting would be a tenth of its time
    gc.disable()
    found = [checked(path, label) for path, label in _scenarios(paths)]
    gc.enable()
    if strict:
        found = [replace(c, diagnostics=tuple(replace(d, severity="error") for d in c.diagnostics)) for c in found]
    every = [d for c in found for d in c.diagnostics]
    if json_:
        click.echo(as_json({"diagnostics": [d.as_json() for d in every]}))
    else:
        for c in found:
            click.echo(_told(c), nl=False)
        click.echo(_summary(found))
    ctx.exit(1 if any(d.severity == "error" for d in every) else 0)


def checked(path: Path | Traversable, label: str) -> Checked:
    """Load a scenario and its dossiers, and hold one against the other."""
    from sim.scenario.load import load

    loaded = load(path, label)
    texts = {d.path: d.text for d in loaded.documents.values()}
    found = list(loaded.diagnostics)
    if loaded.scenario is not None and loaded.bound is not None:
        found += _of_dossiers(loaded, texts)
    return Checked(label, tuple(found), texts)


def _of_dossiers(loaded: Loaded, texts: dict[str, str]) -> list[Diagnostic]:
    assert loaded.scenario is not None
    assert loaded.bound is not None
    if not loaded.scenario.dossiers:
        # a fictional scenario need not cite, and reading dossiers costs time
        from sim.scenario.check import cited
        if not any(c and c != "invented" for _, ids in cited(loaded.bound) for c in ids):
            return []
    from sim.play.library import seeds_folder
    from sim.scenario.check import Problems, check_claims, check_map_claims
    from sim.scenario.names import MAIN, MAP
    from sim.scenario.shelf import claim_ids

    folder = seeds_folder()
    claims, wrong = claim_ids(folder, loaded.scenario.dossiers)
    for d in wrong:
        if d.span and (source := folder.joinpath(d.span.path)).is_file():
            texts[d.span.path] = source.read_bytes().decode("utf-8", "replace")
    problems = Problems(loaded.documents[MAIN])
    check_claims(loaded.bound, claims, problems, loaded.map.map if loaded.map else None)
    drawn = Problems(loaded.documents.get(MAP, loaded.documents[MAIN]))
    if loaded.map is not None:
        check_map_claims(loaded.map.map, claims, drawn)
    return [*wrong, *problems.found, *drawn.found]


def _scenarios(paths: tuple[str, ...]) -> list[tuple[Path | Traversable, str]]:
    """What the arguments name, all resolved before the first is checked."""
    out: list[tuple[Path | Traversable, str]] = []
    for name in paths:
        path = Path(name)
        if path.is_dir() and not (path / "scenario.yaml").is_file():
            inside = sorted(p.parent for p in path.glob("*/scenario.yaml"))
            if not inside:
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
