"""authoring: the bench that `detente watch` stands on: a scenario that is edited, and one game that is played in it.

After every save the files are checked again and the same game is played again to the same round; the first thing that
went otherwise is found, and the line of the file that it comes from. Where a file does not load, the last game stays.

    bench = Bench(path, "my-scenario", Script(seed=7))
    report = bench.open()                      problems, and the game if it loads
    report = bench.look() or report            after a save, once its files have come to rest
    bench.desk("osk").add(key); bench.follow(); bench.close_round(2)

Its calls may come from any thread, one at a time. Past 400 lines: it is one class, all that a face may ask for; what it
does is in the modules beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final, Literal

from sim.authoring.expect.testing import Memory, expect
from sim.authoring.graph.edges import Graph
from sim.authoring.watching.blame import Blame, Hunk, blame, hunks, order_place, without_others
from sim.authoring.watching.files import Seen, Watched
from sim.authoring.watching.map import Heat, StoryMap, drawn, heat_of, kinds, story
from sim.authoring.watching.news import Happened, Parting, happened, parting
from sim.authoring.watching.problems import Problem, problems
from sim.authoring.watching.schema import renew
from sim.authoring.watching.script import Going, LeftOut, Replayed, Script, always, replayed
from sim.authoring.whole_check import Kept
from sim.batch.line import Line
from sim.errors import DetenteError, Diagnostic, UsageError
from sim.play.beginning import Beginning, opened
from sim.play.match import Match
from sim.policies import NAMES, policy
from sim.rules import CONTROL, Orders, initial
from sim.scenario.load import Loaded, load_bytes, load_files
from sim.scenario.promises import promises
from sim.words.catalog import Catalog
from sim.words.desk import Desk

if TYPE_CHECKING:
    from sim.scenario.dossier import Dossier

MOST_TRIED: Final = 6
"""Edits that are tried one by one for the one that is responsible."""
TRYING: Final = 1.0
"""Seconds that may take."""
RETESTING: Final = 10.0
"""Seconds that promises are retested after a save, at most."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A scenario that loads, and the game in it."""

    loaded: Loaded
    match: Match
    left_out: tuple[LeftOut, ...] = ()
    unplayed: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What one save did to the game."""

    rounds: int
    """The round that is open, or in which the game ended."""
    dispatch: Parting | None
    """The first dispatch that differs; None where all are the same."""
    cause: Parting | None
    """The first thing at all that went otherwise, where it is not that dispatch."""
    blame: Blame | None
    """The line responsible; None where nothing differs."""
    left_out: tuple[LeftOut, ...]
    """Orders that are no longer legal; the rest was played."""
    left_out_by: tuple[Blame, ...]
    """For each of them where its move stands, edited lines first."""
    unplayed: int
    """Rounds that were not played again, because the game is over before."""
    opened: tuple[tuple[str, str], ...] = ()
    """What can be ordered now and could not be before the save: capital and title."""
    shut: tuple[tuple[str, str], ...] = ()
    """What could be ordered before and cannot be now."""

    @property
    def same(self) -> bool:
        """Whether the game is what it was."""
        return not (self.dispatch or self.cause or self.left_out or self.unplayed or self.opened or self.shut)


@dataclass(frozen=True, slots=True)
class Report:
    """How things stand after a save, or after something was played."""

    saves: int
    """How many saves have been seen."""
    problems: tuple[Problem, ...]
    loads: bool
    """Whether the files as they are now can be played."""
    trouble: str = ""
    """Why there is no game of the files as they are, in a sentence, where no problem says it."""
    change: Change | None = None
    """What the last save that loads did to the game; None before the first."""
    seconds: float = 0.0
    """From the moment at which the save was seen."""

    @property
    def errors(self) -> int:
        """Problems that keep it from being played."""
        return sum(it.grave for it in self.problems)

    @property
    def warnings(self) -> int:
        """The others."""
        return len(self.problems) - self.errors


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise of the scenario, with what is known of it so far."""

    text: str
    verdict: Literal["kept", "broken", "undecided", "open"]
    """`open`: it is being looked at, or will be."""
    why: str = ""
    """One sentence: how it is known, or what is missing."""
    round: int = 0
    """The round that shows it of a match that was found; 0 where none was, or none is needed."""
    line: Line | None = None
    """That match."""
    leg: str | None = None
    """The leg that ends its clock."""


@dataclass(slots=True)
class _Kept:
    """What is kept as long as the file stays as it is."""

    promised: dict[str, Promised] = field(default_factory=dict)
    graphs: dict[str, Graph] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    heat: Heat | None = None


class Bench:
    """One scenario under the hands of its author, and one game in it."""

    def __init__(self, path: Path, label: str = "", script: Script | None = None,
                 clock: Callable[[], float] = time.monotonic) -> None:
        """`path`: a scenario file or its folder. `script`: the game to play, from any start."""
        self.label = label or str(path)
        self.script = script or Script(seed=1)
        self.watched = Watched(path, self.label, clock)
        self.standing: Standing | None = None
        """The last scenario that loaded, with its game."""
        self.report = Report(0, (), loads=False)
        self._files: Mapping[str, bytes] = {}
        self._claims: Kept = {}
        self._memory = Memory()
        self._policies = {name: policy(name) for name in NAMES}
        self._kept = _Kept()
        self._still = RLock()

    # -- the files

    def open(self) -> Report:
        """Read the scenario for the first time and begin the game. Raises `UsageError` if there is nothing to read."""
        with self._still:
            return self._take(self.watched.first(), always, first=True)

    def look(self) -> Report | None:
        """Look at the files; after a save that has come to rest a new report, else None."""
        seen = self.watched.look()
        return None if seen is None else self.take(seen)

    def take(self, seen: Seen, going: Going = always) -> Report:
        """Take up a save. Once `going` says no, what is under way is left: a later save has made it stale."""
        with self._still:
            return self._take(seen, going)

    def _take(self, seen: Seen, going: Going, *, first: bool = False) -> Report:
        began = time.perf_counter()
        saves = self.report.saves + (not first)
        if seen.gone:
            self.report = replace(self.report, saves=saves, problems=(), loads=False, trouble=seen.gone, change=None)
            return self.report
        self._files = seen.files
        loaded = load_bytes(dict(seen.files), self.label)
        found = problems(loaded, self._claims)
        report = Report(saves, found, loads=False)
        if not first and not loaded.errors:
            renew(self.watched.path, seen.files)
        if not loaded.errors and loaded.bound is not None and going():
            report = self._play(loaded, report, going)
        self.report = replace(report, seconds=time.perf_counter() - began)
        return self.report

    def _play(self, loaded: Loaded, report: Report, going: Going) -> Report:
        """The same game in a scenario that loads."""
        before = self.standing
        titles = Catalog(before.loaded.usable()[1]) if before else None
        try:
            now = replayed(loaded, self.script, titles, going=going)
        except UsageError as problem:
            return replace(report, trouble=f"The game cannot begin as it was set: {problem.sentence}")
        except ValueError as problem:
            fault = Diagnostic("E050", "error", f"{self.label}: {problem}", None)
            return replace(report, problems=(Problem(fault), *report.problems))
        if not going():
            return report
        self.standing = Standing(loaded, now.match, now.left_out, now.unplayed)
        self._kept = _Kept({it.text: Promised(it.text, "open") for it in promises(loaded.usable()[1])})
        change = self._change(before, now, loaded) if before is not None else None
        return replace(report, loads=True, change=change)

    # -- what differs

    def _change(self, before: Standing, now: Replayed, loaded: Loaded) -> Change:
        old, new = happened(before.match), happened(now.match)
        first, dispatch = parting(old, new), parting(old, new, told=True)
        edits = hunks(before.loaded, loaded)
        found = None
        if first is not None:
            tries = _Tries(self.script, before.loaded, loaded, old, first) if len(edits) <= MOST_TRIED else None
            found = blame(before.loaded, loaded, first.before, first.after, edits, tries)
        cause = first if first is not None and not _is(first, dispatch) else None
        opened, shut = _menus(before.match, now.match) if first is None else ((), ())
        if found is None and (opened or shut or now.left_out):
            keys = [it.key for it in now.left_out] or [it[2] for it in (*opened, *shut)]
            about = Happened(now.match.round, "move", keys[0], "", (), told=False)
            found = blame(before.loaded, loaded, about, about, edits)
        return Change(now.match.round, dispatch, cause, found, now.left_out,
                      tuple(_order_blame(before.loaded, loaded, it, edits) for it in now.left_out), now.unplayed,
                      tuple((capital, title) for capital, title, _ in opened),
                      tuple((capital, title) for capital, title, _ in shut))

    # -- the game

    @property
    def game_stands(self) -> bool:
        """Whether there is a game at all."""
        return self.standing is not None

    def match(self) -> Match:
        """The game. Raises `UsageError` where nothing has loaded yet."""
        if self.standing is None:
            raise UsageError("There is no game yet: the scenario has never loaded. Mend its first problem and save.", "D362")
        return self.standing.match

    def desk(self, viewer: str = CONTROL) -> Desk:
        """The game as a seat, or its facilitator, reads it."""
        with self._still:
            match = self.match()
            found = self._kept.desks.get(viewer)
            if found is None or found.match is not match:
                found = self._kept.desks[viewer] = Desk(match, viewer, self._policies, self._dossiers)
            return found

    def follow(self) -> None:
        """Take up what was filed or played through a desk of the game."""
        with self._still:
            self.script = self.script.played(self.match())

    def passes(self, seat: str) -> None:
        """Let a seat file nothing, whoever plays it; or leave it to its policy again."""
        with self._still:
            match = self.match()
            if match.filed(seat) is None:
                match.file(seat, Orders(()))
            else:
                match.withdraw(seat)
            self.script = self.script.played(match)

    def close_round(self, rounds: int = 1, going: Going = always) -> int:
        """Close rounds; policies play the seats that have filed nothing. How many were closed."""
        with self._still:
            match, closed = self.match(), 0
            while closed < rounds and not match.ended and going():
                match.resolve(match.choose(self._policies))
                closed += 1
            self.script = self.script.played(match)
            return closed

    def undo(self) -> None:
        """Back to the open orders of the round before; what was filed by hand is filed again. Raises `UsageError`."""
        with self._still:
            match = self.match()
            closed = [entry for entry in match.line() if entry.kind == "round"]
            match.undo()
            for seat, orders in closed[-1].orders.items():
                if seat not in closed[-1].choices and match.filed(seat) is None:
                    match.file(seat, orders)
            self.script = self.script.played(match)

    def refuses(self, begin: Beginning) -> str:
        """Why a game cannot begin so, in a sentence; empty if it can."""
        match = self.match()
        try:
            opened(match.game, initial(match.game, self.script.seed), begin)
        except UsageError as problem:
            return problem.sentence
        return ""

    def begin(self, begin: Beginning, seed: int | None = None) -> Report:
        """A new game from another start. Raises `UsageError` for what the scenario does not have; then all stays."""
        with self._still:
            self.match()
            return self._anew(replace(self.script, begin=begin, seed=self.script.seed if seed is None else seed, rounds=(),
                                      filed={}, opening={}, dice=()))

    def _anew(self, script: Script) -> Report:
        """Another game in the scenario as it stands."""
        assert self.standing is not None
        now = replayed(self.standing.loaded, script)
        self.script = script
        self.standing = Standing(self.standing.loaded, now.match)
        self._kept.desks.clear()
        if not self.report.loads and self._files:
            # what could not begin as it was set may be able to now
            return self._take(Seen(self._files), always, first=True)
        self.report = replace(self.report, change=None)
        return self.report

    def keep(self, path: Path | None = None) -> Path:
        """Write the game to a save of its own, which anybody can go on with. Raises `SaveError`."""
        with self._still:
            match = self.match()
            if path is None:
                from sim.play.paths import new_save_path

                path = new_save_path(match.scenario.id, "watch")
            match.save(path)
            match.close()
            return path

    # -- promises

    def promised(self) -> tuple[Promised, ...]:
        """The scenario's promises in the order of the file, as far as they are known."""
        return tuple(self._kept.promised.values())

    def retest(self, going: Going = always, told: Callable[[], object] = lambda: None, seconds: float = RETESTING) -> None:
        """Retest the promises of the file as it is; `told` is called after each verdict. Nothing else waits for it.

        Once `going` says no the rest stays open: a later save has made it stale.
        """
        standing, kept = self.standing, self._kept
        if standing is None or not any(it.verdict == "open" for it in kept.promised.values()):
            return
        for it in expect(standing.loaded, seconds=seconds, seed=1, memory=self._memory, going=going):
            if not going():
                return
            if it.known_by == "interruption":
                raise KeyboardInterrupt
            shown = it.line if it.line is not None and it.line.steps else None
            kept.promised[it.promise.text] = Promised(it.promise.text, it.verdict.value, it.why,
                                                      min(it.round, shown.rounds) if shown else 0, shown, it.promise.leg)
            told()

    def show_promise(self, promise: Promised) -> Report:
        """The match that shows a promise kept or broken as the game, with the round that shows it closed; none, no change."""
        with self._still:
            if promise.line is None or self.standing is None:
                return self.report
            return self._anew(self.script.of(promise.line, promise.round, promise.leg))

    # -- the story map

    def kinds(self) -> tuple[str, ...]:
        """What there are maps of."""
        return kinds(Catalog(self.match().loaded.usable()[1]))

    def story(self, what: str = "phases") -> StoryMap:
        """One map of the scenario, the game's way lit."""
        with self._still:
            match = self.match()
            if what not in self._kept.graphs:
                self._kept.graphs[what] = drawn(Catalog(match.loaded.usable()[1]), what)
            return story(self._kept.graphs[what], what, match, self._kept.heat)

    def heat(self, going: Going = always) -> Heat:
        """Play quick games for the maps; nothing else waits for them."""
        match, kept = self.match(), self._kept
        found = heat_of(match.game, self.script.seed, going)
        kept.heat = found if found.games else None
        return found

    def cool(self) -> None:
        """Maps without heat again."""
        self._kept.heat = None

    def _dossiers(self) -> Mapping[str, Dossier]:
        from sim.play.library import seeds_folder
        from sim.scenario.dossier import load_dossiers

        try:
            return load_dossiers(seeds_folder(), self.match().scenario.dossiers)[0]
        except (DetenteError, OSError):
            return {}


class _Tries:
    """Tries edits one by one: whether one alone makes the same first difference."""

    def __init__(self, script: Script, before: Loaded, after: Loaded, old: tuple[Happened, ...], wanted: Parting) -> None:
        self._script, self._before, self._after, self._old, self._wanted = script, before, after, old, wanted
        self._until = time.monotonic() + TRYING

    def __call__(self, hunk: Hunk) -> bool | None:
        if time.monotonic() > self._until:
            return None
        loaded = load_files(without_others(self._before, self._after, hunk), self._before.label)
        if loaded.errors or loaded.bound is None:
            return False
        try:
            now = replayed(loaded, self._script)
        except (UsageError, ValueError):
            return False
        found = parting(self._old, happened(now.match))
        return found is not None and _alike(found.before, self._wanted.before) and _alike(found.after, self._wanted.after)


def _alike(one: Happened | None, other: Happened | None) -> bool:
    return one is other is None or (one is not None and other is not None and one.same(other))


def _is(first: Parting, dispatch: Parting | None) -> bool:
    """Whether the first thing that differs is the first dispatch that differs."""
    return dispatch is not None and _alike(first.before, dispatch.before) and _alike(first.after, dispatch.after)


Orderable = tuple[str, str, str]
"""Capital, title, key."""


def _menus(before: Match, now: Match) -> tuple[tuple[Orderable, ...], tuple[Orderable, ...]]:
    """What can be ordered in one game and not in the other, in the round that is open in both."""
    old, new = _orderable(before), _orderable(now)
    return (tuple((*it, key) for key, it in new.items() if key not in old),
            tuple((*it, key) for key, it in old.items() if key not in new))


def _orderable(match: Match) -> dict[str, tuple[str, str]]:
    catalog = Catalog(match.loaded.usable()[1])
    return {move.key: (catalog.capital(seat), catalog.moves[move.key].title)
            for seat in match.game.seats for move in match.legal_moves(seat)}


def _order_blame(before: Loaded, after: Loaded, it: LeftOut, edits: list[Hunk]) -> Blame:
    """Where the move of an order that is no longer legal stands, or was edited."""
    about = Happened(it.round, "move", it.key, "", (), told=False)
    found = blame(before, after, about, about, edits)
    if found.how in ("only", "tried", "edited"):
        return found
    own = order_place(after, it.key)
    return Blame("place", "Its move stands here.", *own) if own else found


__all__ = ["MOST_TRIED", "RETESTING", "Bench", "Change", "Promised", "Report", "Standing"]
