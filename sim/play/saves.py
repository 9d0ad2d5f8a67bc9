"""play: a match to its save and back; what is read is folded and compared, never decided again (F5)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim.errors import DetenteError, SaveError
from sim.play.entries import dumps, entry, orders_from_json, row
from sim.play.journal import Content, Journal, damaged
from sim.play.library import read_head
from sim.play.match import Match, game_of
from sim.play.packing import packed, unpacked
from sim.play.protocols import PERSON
from sim.play.volume import Volume
from sim.rules import refuse
from sim.scenario.geometry import SHAPES
from sim.scenario.load import load_files
from sim.scenario.names import MAP


@dataclass(frozen=True, slots=True)
class SaveCard:
    """What a list of saves shows of one."""

    path: Path
    scenario: str
    """The scenario's id."""
    seats: tuple[str, ...]
    """Those that persons play."""
    round: int
    """The last round closed or passed over on the line it stands on; 0 for none."""
    level: str
    created_by: str
    ended: bool = False
    """Whether that line has reached its ending."""
    title: str = ""
    """The scenario's, from the save itself: it may be gone from the library."""
    names: tuple[str, ...] = ()
    """How the scenario calls those seats: the capital where it has one."""
    rounds: int = 0
    """Up to the end of the last leg; 0 where that cannot be read."""
    ending: str = ""
    """The title of the ending that was reached."""
    first: int = 1
    """The round in which it began, if it began elsewhere."""


def write(match: Match, path: Path) -> Journal:
    """A new save with everything that the match holds, open for more."""
    return Journal.create(path, _content(match))


def write_tables(matches: Sequence[Match], path: Path) -> Volume:
    """A new save of a lesson: the matches of all its tables, each written there from now on."""
    journal = Journal.create(path, *map(_content, matches))
    for table, match in enumerate(matches, 1):
        match.attach(journal.mirror(table))
    return journal.volume


def hold_tables(path: Path) -> tuple[tuple[Match, ...], Volume]:
    """The matches of a lesson's save, which is open for more. Raises `SaveError`."""
    journal, contents = Journal.open(path, lesson=True)
    try:
        matches = tuple(_match(path, content) for content in contents)
        journal.set_head(matches[0].head)
    except BaseException:
        journal.close()
        raise
    for table, match in enumerate(matches, 1):
        match.attach(journal.mirror(table))
    return matches, journal.volume


def _content(match: Match) -> Content:
    filings = {number: {seat: dumps(orders.moves) for seat, orders in filed.items()}
               for number, filed in match.tree.filed.items()}
    rows = tuple(row(match.game, match.entries[number]) for number in sorted(match.entries))
    return Content(packed(match.files), match.seed, match.until, match.players, match.level, match.head, rows, filings,
                   match.created_by)


def hold(path: Path) -> Match:
    """The match of a save that is open for more."""
    journal, (content, *_) = Journal.open(path)
    try:
        match = _match(path, content)
        # a place that cannot be written to is better told of now than at the end of the first round
        journal.set_head(match.head)
    except BaseException:
        journal.close()
        raise
    match.attach(journal)
    return match


def copy(path: Path, table: int = 1) -> Match:
    """The match of a save, in memory only."""
    return _match(path, Journal.read(path, table))


def card(path: Path) -> SaveCard:
    """What a list shows of a save; its scenario is not compiled. Raises `SaveError`."""
    content = Journal.read(path)
    by_id = {found.id: found for found in content.rows}
    at = by_id.get(content.head)
    while at is not None and at.kind == "control":
        at = by_id.get(at.parent)
    seats = tuple(seat for seat, player in content.players.items() if player == PERSON)
    last = json.loads(at.events or "[]") if at is not None else []
    ended = next((event.get("id", "") for event in last if event["kind"] == "ended"), None)
    text = content.files.get("scenario.yaml", "")
    scenario = _scenario_id(content)
    title, rounds = _head_of(scenario, text, content.until)
    return SaveCard(path, scenario, seats, at.round if at else 0, content.level, content.created_by,
                    ended is not None, title, tuple(_name_of(text, seat) for seat in seats), rounds,
                    _titled(text, "endings", ended or ""), by_id[0].round + 1 if 0 in by_id else 1)


@lru_cache(maxsize=64)
def _head_of(id: str, text: str, until: str | int | None) -> tuple[str, int]:
    """Title, and the rounds up to the end of a leg; all saves of one scenario hold the same text."""
    found = read_head(id, text)
    rounds = 0
    for leg, (_, length) in found.legs.items():
        rounds += length
        if leg == until:
            return found.title, rounds
    return found.title, 0


def _name_of(text: str, seat: str) -> str:
    """How an actor is called: its capital, else its name, else its id in words."""
    block = _block(text, "actors", seat)
    for key in ("capital", "name"):
        if (found := re.search(rf"^\s*{key}:[ ]*(.+?)\s*$", block, re.MULTILINE)) is not None:
            return found[1].strip("\"'")
    return seat.replace("_", " ").title()


def _titled(text: str, part: str, id: str) -> str:
    """The title of something, or its id in words; empty for no id."""
    found = re.search(r"\btitle:[ ]*(\"[^\"]+\"|'[^']+'|[^,}\n]+)", _block(text, part, id)) if id else None
    return found[1].strip().strip("\"'") if found else id.replace("_", " ").capitalize()


def _block(text: str, part: str, id: str) -> str:
    """The lines of one item of a part of a scenario file, cut out by their indent: to parse it all takes too long."""
    whole = re.search(rf"^{part}:[ ]*\n((?:[ ].*\n|\s*\n|#.*\n)*)", text + "\n", re.MULTILINE)
    item = re.search(rf"^( +){re.escape(id)}:(.*\n(?:\1 +.*\n|[ ]*\n)*)", whole[1], re.MULTILINE) if whole else None
    return item[2] if item else ""


def _scenario_id(content: Content) -> str:
    for line in content.files.get("scenario.yaml", "").splitlines():
        if line.startswith("id:"):
            return line.removeprefix("id:").split("#")[0].strip().strip("'\"")
    return ""


def _match(path: Path, content: Content) -> Match:
    """The match of what a file holds; every entry must follow from the one before it."""
    try:
        files = unpacked(content.files)
        loaded = load_files(files, path.name)
        if loaded.errors and MAP in files:
            # a map that this version draws otherwise must not keep anybody from the match
            loaded = load_files({name: text for name, text in files.items() if name not in (MAP, SHAPES)}, path.name)
        game = game_of(loaded, content.until)
    except (DetenteError, KeyError, ValueError) as problem:
        told = problem.sentence if isinstance(problem, DetenteError) else "it is incomplete"
        raise _foreign(path, content, f"a scenario that this version of Detente cannot use ({told.rstrip('.')})") \
            from problem
    match = Match(loaded, game, seed=content.seed, until=content.until, players=content.players, level=content.level,
                  created_by=content.created_by)
    try:
        _fill(match, content)
    except KeyError as problem:
        raise _foreign(path, content, f"`{problem.args[0]}`, which this version of Detente does not know") from problem
    except (ValueError, TypeError, AttributeError, RecursionError) as problem:
        detail = problem.args[0] if isinstance(problem, ValueError) and problem.args else "an entry cannot be read"
        raise damaged(path, str(detail)) from problem
    return match


def _foreign(path: Path, content: Content, what: str) -> SaveError:
    return SaveError(f"{path} holds {what}; open it with the version that made it, {content.created_by}.", "D209")


def _fill(match: Match, content: Content) -> None:
    """Put the entries and filings of a file into a match; KeyError is a name the game lacks, others are damage."""
    game, tree = match.game, match.tree
    by_itself = {rule.id for rule in (*game.open_rules, *game.close_rules)}
    by_itself.update(ending.id for ending in game.endings)
    for held in content.rows:
        found = entry(game, held)
        for event in found.events:
            if event.kind in ("rule", "ended") and event.id not in by_itself:
                raise KeyError(event.id)
        tree.add(game, found)
    if content.head not in tree.entries or set(content.players) != set(game.seats):
        raise ValueError("it stands nowhere")
    tree.head = content.head
    for number, filed in content.filings.items():
        tree.filed[number] = orders_from_json(game, {seat: json.loads(text) for seat, text in filed.items()})
        for seat, sealed in tree.filed[number].items():
            if refuse(game, tree.states[number], seat, sealed) is not None:
                raise ValueError(f"orders of {seat} that cannot be filed")
