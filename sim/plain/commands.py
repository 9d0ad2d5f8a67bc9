"""plain: what can be typed, and what a typed line asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sim.errors import nearest


@dataclass(frozen=True, slots=True)
class Word:
    """One command word as `help` prints it."""

    use: str
    does: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what follows it, as typed."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A line that is no command."""

    word: str
    meant: str
    """The nearest command, or empty."""


WORDS: Final[Mapping[str, Word]] = {
    "status": Word("an empty line, or status", "where the match stands, in short"),
    "moves": Word("moves, moves all, moves WORD, /WORD", "your moves: open ones, all, or those with a word in them"),
    "?": Word("? 12", "one move: likely effects, cost, tier, who sees it, and why it is closed"),
    "order": Word("12, or order 12", "file a move as a sealed order"),
    "orders": Word("orders", "what you have filed, and the attention left"),
    "drop": Word("drop 1, drop all", "take an order back"),
    "questions": Word("questions", "what you may answer this round"),
    "yes": Word("yes 1", "accept an offer, agree to a clause"),
    "no": Word("no 1", "decline an offer, bracket a clause"),
    "answer": Word("answer 3 to 1", "give an offer or clause its third answer, where it has more than two"),
    "leave": Word("leave 1", "take an answer back and leave the question open"),
    "go": Word("go", "resolve the round"),
    "news": Word("news", "the dispatches of the last round"),
    "wire": Word("wire, wire 3", "all dispatches, or those of a round"),
    "tracks": Word("tracks, tracks WORD", "every track with what it means"),
    "map": Word("map, map WORD", "what is marked on the map, whose claim it is, and the places of a view"),
    "draft": Word("draft, draft WORD", "the text under negotiation, clause by clause"),
    "provisions": Word("provisions, provisions WORD", "the articles already signed, with their status"),
    "brief": Word("brief", "your brief again"),
    "glossary": Word("glossary, glossary WORD", "what the words of the game and of this scenario mean"),
    "who": Word("who 3, who C26", "who says so: the sources of a dispatch, or one claim"),
    "why": Word("why, why 3", "what moved in a round without a dispatch, and why the others chose so"),
    "score": Word("score", "the scores, once the match has ended"),
    "undo": Word("undo", "back to the orders of the round before"),
    "save": Word("save, save FILE", "save the match, and name the file"),
    "help": Word("help", "this list"),
    "quit": Word("quit", "save and leave"),
}

ALSO: Final[Mapping[str, str]] = {
    "exit": "quit", "q": "quit", "file": "order", "menu": "moves", "end": "go", "next": "go", "resolve": "go",
    "accept": "yes", "agree": "yes", "decline": "no", "bracket": "no", "dispatches": "news", "reasons": "why",
    "sources": "who", "source": "who", "briefing": "brief", "scores": "score", "situation": "status", "h": "help",
    "cancel": "drop", "unfile": "drop", "treaty": "provisions", "agreements": "provisions", "terms": "glossary", "words": "glossary", "pass": "go",
}


def parse(line: str) -> Command | Unknown:
    """What a line asks for; an empty one asks where the match stands."""
    if not line:
        return Command("status")
    if line.isdecimal():
        return Command("order", line)
    if line[0] == "/":
        return Command("moves", line[1:].strip())
    if line[0] == "?":
        rest = line[1:].strip()
        return Command("?", rest) if rest else Command("help")
    first, _, rest = line.partition(" ")
    word = first.lower()
    rest = rest.strip()
    if word in WORDS:
        return Command(word, rest)
    if word in ALSO:
        return Command(ALSO[word], rest)
    begun = [name for name in WORDS if name.startswith(word)] if len(word) > 1 else []
    if len(begun) == 1:
        return Command(begun[0], rest)
    if word in ("show", "details", "detail", "info"):
        return Command("?", rest)
    known = [*WORDS, *ALSO]
    meant = nearest(word, known) or _like(word, known)
    return Unknown(first, ALSO.get(meant, meant) if meant else "")


def _like(word: str, known: list[str]) -> str:
    """The command that is at all like a word. A wrong guess costs a person at a table nothing, as it would in a file."""
    import difflib

    return next(iter(difflib.get_close_matches(word, known, 1)), "")
