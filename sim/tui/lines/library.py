"""tui: the library and the matches kept, as lines; and what narrows them: length, seats, level, kind, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.style import Style

from sim.tui.lines.line import Line, gap, heading, held, plain, stacked
from sim.tui.table import SaveLine

if TYPE_CHECKING:
    # for types alone: the first paint needs no view-model
    from sim.words.models import Card

ANY: Final = "any"


def _length(card: Card) -> str:
    minutes = min((minutes for _, _, _, minutes in card.legs if minutes), default=0)
    if not minutes:
        return ""
    return "up to 15 min" if minutes <= 15 else "up to an hour" if minutes <= 60 else "longer"


def _seats(card: Card) -> str:
    count = len(card.seats)
    return "2" if count == 2 else "3 or 4" if count in (3, 4) else "5 or more" if count > 4 else ""


SIEVES: Final[Mapping[str, tuple[str, Callable[[Card], str]]]] = {
    "length": ("length", _length),
    "seats": ("seats", _seats),
    "level": ("level", lambda card: card.level),
    "kind": ("kind", lambda card: card.kind),
}
"""What a library can be narrowed by: name, and which value a scenario has."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked of a library: a value per sieve, and words that must occur."""

    values: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    def takes(self, card: Card) -> bool:
        """Whether a scenario is shown."""
        text = " ".join((card.title, card.blurb, card.kind, card.level, *(name for _, name in card.seats))).lower()
        return (all(SIEVES[name][1](card) == value for name, value in self.values.items())
                and all(word in text for word in self.words.lower().split()))

    def keeps(self, save: SaveLine) -> bool:
        """Whether a match is shown: only words narrow matches."""
        text = f"{save.title} {save.seat} {save.says}".lower()
        return all(word in text for word in self.words.lower().split())

    def turned(self, sieve: str, cards: Sequence[Card]) -> Narrowing:
        """With the next value of a sieve, of those that some scenario has; after the last one any again."""
        values = [ANY, *sorted({value for card in cards if (value := SIEVES[sieve][1](card))})]
        now = self.values.get(sieve, ANY)
        following = values[(values.index(now) + 1) % len(values)] if now in values else ANY
        rest = {name: value for name, value in self.values.items() if name != sieve}
        return Narrowing(rest if following == ANY else {**rest, sieve: following}, self.words)


def scenario_line(id: str, card: Card) -> Line:
    """A scenario: title, how long it takes, what it is."""
    rows = [", ".join(map(held, card.minutes.split(", "))), ", ".join(held(part) for part in (card.kind, card.level) if part)]
    return Line(id, stacked([plain(card.title, "bold"), *(plain(row, "$quiet") for row in rows if row)]), plain("  "))


def save_line(id: str, save: SaveLine) -> Line:
    """A match: what, from which seat, where it stands, and when it was last played."""
    sign = plain("■ ", "$quiet") if save.ended else plain("▸ ", "$primary") if save.whole else plain("! ", "$mark")
    first = plain(save.title, "bold" if not save.ended else "") + plain(f"  {held(save.seat)}" if save.seat else "", "$primary")
    if save.whole:
        rows = [", ".join(fact for fact in (*map(held, save.says.split(", ")), held(save.when)) if fact)]
    else:
        # what is wrong is a sentence, behind which nothing is added
        rows = [row for row in (save.says, held(save.when)) if row]
    return Line(id, stacked([first, *(plain(row, "$quiet") for row in rows)]), sign)


def entry_line(id: str, title: str, text: str) -> Line:
    """Something else to open."""
    return Line(id, stacked([plain(title, "bold"), plain(text, "$quiet")]), plain("  "))


def spaced(title: str, lines: Sequence[Line]) -> list[Line]:
    """Lines under a heading, a gap behind each; nothing for no lines."""
    out = [heading(title, title)] if lines else []
    for line in lines:
        out += [line, gap(line.id)]
    return out


def about_card(card: Card) -> Content:
    """A scenario at length."""
    rows = [plain(card.title, "bold"), plain(""), plain(card.blurb), plain("")]
    for name, value in (("Time", card.minutes), ("Level", card.level), ("Kind", card.kind),
                        ("Seats", ", ".join(name for _, name in card.seats))):
        if value:
            rows.append(plain(f"{name:<7}", "$quiet") + plain(value))
    if card.content_note:
        rows += [plain(""), plain("Before you play", "bold $mark"), plain(card.content_note, "$quiet")]
    return stacked(rows)


def about_save(save: SaveLine, keys: Sequence[tuple[str, str, str]]) -> Content:
    """A match at length, with what can be done with it: key, what it does, action of the screen."""
    rows = [plain(save.title, "bold"), plain("")]
    for name, value in (("Seat", save.seat), ("Stands" if save.whole else "Damage", save.says),
                        ("Played", save.when)):
        if value:
            rows.append(plain(f"{name:<8}", "$quiet") + plain(value))
    rows += [plain(save.path.name, "$quiet"), plain("")]
    rows += [(plain(f"{key:<8}", "bold $primary") + plain(text)).stylize(Style.from_meta({"@click": f"screen.{action}"}))
             for key, text, action in keys]
    return stacked(rows)
