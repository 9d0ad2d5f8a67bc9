"""tui: the venue of this process: library, saves and matches on this machine. Everything heavy is imported late."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import DetenteError, SaveError, UsageError, suggest
from sim.scenario.names import MAIN
from sim.tui.head import read_head
from sim.tui.start import Start
from sim.tui.table import Desk, Head, SaveLine

if TYPE_CHECKING:
    from sim.play import Match
    from sim.play.saves import SaveCard
    from sim.scenario.dossier import Dossier
    from sim.scenario.load import Loaded
    from sim.words.models import Card



class LocalVenue:
    """Scenarios of the library, saves of this user, opponents in this process."""

    def __init__(self, paths: tuple[str, ...] = ()) -> None:
        """`paths`: more folders to look for scenarios in."""
        self._paths = tuple(map(Path, paths))

    def head(self, start: Start) -> Head:
        """Title, seat and date without loading anything; empty where only loading can tell."""
        if start.scenario is None:
            return Head("", start.seat or "", "")
        named = Path(start.scenario)
        places = [folder / start.scenario for folder in self._paths]
        package = Path(__file__).parents[1]
        places += [named, package / "_bundled" / "scenarios" / named, package.parent / "scenarios" / named]
        for place in places:
            file = place / MAIN if place.is_dir() else place
            if file.is_file():
                return read_head(file, start.seat)
        return Head(start.scenario, start.seat or "", "")

    def cards(self) -> tuple[Card, ...]:
        """The library, from the heads of its files."""
        from sim.play.library import head, scenarios
        from sim.words.library import card_of

        return tuple(card_of(head(entry)) for entry in scenarios(self._paths))

    def card(self, scenario: str) -> Card:
        """One scenario's card, its seats by their names. Raises `DetenteError`."""
        from sim.words.library import card

        return card(self._loaded(scenario).usable()[0])

    def saves(self) -> tuple[SaveLine, ...]:
        """All saves of this user; a damaged one is listed with what is wrong."""
        from sim.play.paths import latest_saves
        from sim.play.saves import card

        out = []
        for path in latest_saves():
            when = _last_played(path)
            try:
                found = card(path)
            except SaveError as problem:
                out.append(SaveLine(path, path.name, "", problem.sentence, when, whole=False))
                continue
            out.append(SaveLine(path, found.title or found.scenario, ", ".join(found.names), _stands(found), when,
                                ended=found.ended))
        return tuple(out)

    def delete(self, path: Path) -> None:
        """Delete a save. Raises `SaveError`."""
        try:
            path.unlink(missing_ok=True)
            # the database beside it may have left its log behind
            for ending in ("-wal", "-shm", "-journal"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
        except OSError as problem:
            raise SaveError(f"{path} cannot be deleted ({problem.strerror or problem}).", "D205") from problem

    def open(self, start: Start) -> Desk:
        """A new match, or the one of a save. Raises `DetenteError`."""
        from sim.policies import NAMES, policy
        from sim.words.desk import Desk as SeatDesk

        if start.replay:
            match = self._read(start)
            viewer = self._viewer(match, start.seat)
        else:
            match = self._continued(start) if start.load else self._begun(start)
            viewer = self._seat(match, start.seat)
        return SeatDesk(match, viewer, {name: policy(name) for name in NAMES}, partial(self._dossiers, match.loaded))

    def notice(self, start: Start) -> str:
        """That the hard opponent is not there yet, if it was asked for."""
        from sim.policies import notice

        return notice(start.level or "standard")

    def _loaded(self, scenario: str) -> Loaded:
        from sim.play.library import find
        from sim.scenario.load import load

        return load(find(scenario, self._paths).folder, scenario)

    def _begun(self, start: Start) -> Match:
        import secrets

        from sim.play import PERSON, Match

        loaded = self._loaded(start.scenario or "")
        scenario = loaded.usable()[0]
        seats = [seat for seat, actor in scenario.actors.items() if actor.goals]
        if start.seat not in seats:
            raise UsageError(f"There is no seat `{start.seat}` in {scenario.id}; "
                             f"{suggest(start.seat or '', seats)}it has {', '.join(seats)}.", "D316")
        until = start.until or next(iter(scenario.clock.legs))
        seed = secrets.randbelow(1_000_000_000) if start.seed is None else start.seed
        return Match.new(loaded, seed=seed, until=until, players={start.seat: PERSON}, level=start.level or "standard")

    def _continued(self, start: Start) -> Match:
        from sim.play import Match

        assert start.load is not None
        match = Match.load(start.load)
        if start.scenario is not None and Path(start.scenario).name.removesuffix(".yaml") not in (
                match.game.id, "scenario"):
            match.close()
            raise UsageError(f"{start.load} is a match of {match.game.id}, not of {start.scenario}; "
                             "leave the scenario out.", "D333")
        return match

    def _read(self, start: Start) -> Match:
        """A copy in memory: the file is neither held nor written to."""
        from sim.play import Match

        assert start.load is not None
        match = Match.read(start.load)
        if start.round is not None and start.round > match.round:
            raise UsageError(f"The match in {start.load} has come to round {match.round}; choose 1 to {match.round}.",
                             "D313")
        return match

    def _viewer(self, match: Match, wanted: str | None) -> str:
        """Through whose eyes a save is read: the person's seat; without one everything once it has ended, or the public's."""
        from sim.play import PERSON
        from sim.rules import CONTROL, PUBLIC

        if wanted is not None:
            match.view(wanted)
            return wanted
        people = [seat for seat, player in match.players.items() if player == PERSON]
        return people[0] if people else CONTROL if match.ended else PUBLIC

    def _seat(self, match: Match, wanted: str | None) -> str:
        from sim.play import PERSON

        people = [seat for seat, player in match.players.items() if player == PERSON]
        if wanted in people or (wanted is None and people):
            return wanted or people[0]
        match.close()
        whose = f"a person plays {', '.join(people)}" if people else "policies play every seat"
        raise UsageError(f"In this match {whose}; choose that seat, or read it with `detente replay`.", "D334")

    def _dossiers(self, loaded: Loaded) -> Mapping[str, Dossier]:
        from sim.play.library import seeds_folder
        from sim.scenario.dossier import load_dossiers

        try:
            return load_dossiers(seeds_folder(), loaded.usable()[0].dossiers)[0]
        except (DetenteError, OSError):
            return {}


def _stands(save: SaveCard) -> str:
    """Where a match stands: `round 4 of 13, easy`, or how it ended."""
    if save.ended:
        return f"ended in round {save.round}: {save.ending or 'an ending'}"
    whole = f" of {save.rounds}" if save.rounds else ""
    began = f", begun in round {save.first}" if save.first > 1 else ""
    return f"round {save.round + 1}{whole}, {save.level}{began}"


def _last_played(path: Path) -> str:
    """When a match was last played, for two of one seat look alike; empty if that cannot be read."""
    import time

    try:
        then = time.localtime(path.stat().st_mtime)
    except OSError:
        return ""
    return time.strftime("%d %B %H:%M", then).lstrip("0")
