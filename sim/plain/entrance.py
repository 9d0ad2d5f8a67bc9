"""plain: what is asked before a match begins: how long, and which seat."""

from __future__ import annotations

from collections.abc import Sequence

from sim.plain.paper import Paper
from sim.plain.reader import Reader
from sim.words.models import Card


def choose_leg(card: Card, paper: Paper, reader: Reader) -> str:
    """The leg after which the match ends; the first, if there is one only or nothing is answered."""
    if len(card.legs) < 2:
        return card.legs[0][0] if card.legs else ""
    offered = []
    for leg, title, rounds, minutes in card.legs:
        lasts = f", about {minutes} minutes" if minutes else ""
        name = "The whole clock" if leg == card.legs[-1][0] else title or leg
        offered.append((leg, f"{name}: {rounds} rounds{lasts}."))
    return _chosen("How long do you want to play?", offered, paper, reader)


def choose_seat(card: Card, paper: Paper, reader: Reader) -> str:
    """The seat to play; the first, if nothing is answered."""
    return _chosen("Which seat do you want to play?", [(seat, f"{name}.") for seat, name in card.seats], paper, reader)


def _chosen(question: str, offered: Sequence[tuple[str, str]], paper: Paper, reader: Reader) -> str:
    ids = [name for name, _ in offered]
    paper.say(question)
    paper.page((f"{n}.", text) for n, (_, text) in enumerate(offered, 1))
    while True:
        paper.page([f"Type a number from 1 to {len(ids)}; an empty line takes 1."])
        line = reader.line()
        if not line:
            return ids[0]
        if line.isdecimal() and 1 <= int(line) <= len(ids):
            return ids[int(line) - 1]
        if line.lower() in ids:
            return line.lower()
        paper.say(f"`{line}` is not one of them.")
