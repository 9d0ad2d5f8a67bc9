"""authoring: what an interview leaves on the disk: a folder with a scenario that passes and the answers it came from.

The answers carry a mark of the other files as they were made, so that a folder in which nobody has written since can be
made anew, and no other.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sim.authoring.interview.briefs import briefs
from sim.authoring.interview.scenario import scenario
from sim.authoring.interview.story import story
from sim.authoring.interview.written_yaml import written
from sim.errors import ScenarioError, UsageError
from sim.scenario.names import MAIN

ANSWERS: Final = "answers.yaml"
_SO_FAR: Final = "Answers of `detente new`. Go on with: detente new FOLDER --answers THIS_FILE"
_COMPLETE: Final = """\
Answers of `detente new`. Change one here or in the interview, and make the folder anew: detente new FOLDER --again
As long as nothing else in the folder was changed. Afterwards: detente new OTHER_FOLDER --answers THIS_FILE
Mark of the files as they were made: """
_MARK: Final = re.compile(r"^# Mark of the files as they were made: ([0-9a-f]{16})$", re.MULTILINE)


def refuse_taken(folder: Path) -> None:
    """Raises `UsageError` (D370) if the folder holds something, or cannot be made."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; give the name of a new folder.", "D370")
    if folder.is_dir() and any(folder.iterdir()):
        again = " With `--again` it is made anew from its answers." if untouched(folder) else ""
        raise UsageError(f"{folder} is there already and is not empty; give another name.{again} Nothing was changed.", "D370")
    above = folder.absolute().parent
    while not above.exists():
        above = above.parent
    if not above.is_dir():
        raise UsageError(f"{above} is a file, so no folder can be made in it; give another place.", "D370")


def refuse_touched(folder: Path) -> None:
    """Raises `UsageError` (D370) unless the folder is as `detente new` made it, apart from the answers."""
    if not (folder / ANSWERS).is_file():
        raise UsageError(f"{folder} holds no {ANSWERS}, so it was not made by `detente new` and is not made anew; leave out "
                         "`--again`, or give the folder of a scenario that was.", "D370")
    if not untouched(folder):
        raise UsageError(f"Something in {folder} was changed since it was made, and would be lost; give another folder with "
                         f"`--answers {folder / ANSWERS}`. Nothing was changed.", "D370")


def untouched(folder: Path) -> bool:
    """Whether `detente new` made the folder and nothing in it but the answers was changed since."""
    try:
        found = _MARK.search((folder / ANSWERS).read_text(encoding="utf-8"))
        if found is None:
            return False
        there = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if not file.is_dir()}
    except (OSError, UnicodeDecodeError):
        return False
    return found.group(1) == _mark({name: content for name, content in there.items() if name != ANSWERS})


def _mark(contents: Mapping[str, bytes]) -> str:
    found = hashlib.sha256()
    for name, content in sorted(contents.items()):
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()[:16]


def files(answers: Mapping[str, Any]) -> dict[str, str]:
    """The files of the scenario that complete answers describe, checked. Raises `ScenarioError` if it does not pass."""
    from sim.scenario import schema
    from sim.scenario.load import load_files

    told = story(answers)
    made = {MAIN: scenario(told), **briefs(told)}
    found = load_files(made, told.id)
    if found.diagnostics:
        raise ScenarioError(found.diagnostics, {d.path: d.text for d in found.documents.values()})
    names = schema.names_of({name: text.encode() for name, text in made.items()})
    made[schema.FILE] = schema.written(names)
    mark = _mark({name: text.encode() for name, text in made.items()})
    made[ANSWERS] = written(_typed(answers), _COMPLETE + mark)
    return made


def _typed(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: "none" if value is None else value for name, value in answers.items()}


def write(folder: Path, made: Mapping[str, str]) -> None:
    """Write the files into a new folder; it is there whole or not at all."""
    refuse_taken(folder)
    _put(folder, made)


def write_again(folder: Path, made: Mapping[str, str]) -> None:
    """Write the files in the place of those that `detente new` made before. Raises `UsageError` (D370) if they were changed."""
    refuse_touched(folder)
    _put(folder, made)


def _put(folder: Path, made: Mapping[str, str]) -> None:
    target = folder.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        draft.chmod(0o755)
        for name, text in made.items():
            file = draft / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        if target.is_dir() and any(target.iterdir()):
            old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
            target.rename(old / "before")
            try:
                draft.rename(target)
            except BaseException:
                (old / "before").rename(target)
                raise
            finally:
                shutil.rmtree(old, ignore_errors=True)
            return
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
                stream.write(written(_typed(answers), _SO_FAR))
        except FileExistsError:
            number += 1
        else:
            return folder.parent / name


def read_answers(file: Path) -> dict[str, Any]:
    """The answers in a file. Raises `ScenarioError` for what is no YAML, `UsageError` (D371) for what is no answers."""
    from sim.scenario.reading.document import read

    try:
        document = read(str(file), file.read_bytes())
    except OSError as problem:
        raise UsageError(f"{file} cannot be read ({problem.strerror or problem}); give a file of answers.", "D371") from problem
    if document.diagnostics:
        raise ScenarioError(document.diagnostics, {document.path: document.text})
    if not isinstance(document.value, dict):
        raise UsageError(f"{file} holds no answers; write `title: …` and so on, one question a line.", "D371")
    return dict(document.value)
