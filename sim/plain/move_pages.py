"""plain: moves as statements: the numbered menu with its filter, and one move in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Final

from sim.plain.round_pages import Statement, obstacle_text, sentence, why_not
from sim.words.estimative import signed
from sim.words.models import LikelyBranch, Menu, MenuItem, Obstacle
from sim.words.sources import cited

LONG: Final = 60
"""A reason of more characters than this is told once where it closes several moves."""
SEEN = {"public": "Everybody sees it.", "parties": "Only those concerned see it.", "secret": "Nobody else sees it."}


class Numbered:
    """The moves of a menu by number. All moves count, closed ones too, so that a number stays the same all match."""

    def __init__(self, menu: Menu) -> None:
        """Numbers run from 1 through the groups in the menu's order."""
        self.menu = menu
        items = [item for group in menu.groups for item in group.items]
        self.by_number: Mapping[int, MenuItem] = dict(enumerate(items, 1))
        self.by_key: Mapping[str, int] = {item.key: n for n, item in self.by_number.items()}

    def find(self, text: str) -> MenuItem | None:
        """A move by its number or its key."""
        if text.isdecimal():
            return self.by_number.get(int(text)) if len(text) < 6 else None
        return self.by_number[self.by_key[text]] if text in self.by_key else None


def menu(numbered: Numbered, word: str, filed: Sequence[str]) -> Iterator[Statement]:
    """The open moves by group; `all` adds the closed ones with why; a word filters by title, group and tier.

    A long reason that closes several moves is told once, before the first of them, and named by a letter.
    """
    wanted = word.lower()
    everything = wanted == "all"
    told = 0
    closed = 0
    letters = _letters([item for group in numbered.menu.groups for item in group.items
                        if everything or (wanted and _fits(item, group.title, wanted))])
    named: set[str] = set()
    for group in numbered.menu.groups:
        chosen = []
        for item in group.items:
            if not everything and wanted and not _fits(item, group.title, wanted):
                continue
            if not item.legal and not everything and not wanted:
                closed += 1
                continue
            chosen.append(item)
        if chosen:
            yield f"{group.title}:"
        for item in chosen:
            told += 1
            for obstacle in item.why_not:
                letter = letters.get(obstacle, "")
                if letter and letter not in named:
                    named.add(letter)
                    yield f"Reason {letter}: it needs that {obstacle_text(obstacle)}."
            yield f"{numbered.by_key[item.key]}.", _line(item, item.key in filed, letters)
    if not told:
        yield f"No move has `{word}` in it; `moves all` reads every one." if word else "No move is open to you now."
    if closed:
        yield f"{closed} closed; `moves all` reads them with the reason. `? NUMBER` tells all about one."


def details(words: str, item: MenuItem, *, filed: bool) -> Iterator[Statement]:
    """All about one move or answer; `words` is what files it."""
    yield sentence(f"{words}: {item.title}")
    codes = f" CAMEO {item.cameo}" if item.cameo else ""
    if item.cameo and item.goldstein is not None:
        codes += f", Goldstein {item.goldstein:+g}".replace("-", "−")
    seen = SEEN.get(item.seen, SEEN["parties"])
    yield f"Tier: {sentence(item.tier)} Cost: {item.cost} attention. {seen}{sentence(codes)}"
    if item.hint:
        yield sentence(item.hint)
    if item.branches:
        yield "Likely effects:"
        yield from answers(item)
    if len(item.branches) > 1 and item.expected:
        yield "On average: " + ", ".join(f"{c.title} {_span(c.low, c.high)}" for c in item.expected) + "."
    if item.tendency:
        yield sentence(item.tendency)
    if item.source:
        yield "Invented for this scenario." if item.source == ("invented",) else (
            f"{sentence(cited(item.source))} `who {item.source[0]}` reads {'it' if len(item.source) == 1 else 'one'}.")
    if not item.legal:
        yield sentence(f"Closed now: {why_not(item.why_not)}")
    else:
        yield "You have filed it." if filed else f"`{words}` files it."


def answers(item: MenuItem) -> Iterator[Statement]:
    """What a move or an answer would do, branch by branch."""
    for branch in item.branches:
        yield "-", _branch(branch, alone=len(item.branches) == 1)


def _letters(items: Sequence[MenuItem]) -> Mapping[Obstacle, str]:
    """A letter for every long reason that closes several of the moves."""
    times = Counter(obstacle for item in items for obstacle in item.why_not)
    long = [obstacle for obstacle, number in times.items() if number > 1 and len(obstacle_text(obstacle)) > LONG]
    return dict(zip(long, ascii_uppercase, strict=False))


def _line(item: MenuItem, filed: bool, letters: Mapping[Obstacle, str]) -> str:
    if not item.legal:
        reasons = [f"reason {letters[obstacle]}" for obstacle in item.why_not if obstacle in letters]
        others = [obstacle for obstacle in item.why_not if obstacle not in letters]
        told = "; ".join([*reasons, *([why_not(others)] if others or not reasons else [])])
        return f"{item.title}. Closed: {told}."
    mark = " Filed." if filed else ""
    return f"{item.title} (cost {item.cost}).{mark}"


def _fits(item: MenuItem, group: str, word: str) -> bool:
    return any(word in text.lower() for text in (item.title, group, item.group, item.tier, item.id))


def _branch(branch: LikelyBranch, *, alone: bool) -> str:
    if alone and branch.percent >= 100:
        return sentence(branch.text)
    return sentence(f"{branch.words} ({branch.percent} %): {branch.text}")


def _span(low: int, high: int) -> str:
    return signed(low, "0") if low == high else f"{signed(low, '0')} to {signed(high, '0')}"
