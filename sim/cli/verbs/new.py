"""cli: `detente new`, a scenario from a few plain questions."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sim.authoring.interview import Interview


@click.command("new", short_help="A new scenario, by interview.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="PATH")
@click.option("--answers", "file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Take answers from this YAML file; only what it leaves open is asked.")
@click.option("--yes", is_flag=True, help="Ask nothing: what is not answered is taken as suggested.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON; goes with --yes.")
@click.pass_context
def command(ctx: click.Context, folder: Path, file: Path | None, yes: bool, json_: bool) -> None:
    """A new scenario, by interview: a folder that passes `detente check` and can be played at once.

    Some twenty-five plain questions, most answered with Enter: who quarrels about what, what rises and falls, which
    agreement stands, and which patterns are played: an offer, an ultimatum, a mediator, a text to sign, an accident, a
    deadline. `?` explains a question, `back` goes to the one before. Ctrl-C, or the end of the input, keeps the answers
    in PATH.answers.yaml.

    The folder holds scenario.yaml with comments, a brief for each seat, and scenario.schema.json for your editor.
    PATH must be new or empty; nothing is ever overwritten. The exit code is 1 if the input ends too early.

    \b
    JSON:  folder, id, title, files: [name], answers: {question: answer}
    \b
    Example:  detente new my-scenario
    """
    from sim.authoring.interview import Interview
    from sim.authoring.interview_files import files, read_answers, refuse_taken, write
    from sim.cli.answers import as_json

    if json_ and not yes:
        raise click.UsageError("--json goes with --yes: an interview has no place in JSON.")
    refuse_taken(folder)
    interview = Interview(read_answers(file) if file else None)
    if yes:
        interview.take_defaults()
    elif interview.question is not None:
        _asked(ctx, interview, folder)
    made = files(interview.answers)
    write(folder, made)
    answers = interview.answers
    if json_:
        from sim.authoring.interview_story import story

        click.echo(as_json({"folder": str(folder), "id": story(answers).id, "title": answers["title"],
                            "files": list(made), "answers": answers}))
        return
    _told(folder, answers, made)


def _asked(ctx: click.Context, interview: Interview, folder: Path) -> None:
    """The interview itself; what was answered is kept if it does not come to its end."""
    from sim.plain.interview import Ended, ask
    from sim.plain.paper import Paper
    from sim.plain.reader import Reader

    paper = Paper(sys.stdout)
    try:
        ask(interview, paper, Reader(sys.stdin, paper))
    except (Ended, KeyboardInterrupt) as end:
        _kept(interview, folder)
        ctx.exit(130 if isinstance(end, KeyboardInterrupt) else 1)


def _kept(interview: Interview, folder: Path) -> None:
    from sim.authoring.interview_files import keep_answers

    if not interview.answers:
        click.echo("\nNothing was answered yet, and nothing was written.")
        return
    kept = keep_answers(folder, interview.answers)
    click.echo(f"\nThe answers so far are in {kept}. Go on with:\n"
               f"  detente new {shlex.quote(str(folder))} --answers {shlex.quote(str(kept))}")


def _told(folder: Path, answers: dict[str, Any], made: dict[str, str]) -> None:
    named = shlex.quote(str(folder))
    click.echo(f"“{answers['title']}” is in {folder} and passes the check.\n"
               + "".join(f"\n  {name}" for name in made) + "\n"
               f"\n  detente play {named}      play it"
               f"\n  detente watch {named}     change it, and see at every save what that does"
               f"\n  detente explore {named}   what can happen in it, and which move is too good")
