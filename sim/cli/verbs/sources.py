"""cli: `detente sources`, who says what, when, and who disputes it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from sim.cli.answers import as_json, places
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.scenario.dossier import Claim, Dossier


@click.command("sources", short_help="Who says what, when, and who disputes it.")
@click.argument("scenario", shell_complete=places)
@click.argument("claim", required=False)
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
def command(scenario: str, claim: str | None, json_: bool) -> None:
    """Who says what, when, and who disputes it: the claims of a scenario's dossiers, or one of them.

    \b
    JSON:  claims: {id: {says, speaker, by, date, status, disputed_by, also, actors, note, dossier}},
           dossiers: {id: {title, outlet, kind, date, where, note}}
    \b
    Example:  detente sources border-standoff-2021 C05
    """
    from sim.cli.scenarios import dossiers, loaded
    from sim.scenario.dossier import claims_of

    found = loaded(scenario)
    held = dossiers(found)
    claims = claims_of(held)
    if claim is not None:
        name = claim if claim in claims else claim.upper()
        if name not in claims:
            from sim.words.sources import meant

            raise UsageError(f"There is no claim `{claim}` in the dossiers of {scenario}; {meant(claim, claims)}"
                             f"`detente sources {scenario}` lists them.", "D330")
        claims = {name: claims[name]}
        held = {claims[name][1].id: claims[name][1]}
    if json_:
        click.echo(as_json({
            "claims": {name: _claim(it, dossier) for name, (it, dossier) in claims.items()},
            "dossiers": {name: _dossier(it) for name, it in held.items()}}))
        return
    if not claims:
        click.echo(f"{scenario} cites no dossier: what it tells is invented.")
    names = {actor: it.name for actor, it in found.usable()[0].actors.items()}
    for dossier in held.values():
        click.echo(_heading(dossier))
        for name, (it, where) in claims.items():
            if where is dossier:
                click.echo(_told(name, it, names))


def _claim(it: Claim, dossier: Dossier) -> dict[str, Any]:
    return {**it.model_dump(mode="json"), "dossier": dossier.id}


def _dossier(it: Dossier) -> dict[str, Any]:
    return it.model_dump(mode="json", include={"title", "outlet", "kind", "date", "where", "note"})


def _heading(it: Dossier) -> str:
    date = f", {it.date}" if it.date else ""
    lines = [textwrap.fill(f"{it.title} ({it.outlet}{date}; {it.id})", 80)]
    lines += [textwrap.fill(text, 80, initial_indent="  ", subsequent_indent="  ")
              for text in (it.where and f"Where: {it.where}", it.note and f"Limits: {it.note}") if text]
    return "\n".join(lines)


def _told(name: str, it: Claim, names: dict[str, str]) -> str:
    said = ", ".join(text for text in (it.speaker, it.date, it.status) if text)
    text = f"{name}. {it.says} ({said})"
    if it.disputed_by:
        denials = "; ".join(f"{names.get(actor, actor)}{f' in {denial}' if denial else ''}"
                            for actor, denial in it.disputed_by.items())
        text += f" Disputed by {denials}."
    if it.note:
        text += f" Note: {it.note}"
    return textwrap.fill(text, 80, initial_indent="  ", subsequent_indent="    ")
