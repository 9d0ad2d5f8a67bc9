"""words: what a move is likely to bring, reckoned on what its seat sees: branches, chances, changes.

As the one-ply policy does: alone on the table and without rules; a branch counts if its condition holds on the
masked state, chances are clipped to what is left, every change is clamped to its track.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.rules.effects import shift
from sim.rules.facts import Facts
from sim.rules.tables import SURE, Effect, Game, Move
from sim.rules.views import CONTROL
from sim.words.catalog import Catalog
from sim.words.estimative import chance_word, counted, listed, percents, signed, span
from sim.words.models import Direction, LikelyBranch, LikelyChange

NOTHING = "nothing changes"
UNSEEN = "no effect that you can see"
_QUIET = ("clock", "fired", "signing", "played")
_TOLD_ELSEWHERE = ("offer", "ready", "yes")
_CLAUSE_STEPS = {"absent": "is withdrawn", "tabled": "goes on the table", "bracketed": "goes into brackets",
                 "agreed": "is agreed", "signed": "is signed", "struck": "is struck"}


def judged(better: str, change: int) -> Direction:
    """Whether a change eases the crisis."""
    if change == 0 or better == "none":
        return "neutral"
    return "good" if (change > 0) == (better == "high") else "bad"


def reach(game: Game, values: Sequence[int], effect: Effect) -> tuple[int, int]:
    """The least and the greatest value of a variable after an effect."""
    var = effect.var
    x = values[var]
    low, high = shift(effect, x)
    lo, hi = game.lo[var], game.hi[var]
    return max(lo, min(hi, x + low)), max(lo, min(hi, x + high))


def odds(move: Move, facts: Facts) -> tuple[int, ...]:
    """The chance of each branch in 65,536ths; they sum to it."""
    shares: list[int] = []
    left = SURE
    for branch in move.branches[:-1]:
        p = min(branch.p, left) if facts[branch.cond] else 0
        shares.append(p)
        left -= p
    shares.append(left)
    return tuple(shares)


class Reckoner:
    """Likely effects for one viewer of one game."""

    def __init__(self, game: Game, catalog: Catalog, viewer: str) -> None:
        self.game = game
        self.catalog = catalog
        self.names = catalog.names(viewer)
        self.viewer = viewer
        self._shown = tuple(self._shows(n) for n in range(len(game.names)))
        self._better = tuple(catalog.tracks[v.name].better if v.kind == "track" else "none" for v in catalog.variables)

    def _shows(self, var: int) -> str:
        """`track` for listed tracks, `words` for what is said in words, `hidden`, or empty for what nobody lists."""
        variable = self.catalog.variables[var]
        if variable.kind in _QUIET:
            return ""
        if variable.kind == "track" and not self.catalog.tracks[variable.name].shown:
            return ""
        if not self.names.sees[var]:
            return "hidden"
        return "track" if variable.kind == "track" else "words"

    def outlook(self, move: Move, facts: Facts) -> tuple[tuple[LikelyBranch, ...], tuple[LikelyChange, ...]]:
        """The ways a move can turn out now, and the mean change per listed track, rounded.

        Branches that cannot happen are left out, and tracks whose mean rounds to 0.
        """
        shares = odds(move, facts)
        branches = []
        sums: dict[str, int] = {}
        for branch, share, percent in zip(move.branches, shares, percents(shares), strict=True):
            if share:
                changes, text = self.effects(branch.effects, facts.values_at, actor=self.game.seats[move.seat])
                branches.append(LikelyBranch(percent, chance_word(percent), changes, text))
                for change in changes:
                    sums[change.name] = sums.get(change.name, 0) + share * (change.low + change.high)
        if len(branches) == 1 and all(change.low == change.high for change in branches[0].changes):
            return tuple(branches), branches[0].changes
        expected = []
        for name, total in sums.items():
            mean = (abs(total) + SURE) // (2 * SURE) * (1 if total > 0 else -1)
            if mean:
                expected.append(self._line(self.game.index[name], mean, mean))
        return tuple(branches), tuple(expected)

    def effects(self, effects: Sequence[Effect], values: Sequence[int], actor: str = "") -> tuple[tuple[LikelyChange, ...], str]:
        """What effects would do on these values: changes of tracks, and everything as a phrase."""
        changes: list[LikelyChange] = []
        figures: list[str] = []
        words: list[str] = []
        offers: dict[str, list[str]] = {}
        hidden = False
        for effect in effects:
            var = effect.var
            shows = self._shown[var]
            if not shows:
                continue
            if shows == "hidden":
                hidden = True
                continue
            before = values[var]
            low, high = reach(self.game, values, effect)
            if low == high == before:
                continue
            if shows == "track":
                changes.append(self._line(var, low - before, high - before))
                figures.append(self._figure(var, before, low, high))
            elif self.catalog.variables[var].kind == "offer":
                self._offer(var, low, actor, offers)
            else:
                said = self._said(var, before, low, values)
                if said:
                    words.append(said)
        words = [f"asks {listed(takers)} for an answer: {self.catalog.inline(title)}" for title, takers in offers.items()] + words
        text = "; ".join([*words, ", ".join(figures)] if figures else words)
        return tuple(changes), text or (UNSEEN if hidden else NOTHING)

    def moved(self, changes: Iterable[tuple[int, int, int]]) -> tuple[tuple[LikelyChange, ...], str]:
        """What happened, as `effects` tells what may: each change is a variable, its value before and after.

        Empty where nobody lists what changed. Offers, signatures and each side's yes are told where they are given.
        """
        tracks: list[LikelyChange] = []
        figures: list[str] = []
        words: list[str] = []
        for var, before, after in changes:
            if self._shown[var] == "track":
                tracks.append(self._line(var, after - before, after - before))
                figures.append(self._figure(var, before, after, after))
            elif self._shown[var] == "words" and self.catalog.variables[var].kind not in _TOLD_ELSEWHERE:
                words.append(self._said(var, before, after))
        return tuple(tracks), "; ".join([*words, ", ".join(figures)] if figures else words)

    def _line(self, var: int, low: int, high: int) -> LikelyChange:
        name = self.game.names[var]
        return LikelyChange(name, self.names.title(name), low, high, judged(self._better[var], low + high))

    def _figure(self, var: int, before: int, low: int, high: int) -> str:
        name = self.game.names[var]
        if low == high and self.catalog.word(name, low):
            return f"{self.names.inline(name)} → {self.catalog.word(name, low)}"
        return f"{self.names.inline(name)} {span(low - before, high - before)}"

    def _offer(self, var: int, value: int, actor: str, found: dict[str, list[str]]) -> None:
        if not value:
            return
        _, kind, _, taker = self.game.names[var].split(".")
        found.setdefault(self.catalog.scenario.offers[kind].title, []).append(self.catalog.capital(taker))

    def _until(self, lasting: str, after: int, values: Sequence[int]) -> str:
        """By round, for an author who counts from the next round on would else seem to be contradicted."""
        last = values[self.game.index["round"]] + after - 1
        return f"{lasting} until the match ends" if last >= self.game.rounds else f"{lasting} until the close of round {last}"

    def _said(self, var: int, before: int, after: int, values: Sequence[int] = ()) -> str:
        """A change of something that is not a listed track."""
        variable = self.catalog.variables[var]
        catalog, name = self.catalog, variable.name
        owner = name.rsplit(".", 1)[-1]
        whose = "your" if owner == self.viewer != CONTROL else f"{catalog.capital(owner)}'s"
        if variable.kind == "phase":
            return f"the situation becomes “{catalog.status(name, variable.statuses[after])}”"
        if variable.kind == "clause":
            return f"{self.names.inline(name)} {_CLAUSE_STEPS[variable.statuses[after]]}"
        if variable.kind == "provision":
            return f"{catalog.inline(catalog.provision(name))} then counts as {catalog.status(name, variable.statuses[after])}"
        if variable.kind == "yes":
            # a bracket takes every yes back, which its own words say already
            return f"{whose} yes to it" if after else ""
        if variable.kind == "flag":
            return catalog.fact(name) if after else f"it no longer holds that {catalog.fact(name)}"
        if variable.kind == "ready":
            return f"{whose} signature stands for {after} rounds, this one included" if after else f"{whose} signature lapses"
        lasting = catalog.lasting(name)
        if lasting and not after:
            return f"it no longer holds that {lasting}"
        if lasting and after < before:
            return f"{lasting} for {counted(after, 'more round')}"
        if lasting and not values:
            return f"{lasting} for {counted(after, 'round')}{', this one included' if variable.each_round < 0 else ''}"
        if lasting:
            return self._until(lasting, after, values) if variable.each_round < 0 else f"{lasting} for {counted(after, 'round')}"
        return f"{self.names.inline(name)} {signed(after - before)}"
