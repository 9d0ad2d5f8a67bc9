"""authoring: the entries of the catalogue, read from the files of their families."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from sim.errors import UsageError, suggest
from sim.scenario.check.problems import WARNINGS
from sim.scenario.reading.document import read

_FEW: Final = 6
"""Codes that are named for a word."""


class Family(NamedTuple):
    """Codes that begin with the same letter."""

    letter: str
    file: str
    title: str
    about: str


FAMILIES: Final = (
    Family("Y", "syntax", "The file itself", "What cannot be read as YAML, or what a scenario file does not use of it."),
    Family("M", "form", "Keys and values", "A key that is unknown or missing, or a value of the wrong kind."),
    Family("R", "names", "Names", "Something is called by a name that does not exist, or a part of the story is missing."),
    Family("G", "conditions", "Conditions", "What stands under `when:` cannot be read, or says nothing."),
    Family("C", "clock", "Clock and seats", "Without a clock and a seat there is no game."),
    Family("E", "effects", "Numbers and effects", "An amount, a chance or an effect that cannot be carried out."),
    Family("B", "chances", "Branches and chances", "Chances that do not add up, and branches that never have their turn."),
    Family("V", "secrets", "Secrets", "What a seat does not see and is moved by all the same, or what everybody would read."),
    Family("S", "sources", "Sources", "Claims that are missing, unknown, or one side's alone."),
    Family("T", "texts", "Texts", "Loaded words, one side's names, braces that nothing fills, and texts too long for their place."),
    Family("W", "unused", "Left over", "What nobody reads, nothing changes, nobody can reach."),
    Family("P", "map", "The map", "What stands in `map.yaml` and `map.json`."),
    Family("X", "promises", "Promises", "What stands under `expect:`, and promises that are not kept."),
    Family("L", "lessons", "Lessons", "What a teacher's files for a class get wrong."),
    Family("D", "usage", "The command line", "What was asked for cannot be done as asked, or a file cannot be used."),
)


class Entry(NamedTuple):
    """What a code means."""

    code: str
    title: str
    """A few words."""
    meaning: str
    """What is wrong, for somebody who never programmed."""
    do: str
    """The next step."""
    wrong: str = ""
    """A piece of a file, or a command, that is reported with this code."""
    right: str = ""
    """The same piece as it should be."""
    file: str = "scenario.yaml"
    """In which file the piece stands."""
    base: tuple[str, ...] = ()
    """With what the small scenario of the examples is extended: `draft`, `map`, `history`."""
    whole: bool = False
    """The piece is the whole file, or whole sections of it, taken as it is written."""
    lacks: tuple[str, ...] = ()
    """What of the small scenario the wrong piece leaves out, as dotted places."""
    command: bool = False
    """The piece is a command line."""
    encoding: str = "utf-8"
    """How the wrong piece is written to its file."""
    repeat: int = 1
    """How often the last line of the wrong piece is repeated."""
    no_example: str = ""
    """Why there is no short piece that shows it."""

    @property
    def severity(self) -> str:
        """`error`, `warning`, or empty for what is no matter of a file."""
        return "" if self.command else "warning" if self.code.startswith(WARNINGS) else "error"

    @property
    def family(self) -> Family:
        """Its family."""
        return next(f for f in FAMILIES if f.letter == self.code[0])


@cache
def catalogue() -> dict[str, Entry]:
    """All entries by code, in the order of the families and then of the codes."""
    out: dict[str, Entry] = {}
    for family in FAMILIES:
        source = files("sim.authoring.diagnostics").joinpath(f"{family.file}.yaml")
        document = read(source.name, source.read_bytes())
        if document.diagnostics or not isinstance(document.value, dict):
            raise ValueError(f"{source.name}: " + "; ".join(d.message for d in document.diagnostics))
        found = {code: _entry(code, value) for code, value in document.value.items()}
        out.update(sorted(found.items()))
    return out


def _entry(code: str, value: Any) -> Entry:
    known = {"title", "meaning", "do", "wrong", "right", "file", "base", "whole", "lacks", "command", "encoding", "repeat", "no_example"}
    if unknown := set(value) - known:
        raise ValueError(f"{code} has {', '.join(sorted(unknown))}")
    base, lacks = value.get("base", []), value.get("lacks", [])
    return Entry(
        code, value["title"], value["meaning"].strip(), value["do"].strip(), value.get("wrong", ""), value.get("right", ""),
        value.get("file", "scenario.yaml"), tuple([base] if isinstance(base, str) else base), value.get("whole", False),
        tuple([lacks] if isinstance(lacks, str) else lacks), value.get("command", code[0] in "DL"),
        value.get("encoding", "utf-8"), value.get("repeat", 1), value.get("no_example", ""))


def entry(code: str) -> Entry:
    """One entry, of a code or of the only one whose title has a word; raises `UsageError` with what is near if there is none."""
    every = catalogue()
    wanted = code.strip().upper()
    if (inside := re.search(r"\b[A-Z][0-9]{3}\b", wanted)) is not None:
        # `error[M003]`, as it stands before a message
        wanted = inside[0]
    if wanted not in every:
        about = [it for it in every.values() if re.search(rf"\b{re.escape(wanted.lower())}s?\b", it.title.lower())]
        if len(about) == 1:
            return about[0]
        if about:
            shown = "; ".join(f"{it.code}, {it.title[:1].lower()}{it.title[1:]}" for it in about[:_FEW])
            raise UsageError(f"There is no code {code}. Of that speak: {shown}" + (f"; and {len(about) - _FEW} more." if len(about) > _FEW else "."),
                             "D349")
        near = suggest(wanted, every) or _family_of(wanted)
        raise UsageError(f"There is no code {code}; {near}`detente explain` lists all of them.", "D349")
    return every[wanted]


def _family_of(code: str) -> str:
    found = next((f for f in FAMILIES if code[:1] == f.letter), None)
    return f"codes that begin with {found.letter} are about {found.title.lower()}. " if found else ""
