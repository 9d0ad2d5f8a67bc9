"""authoring: what an interview leaves on the disk: a folder with a scenario that passes, or the answers so far."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sim.authoring.interview_briefs import briefs
from sim.authoring.interview_scenario import scenario
from sim.authoring.interview_story import story
from sim.authoring.written_yaml import written
from sim.errors import ScenarioError, UsageError
from sim.scenario.names import MAIN

SCHEMA: Final = "scenario.schema.json"
_HEAD: Final = "Answers of `detente new`. Go on with: detente new FOLDER --answers THIS_FILE"


def refuse_taken(folder: Path) -> None:
    """Raises `UsageError` (D370) if the folder holds something, or cannot be made."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; give the name of a new folder.", "D370")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} is there already and is not empty; give another name. Nothing was changed.", "D370")
    above = folder.absolute().parent
    while not above.exists():
        above = above.parent
    if not above.is_dir():
        raise UsageError(f"{above} is a file, so no folder can be made in it; give another place.", "D370")


def files(answers: Mapping[str, Any]) -> dict[str, str]:
    """The files of the scenario that complete answers describe, checked. Raises `ScenarioError` if it does not pass."""
    import json

    from sim.scenario.load import load_files
    from sim.scenario.schema import names_of, scenario_schema

    told = story(answers)
    made = {MAIN: scenario(told), **briefs(told)}
    found = load_files(made, told.id)
    if found.diagnostics:
        raise ScenarioError(found.diagnostics, {d.path: d.text for d in found.documents.values()})
    names = names_of({name: text.encode() for name, text in made.items()})
    made[SCHEMA] = json.dumps(scenario_schema(names), ensure_ascii=False, indent=1) + "\n"
    return made


def write(folder: Path, made: Mapping[str, str]) -> None:
    """Write the files; the folder is there whole or not at all."""
    refuse_taken(folder)
    target = folder.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        draft.chmod(0o755)
        for name, text in made.items():
            file = draft / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        if target.is_dir():
            target.rmdir()
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def keep_answers(folder: Path, answers: Mapping[str, Any]) -> Path:
    """Write what was answered so far beside where the folder would be; the file, whose name nothing else had."""
    target = folder.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        name = f"{target.name}.answers.yaml" if number == 1 else f"{target.name}.answers-{number}.yaml"
        try:
            with (target.parent / name).open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(written(answers, _HEAD))
        except FileExistsError:
            number += 1
        else:
            return folder.parent / name


def read_answers(file: Path) -> dict[str, Any]:
    """The answers in a file. Raises `ScenarioError` for what is no YAML, `UsageError` (D371) for what is no answers."""
    from sim.scenario.reader import read

    try:
        document = read(str(file), file.read_bytes())
    except OSError as problem:
        raise UsageError(f"{file} cannot be read ({problem.strerror or problem}); give a file of answers.", "D371") from problem
    if document.diagnostics:
        raise ScenarioError(document.diagnostics, {document.path: document.text})
    if not isinstance(document.value, dict):
        raise UsageError(f"{file} holds no answers; write `title: …` and so on, one question a line.", "D371")
    return dict(document.value)
