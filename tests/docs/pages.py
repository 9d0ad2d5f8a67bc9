"""A page of the manual, carried out: its YAML is put into files, its commands are run, what it prints is compared.

    python -m tests.docs.pages docs/authoring.md       shows where the page and the program differ

A fenced block `yaml FILE` adds to a file: what is there stays, what has the same name is replaced, what is new goes to the
end of its section, as the pages tell their readers. `yaml FILE whole` replaces the sections it names, `text FILE` is a
whole file, a bare `yaml` only shows. A block `console` holds commands after `$ `, what is typed in a match after `> `, and what
the screen answers; a line `…` stands for any lines, and times are not compared.
"""

from __future__ import annotations

import difflib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

ANY = "…"
_FENCE = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_KEY = re.compile(r"([\w.\"'-]+):(\s.*)?$")
_SECONDS = re.compile(r"\b\d+(?:\.\d+)? (?:seconds?|ms)\b")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    kind: str
    name: str
    text: str
    line: int


@dataclass(frozen=True)
class Difference:
    """Where a page says something else than the program."""

    line: int
    command: str
    said: str
    printed: str

    def __str__(self) -> str:
        told = difflib.unified_diff(self.said.split("\n"), self.printed.split("\n"), "the page", "the program", lineterm="")
        return f"line {self.line}: $ {self.command}\n" + "\n".join(told)


@dataclass
class Branch:
    """A line of an indented YAML text with what stands below it."""

    line: str
    below: list[Branch] = field(default_factory=list)

    @property
    def key(self) -> str | None:
        """The name before the colon; None for a comment, a list item, a blank or a line of prose."""
        found = _KEY.match(self.line.strip())
        return found.group(1).strip("\"'") if found else None

    @property
    def depth(self) -> int:
        """Its indentation; a blank line belongs to what stands above it."""
        return len(self.line) - len(self.line.lstrip()) if self.line.strip() else 1_000

    @property
    def opens(self) -> bool:
        """Whether it is a name with nothing beside it and names below."""
        return self.line.rstrip().endswith(":") and any(it.key for it in self.below)

    def lines(self) -> Iterator[str]:
        """The text of the whole branch."""
        yield self.line
        for it in self.below:
            yield from it.lines()


def grown(text: str) -> Branch:
    """A text as a tree of its indentation, under a root without a line of its own."""
    root = Branch("")
    open_ = [root]
    for line in text.rstrip("\n").split("\n"):
        it = Branch(line)
        while len(open_) > 1 and open_[-1].depth >= it.depth:
            open_.pop()
        open_[-1].below.append(it)
        if line.strip():
            open_.append(it)
    return root


def added(whole: str, piece: str, sections: bool = False) -> str:
    """The text with a piece put in: what it has stays, equal names are replaced, new ones end their section.

    With `sections` the sections of the piece replace those of the text as they are.
    """
    root = grown(whole) if whole else Branch("")
    _add(root, grown(piece), sections)
    return "\n".join(line for it in root.below for line in it.lines()) + "\n"


def _add(into: Branch, piece: Branch, whole: bool = False) -> None:
    for new in piece.below:
        old = next((it for it in into.below if it.key is not None and it.key == new.key), None)
        if old is None:
            into.below.append(new)
        elif old.opens and new.opens and not whole:
            _add(old, new)
        else:
            into.below[into.below.index(old)] = new


@dataclass(frozen=True)
class Page:
    """A page of the manual."""

    text: str

    @classmethod
    def of(cls, file: Path) -> Page:
        """The page in a file."""
        return cls(file.read_text(encoding="utf-8"))

    @property
    def blocks(self) -> list[Block]:
        """The fenced blocks that do something, in order."""
        return [Block(it.group(1), it.group(2) or "", it.group(3), self.text.count("\n", 0, it.start()) + 1)
                for it in _FENCE.finditer(self.text)]

    def stories(self, level: int) -> dict[str, list[Block]]:
        """The blocks under each heading of this level, by the heading; those before the first under the empty name."""
        bare = _FENCE.sub(lambda it: "\n" * it.group().count("\n"), self.text)
        heads = [(bare.count("\n", 0, it.start()) + 1, it.group(2)) for it in _HEADING.finditer(bare)
                 if len(it.group(1)) == level]
        out: dict[str, list[Block]] = {"": [], **{name: [] for _, name in heads}}
        for block in self.blocks:
            out[next((name for line, name in reversed(heads) if line < block.line), "")].append(block)
        return out


class Desk:
    """A folder in which blocks are carried out, as a reader would."""

    def __init__(self, folder: Path) -> None:
        """The folder is made."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def carry_out(self, blocks: list[Block]) -> list[Difference]:
        """Files are written, commands run; what a command printed otherwise than the page."""
        out: list[Difference] = []
        for block in blocks:
            if block.kind == "yaml" and block.name:
                name, _, how = block.name.partition(" ")
                file = self.folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                whole = file.read_text(encoding="utf-8") if file.exists() else ""
                file.write_text(added(whole, block.text, sections=how == "whole"), encoding="utf-8")
            elif block.kind == "text" and block.name:
                file = self.folder / block.name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(block.text, encoding="utf-8")
            elif block.kind == "console":
                out += self._console(block)
        return out

    def _console(self, block: Block) -> Iterator[Difference]:
        line = block.line
        for part in re.split(r"^(?=\$ )", block.text, flags=re.MULTILINE):
            command, _, said = part.partition("\n")
            line += bool(command)
            if command:
                typed = re.findall(r"^> (.*)$", said, re.MULTILINE)
                printed = self.run(command.removeprefix("$ "), typed)
                if not same(said, printed):
                    yield Difference(line, command.removeprefix("$ "), plain(said), plain(printed))
            line += said.count("\n")

    def run(self, command: str, typed: list[str] | None = None) -> str:
        """What `detente …` prints in this folder; what it reports as wrong, if it prints nothing."""
        from sim.cli import edge

        program, *arguments = shlex.split(command)
        assert program == "detente", command
        out, err = io.StringIO(), io.StringIO()
        home = {"DETENTE_HOME": str(self.folder / ".home")}
        with (suppress(SystemExit), chdir(self.folder), patch.dict(os.environ, home), redirect_stdout(out),
              redirect_stderr(err), patch.object(sys, "stdin", io.StringIO("".join(f"{it}\n" for it in typed or [])))):
            edge.run(arguments)
        return out.getvalue() or err.getvalue()


def plain(text: str) -> str:
    """Without blanks at the ends of lines and without what a clock measured."""
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    return _SECONDS.sub("some seconds", "\n".join(lines))


def same(said: str, printed: str) -> bool:
    """Whether a page says what was printed; a line `…` stands for any lines, also none."""
    parts = [re.escape(part.strip("\n")) for part in re.split(rf"^\s*{ANY}$", plain(said), flags=re.MULTILINE)]
    return re.fullmatch(_joined(parts), plain(printed) + "\n", re.DOTALL) is not None


def _joined(parts: list[str]) -> str:
    """A pattern for the parts with any whole lines between them."""
    out = []
    for n, part in enumerate(parts):
        if n:
            out.append(r"(?:[^\n]*\n)*?")
        if part:
            out.append(part + r"\n")
    return "".join(out)


def main() -> None:
    """Tell where pages and program differ."""
    off = 0
    for name in sys.argv[1:]:
        page = Page.of(Path(name))
        with tempfile.TemporaryDirectory() as folder:
            for difference in Desk(Path(folder)).carry_out(page.blocks):
                off += 1
                print(f"{name}, {difference}\n")
    sys.exit(1 if off else 0)


if __name__ == "__main__":
    main()
