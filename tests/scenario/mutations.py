"""Two thousand scenarios, each broken in one place: how many reports point at it, and with how little beside it.

`python -m tests.scenario.mutations [count] [seed]` prints the share per kind, and with `-v` each report that missed.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from sim.errors import Diagnostic
from sim.scenario.reading.document import Document, read
from tests.conftest import SCENARIOS
from tests.scenario.mutator import KINDS, Mutation, Mutator, first_round

MOST_FOLLOWING = 2
WANTED = 0.95
SHARES = (("first-round", "scenario.yaml", 0.25), ("first-round", "map.yaml", 0.05), ("herring-sound", "scenario.yaml", 0.2),
          ("border-standoff-2021", "scenario.yaml", 0.45), ("border-standoff-2021", "map.yaml", 0.05))


class Verdict(NamedTuple):
    """What the report of one mutation was like."""

    at: bool
    """Something points at the line."""
    first: bool
    """The first message does."""
    beside: int
    """Messages beside one."""
    report: tuple[Diagnostic, ...]

    @property
    def good(self) -> bool:
        return self.at and self.beside <= MOST_FOLLOWING


@lru_cache(maxsize=8)
def mutator(folder: str, name: str) -> Mutator:
    """The mutator of a shipped file."""
    return first_round(SCENARIOS / folder)[name]


@lru_cache(maxsize=8)
def _files(folder: str) -> Mapping[str, bytes]:
    root = SCENARIOS / folder
    return {str(p.relative_to(root)): p.read_bytes() for p in [root / "scenario.yaml", *sorted(root.rglob("*"))]
            if p.is_file()}


@lru_cache(maxsize=128)
def _known(path: str, data: bytes) -> Document:
    return read(path, data)


def _read(path: str, data: bytes) -> Document:
    """A file as it was read; what no mutation touches is read once."""
    return _known(path, data) if data in _untouched() else read(path, data)


@lru_cache(maxsize=1)
def _untouched() -> frozenset[bytes]:
    shipped = {data for folder, _, _ in SHARES for data in _files(folder).values()}
    return frozenset({*shipped, *(p.read_bytes() for p in (SCENARIOS.parent / "seeds").rglob("*.yaml"))})


def report(folder: str, name: str, text: str) -> tuple[Diagnostic, ...]:
    """What `detente check` says of a shipped scenario with one file exchanged, beside what it says of the file as it is."""
    from sim.cli.verbs.check import checked_files

    with patch.multiple("sim.scenario.load", read=_read), patch("sim.scenario.shelf.read", _read):
        found = checked_files({**_files(folder), name: text.encode()}, folder).diagnostics
    return tuple(d for d in found if d.severity == "error" or (d.code, d.message) not in _before(folder))


@lru_cache(maxsize=8)
def _before(folder: str) -> frozenset[tuple[str, str]]:
    from sim.cli.verbs.check import checked_files

    return frozenset((d.code, d.message) for d in checked_files(_files(folder), folder).diagnostics)


def judged(folder: str, name: str, it: Mutation) -> Verdict:
    """Whether the report of a mutation points at it."""
    found = report(folder, name, it.text)

    def points(d: Diagnostic) -> bool:
        spans = [s for s in (d.span, *d.also) if s is not None and Path(s.path).name == Path(name).name]
        if it.name:
            return it.name in f"{d.message} {d.help}"
        return any(s.line in it.lines for s in spans)

    # map.yaml has the same name in every label; the main file is called by its folder
    def points_main(d: Diagnostic) -> bool:
        spans = [s for s in (d.span, *d.also) if s is not None and not s.path.endswith(("map.yaml", "history.yaml"))]
        if it.name:
            return it.name in f"{d.message} {d.help}"
        return any(s.line in it.lines for s in spans)

    test = points if name == "map.yaml" else points_main
    hits = [test(d) for d in found]
    return Verdict(any(hits), bool(hits) and hits[0], max(0, len(found) - 1), found)


def main(argv: list[str]) -> None:
    """Print the shares; exit code 1 below the bound."""
    verbose = "-v" in argv
    rest = [a for a in argv if a != "-v"]
    count, seed = int(rest[0]) if rest else 2000, int(rest[1]) if len(rest) > 1 else 1
    tally: dict[str, list[Verdict]] = defaultdict(list)
    for folder, name, share in SHARES:
        if len(rest) > 2 and rest[2] not in f"{folder}/{name}":
            continue
        kinds = tuple(k for k in KINDS if len(rest) < 4 or rest[3] in k)
        for it in mutator(folder, name).mutations(seed, round(count * share), kinds):
            verdict = judged(folder, name, it)
            tally[it.kind].append(verdict)
            tally[f"{folder}/{name}"].append(verdict)
            if verbose and not verdict.good:
                print(f"--- {folder}/{name} · {it.kind} · {it.what} · lines {sorted(it.lines)[:6]}")
                for d in verdict.report[:6]:
                    print("    ", d.code, d.span and (d.span.path[-12:], d.span.line), d.message, "|", d.help[:80])
                print("     …", len(verdict.report), flush=True)
    every = [v for kind in KINDS for v in tally[kind]]
    print(f"{'':32} {'number':>7} {'good':>7} {'at line':>8} {'first':>7} {'beside':>7}")
    for what in (*KINDS, *(f"{f}/{n}" for f, n, _ in SHARES), "all"):
        found = every if what == "all" else tally[what]
        if found:
            n = len(found)
            print(f"{what:32} {n:7} {sum(v.good for v in found) / n:7.1%} {sum(v.at for v in found) / n:8.1%} "
                  f"{sum(v.first for v in found) / n:7.1%} {sum(v.beside for v in found) / n:7.2f}")
    raise SystemExit(0 if sum(v.good for v in every) >= WANTED * len(every) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
