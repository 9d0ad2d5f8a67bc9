"""cli: `detente explain`, what a code means, with a wrong and a right example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sim.cli.answers import as_json

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from sim.authoring.diagnostics import Entry


def _codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from sim.authoring.diagnostics import catalogue

    wanted = incomplete.upper()
    return [CompletionItem(code, help=it.title) for code, it in catalogue().items() if code.startswith(wanted)]


@click.command("explain", short_help="What a code means, with an example.")
@click.argument("code", required=False, metavar="[CODE]", shell_complete=_codes)
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
def command(code: str | None, json_: bool) -> None:
    """What a code means, what to do, and a wrong and a right example.

    CODE is what stands in brackets before a message of `detente check`. Without it all codes are listed by family.

    \b
    JSON:  code, severity, title, meaning, do, file, wrong, right; without CODE codes: [{code, family, title}]
    \b
    Example:  detente explain G202
    """
    from sim.authoring.diagnostics import as_text, catalogue, entry, listing

    if code is None:
        codes = [{"code": it.code, "family": it.family.title, "title": it.title} for it in catalogue().values()]
        click.echo(as_json({"codes": codes}) if json_ else listing(), nl=json_)
        return
    found = entry(code)
    click.echo(as_json(_told(found)) if json_ else as_text(found), nl=json_)


def _told(it: Entry) -> dict[str, str | None]:
    return {"code": it.code, "severity": it.severity or None, "title": it.title, "meaning": it.meaning, "do": it.do,
            "file": None if it.command else it.file, "wrong": it.wrong or None, "right": it.right or None}
