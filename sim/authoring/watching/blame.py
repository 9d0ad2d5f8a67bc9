"""authoring: the line of a scenario's file that a difference comes from.

Two games with the same dice and the same orders can only differ through the file. Where one place was edited it is that
place. Where several were, each is tried alone where there is time; else what the differing event rests on is held
against what was edited. What cannot be told is said to be so.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sim.authoring.watching.news import Happened
from sim.scenario.bind.shapes import Loc
from sim.scenario.conditions import Condition, Named, moves_played, names, walk
from sim.scenario.load import Loaded
from sim.scenario.names import MAIN
from sim.scenario.reading.document import Document
from sim.words.catalog import Catalog

How = Literal["only", "tried", "edited", "place", "unknown"]
_SHOWN = 3
"""Lines of a place that are quoted."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that were edited together, in one file. Numbers count from 1; an empty range has its last before its first."""

    file: str
    old_first: int
    old_last: int
    first: int
    last: int

    @property
    def gone(self) -> bool:
        """Whether lines were only taken out."""
        return self.last < self.first


@dataclass(frozen=True, slots=True)
class Blame:
    """What in the file is responsible for a difference."""

    how: How
    """`only`: nothing else was edited. `tried`: alone it makes the same difference. `edited`: what the event rests on
    was edited there. `place`: where the event stands, though that was not edited. `unknown`."""
    sentence: str
    path: str = ""
    lines: tuple[tuple[int, str], ...] = ()
    """Number and text, as the file is now; the first few."""
    span: tuple[int, int] | None = None
    """First and last line."""
    column: int = 1
    """Where in the first line the edit begins, from 1."""


def hunks(before: Loaded, after: Loaded) -> list[Hunk]:
    """What was edited, file by file, in order."""
    out: list[Hunk] = []
    for name in dict.fromkeys((*before.files, *after.files)):
        old, new = before.files.get(name, ""), after.files.get(name, "")
        if old != new:
            out += _hunks(name, old.splitlines(), new.splitlines())
    return out


def _hunks(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = difflib.SequenceMatcher(None, old[head:len(old) - tail], new[head:len(new) - tail], autojunk=False)
    for tag, a, b, c, d in middle.get_opcodes():
        if tag != "equal":
            yield Hunk(name, head + a + 1, head + b, head + c + 1, head + d)


def without_others(before: Loaded, after: Loaded, hunk: Hunk) -> dict[str, str]:
    """The files as they were, with one edit alone."""
    old, new = before.files.get(hunk.file, "").splitlines(), after.files.get(hunk.file, "").splitlines()
    text = [*old[:hunk.old_first - 1], *new[hunk.first - 1:hunk.last], *old[hunk.old_last:]]
    return {**before.files, hunk.file: "\n".join(text) + "\n"}


# -- what an event rests on


def places(loaded: Loaded, found: Happened) -> list[Loc]:
    """What an event of a game rests on in its scenario's main file, the nearest first."""
    catalog = Catalog(loaded.usable()[1])
    near, asked = _near(catalog, found)
    read = dict.fromkeys(name for condition in asked for name in _read(catalog, condition))
    changed = [catalog.variables[var].name for var, _, _ in found.event.changes] if found.event else []
    out = [*near, *(("define", part.name) for it in asked for part in walk(it) if isinstance(part, Named))]
    for name in (*changed, *read):
        out += _of_variable(catalog, name)
    return list(dict.fromkeys(out))


def _near(catalog: Catalog, found: Happened) -> tuple[list[Loc], list[Condition]]:
    """Where an event stands, and the conditions that it hangs on."""
    if found.kind in ("move", "overtaken") and found.id in catalog.moves:
        move = catalog.moves[found.id]
        mine = [branch for branch in move.branches if branch.number == found.branch]
        own: list[Loc] = [branch.loc for branch in mine]
        head: Loc = ("moves", move.id) if move.id in catalog.scenario.moves else move.loc
        return [*own, move.loc, head], [*(b.when for b in move.branches), *move.conditions]
    if found.kind == "rule" and found.id in catalog.rules:
        rule = catalog.rules[found.id]
        places: list[Loc] = [rule.loc]
        if rule.kind in ("rule", "inject"):
            places.append(("rules" if rule.kind == "rule" else "injects", rule.key))
        if rule.machine == "phase":
            places.append(("phases", "states", rule.key.rsplit(".", 1)[1]))
        return places, [rule.when]
    if found.kind == "ended" and found.id in catalog.scenario.endings:
        whens = [it.when for it in catalog.bound.endings if it.id == found.id]
        return [("endings", found.id)], whens
    return [], []


def _read(catalog: Catalog, condition: Condition) -> Iterator[str]:
    yield from (name for name in names(condition) if name in catalog.index)
    for move in moves_played(condition):
        if move in catalog.scenario.moves:
            yield f"moves/{move}"


def _of_variable(catalog: Catalog, name: str) -> list[Loc]:
    """Where a variable is declared."""
    if name.startswith("moves/"):
        return [("moves", name.removeprefix("moves/"))]
    base, *rest = name.split(".")
    kind = catalog.variable(name).kind
    if kind == "track":
        exact = ("tracks", name)
        return [exact] if name in catalog.scenario.tracks else [("tracks", base)]
    if kind == "phase":
        return [("phases", "start"), ("phases", "steps")]
    if kind == "provision":
        agreement = catalog.provisions[name][0]
        return [("agreements", agreement, "provisions", name)]
    sections = {"flag": "flags", "counter": "counters", "clause": "clauses"}
    if kind in sections:
        return [(sections[kind], base)]
    if kind == "offer":
        return [("offers", rest[0])]
    return []


# -- who is to blame


def blame(before: Loaded, after: Loaded, old: Happened | None, new: Happened | None,
          edits: Sequence[Hunk], works: Callable[[Hunk], bool | None] | None = None) -> Blame:
    """What is responsible for the first thing that differs between two games of two versions of a file.

    `works` tries one edit alone: whether it makes the same difference, None where that was not tried.
    """
    mine = [hunk for hunk in edits if hunk.file.endswith(".yaml") and hunk.file == MAIN]
    if not mine:
        return Blame("unknown", "The main file was not edited, so this cannot be told.")
    if len(mine) == 1:
        return _hunk(before, after, _narrowed(after, new, mine[0]), "only", "Nothing else that a game rests on was edited.")
    ranked = _ranked(before, after, old, new, mine)
    if works is not None:
        for hunk in [*ranked, *(it for it in mine if it not in ranked)]:
            if works(hunk):
                return _hunk(before, after, _narrowed(after, new, hunk), "tried", "Tried alone, it makes the same difference.")
    if ranked:
        return _hunk(before, after, _narrowed(after, new, ranked[0]), "edited", "What happened otherwise rests on it.")
    own = _place(after, new) or _place(before, old)
    if own is not None:
        return Blame("place", f"Which of the {len(mine)} places that were edited is responsible cannot be told; this is "
                     "where it stands.", *own)
    return Blame("unknown", f"Which of the {len(mine)} places that were edited is responsible cannot be told.")


def _ranked(before: Loaded, after: Loaded, old: Happened | None, new: Happened | None,
            edits: Sequence[Hunk]) -> list[Hunk]:
    """The edits that touch what the event rests on, the nearest first."""
    touched: dict[Hunk, int] = {}
    for loaded, found, side in ((after, new, "new"), (before, old, "old")):
        if found is None:
            continue
        document = loaded.documents[MAIN]
        for rank, loc in enumerate(places(loaded, found)):
            lines = document.lines(loc)
            for hunk in edits if lines else ():
                assert lines is not None
                first, last = (hunk.first, hunk.last) if side == "new" else (hunk.old_first, hunk.old_last)
                if first <= lines[1] and last >= lines[0]:
                    touched[hunk] = min(rank, touched.get(hunk, rank))
    return sorted(touched, key=touched.__getitem__)


def _narrowed(after: Loaded, new: Happened | None, hunk: Hunk) -> Hunk:
    """Of many lines that were edited together those that an event stands on, where it stands on some of them."""
    if new is None or hunk.last - hunk.first < _SHOWN:
        return hunk
    for loc in places(after, new):
        lines = after.documents[MAIN].lines(loc)
        if lines is not None and lines[0] <= hunk.last and lines[1] >= hunk.first:
            return replace(hunk, first=max(hunk.first, lines[0]), last=min(hunk.last, lines[1]))
    return hunk


def _hunk(before: Loaded, after: Loaded, hunk: Hunk, how: How, because: str) -> Blame:
    document = after.documents[MAIN]
    lines = document.text.split("\n")
    if hunk.gone:
        number = max(1, min(hunk.first, len(lines)))
        count = hunk.old_last - hunk.old_first + 1
        what = "A line was" if count == 1 else f"{count} lines were"
        return Blame(how, f"{what} taken out here. {because}", document.path, ((number, lines[number - 1]),), (number, number))
    shown = tuple((n, lines[n - 1]) for n in range(hunk.first, min(hunk.last, hunk.first + _SHOWN - 1) + 1))
    return Blame(how, because, document.path, shown, (hunk.first, hunk.last), _column(before, hunk, lines[hunk.first - 1]))


def _column(before: Loaded, hunk: Hunk, now: str) -> int:
    """Where a line that was edited first differs from what it was; 1 for a new one."""
    if hunk.old_last < hunk.old_first:
        return 1
    was = before.files.get(hunk.file, "").split("\n")[hunk.old_first - 1]
    return 1 + next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))


def _place(loaded: Loaded, found: Happened | None) -> tuple[str, tuple[tuple[int, str], ...], tuple[int, int]] | None:
    if found is None:
        return None
    document: Document = loaded.documents[MAIN]
    near = places(loaded, found)
    lines = document.lines(near[0]) if near else None
    if lines is None:
        return None
    text = document.text.split("\n")
    shown = tuple((n, text[n - 1]) for n in range(lines[0], min(lines[1], lines[0] + _SHOWN - 1) + 1))
    return document.path, shown, lines


def order_place(loaded: Loaded, key: str) -> tuple[str, tuple[tuple[int, str], ...], tuple[int, int]] | None:
    """Where a move stands: path, its first lines, first and last line; None where the scenario has no such move."""
    return _place(loaded, Happened(0, "move", key, "", (), told=False))


__all__ = ["Blame", "Hunk", "blame", "hunks", "order_place", "places", "without_others"]
