"""cli: `detente new`, a scenario from a few plain questions."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sim.authoring.interview.asking import Interview


@click.command("new", short_help="A new scenario, by interview.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="PATH")
@click.option("--answers", "file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Take answers from this YAML file; only what it leaves open is asked.")
@click.option("--again", is_flag=True, help="Make a folder anew that `detente new` made and nobody has changed since; its own "
              "answers are taken.")
@click.option("--yes", is_flag=True, help="Ask nothing: what is not answered is taken as suggested.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON; goes with --yes.")
@click.pass_context
def command(ctx: click.Context, folder: Path, file: Path | None, again: bool, yes: bool, json_: bool) -> None:
    """A new scenario, by interview: a folder that passes `detente check` and can be played at once.

    Some thirty plain questions, each answered with Enter if you like: who quarrels about what, what each seat wants, can
    lose and alone can do, who will remember it; which agreement stands, and which patterns are played: a deal, an
    ultimatum, a text to sign, a mediator, an accident, a deadline. `?` explains a question, `back` goes to the one before.
    At the end every answer is shown and can be changed. Ctrl-C, or the end of the input, keeps the answers in
    PATH.answers.yaml.

    The folder holds scenario.yaml with comments, a brief for each seat, scenario.schema.json for your editor, and
    answers.yaml. PATH must be new or empty; nothing is ever overwritten. Only with --again a folder that this command made
    is made anew, if nothing in it but answers.yaml was changed. The exit code is 1 if the input ends too early.

    \b
    JSON:  folder, id, title, files: [name], answers: {question: answer}
    \b
    Example:  detente new my-scenario
              detente new my-scenario --again
    """
    from sim.authoring.interview import files as disk
    from sim.authoring.interview.asking import Interview

    if json_ and not yes:
        raise click.UsageError("--json goes with --yes: an interview has no place in JSON.")
    (disk.refuse_touched if again else disk.refuse_taken)(folder)
    if again and file is None:
        file = folder / disk.ANSWERS
    interview = Interview(disk.read_answers(file) if file else None)
    if yes:
        interview.take_defaults()
    else:
        _asked(ctx, interview, folder, " --again" if again else "")
    made = disk.files(interview.answers)
    (disk.write_again if again else disk.write)(folder, made)
    answers = interview.answers
    if json_:
        from sim.authoring.interview.story import story
        from sim.cli.answers import as_json

        click.echo(as_json({"folder": str(folder), "id": story(answers).id, "title": answers["title"],
                            "files": list(made), "answers": answers}))
        return
    _told(folder, answers, made)


def _asked(ctx: click.Context, interview: Interview, folder: Path, flag: str) -> None:
    """The interview itself; what was answered is kept if it does not come to its end."""
    from sim.plain.interview import Ended, ask
    from sim.plain.paper import Paper
    from sim.plain.reader import Reader

    paper = Paper(sys.stdout)
    try:
        ask(interview, paper, Reader(sys.stdin, paper))
    except (Ended, KeyboardInterrupt) as end:
        _kept(interview, folder, flag)
        ctx.exit(130 if isinstance(end, KeyboardInterrupt) else 1)


def _kept(interview: Interview, folder: Path, flag: str) -> None:
    from sim.authoring.interview.files import keep_answers

    if not interview.answers:
        click.echo("\nNothing was answered yet, and nothing was written.")
        return
    kept = keep_answers(folder, interview.answers)
    click.echo(f"\nThe answers so far are in {kept}. Go on with:\n"
               f"  detente new {shlex.quote(str(folder))} --answers {shlex.quote(str(kept))}{flag}")


def _told(folder: Path, answers: dict[str, Any], made: dict[str, str]) -> None:
    named = shlex.quote(str(folder))
    click.echo(f"“{answers['title']}” is in {folder} and passes the check.\n"
               + "".join(f"\n  {name}" for name in made) + "\n"
               f"\n  detente play {named}      play it"
               f"\n  detente watch {named}     change it, and see at every save what that does"
               f"\n  detente explore {named}   what can happen in it, and which move is too good"
               f"\n\nAs long as you have changed no file, an answer can be changed: detente new {named} --again")
